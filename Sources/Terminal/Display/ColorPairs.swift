import CNcurses

/// Gives numbers to pairs of colours. ncurses draws in such pairs, and has a limited number of them.
///
/// A pair gets a number when it is first needed. Numbers are freed only when all are in use, and only those of pairs
/// that are not on the screen or about to be drawn: redefining a pair repaints every cell drawn in it.
struct ColorPairs {
    struct Pair: Hashable {
        let foreground: Int32
        let background: Int32
    }

    private let capacity: Int32
    private let define: (Int32, Pair) -> Void
    private var numbers: [Pair: Int32] = [:]
    private var next: Int32 = 1
    private var free: [Int32] = []

    init(
        capacity: Int,
        define: @escaping (Int32, Pair) -> Void = { init_extended_pair($0, $1.foreground, $1.background) }
    ) {
        self.capacity = Int32(clamping: capacity)
        self.define = define
    }

    /// The number of a pair; 0, the terminal's own colours, when no number is left.
    ///
    /// - Parameter inUse: returns the pairs that must keep their numbers; called only when all numbers are in use.
    mutating func number(_ pair: Pair, inUse: () -> Set<Pair>) -> Int32 {
        if pair.foreground < 0, pair.background < 0 { return 0 }
        if let number = numbers[pair] { return number }
        if next >= capacity, free.isEmpty {
            let kept = inUse()
            free = numbers.filter { !kept.contains($0.key) }.map(\.value)
            numbers = numbers.filter { kept.contains($0.key) }
        }
        let number: Int32
        if next < capacity {
            number = next
            next += 1
        } else if let freed = free.popLast() {
            number = freed
        } else {
            return 0
        }
        numbers[pair] = number
        define(number, pair)
        return number
    }
}
