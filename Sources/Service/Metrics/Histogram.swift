/// Counts by upper bounds, as Prometheus wants them.
struct Histogram: Sendable {
    private let bounds: [Double]
    private var counts: [Int]
    private(set) var sum = 0.0
    private(set) var count = 0

    /// - Parameter bounds: seconds, ascending; beyond the last is infinity.
    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count)
    }

    mutating func observe(_ seconds: Double) {
        if let index = bounds.firstIndex(where: { seconds <= $0 }) { counts[index] += 1 }
        sum += seconds
        count += 1
    }

    /// Pairs of bound and how many were not above it.
    var cumulative: [(bound: Double, count: Int)] {
        var total = 0
        return zip(bounds, counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }

    static let runs: [Double] = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_200]
    static let requests: [Double] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
}
