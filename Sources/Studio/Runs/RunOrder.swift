import Search

/// Ids of rows, the last row first, with the place of each: what comes to be the first row is added without moving anything.
struct RunOrder: Hashable, Sendable {
    private(set) var ids: [RunItem.ID] = []
    private var places: [RunItem.ID: Int] = [:]

    init() {}

    init(_ ids: [RunItem.ID]) {
        self.ids = ids
        index(from: 0)
    }

    /// Rows in the order of their places; those at one place as they come.
    init(sorting rows: [Row]) { self.init(Self.upwards(rows).map(\.id)) }

    typealias Row = (id: RunItem.ID, place: RunSort.Place)

    var count: Int { ids.count }
    var first: RunItem.ID? { ids.last }
    var last: RunItem.ID? { ids.first }

    func place(of id: RunItem.ID) -> Int? { places[id] }
    /// Counted from the first row.
    func row(of id: RunItem.ID) -> Int? { places[id].map { ids.count - 1 - $0 } }
    func id(atRow row: Int) -> RunItem.ID { ids[ids.count - 1 - row] }

    /// Inserts behind the last id that `isBefore` holds for; those come first.
    mutating func insert(_ id: RunItem.ID, where isBefore: (RunItem.ID) -> Bool) {
        var (low, high) = (0, ids.count)
        if let last = ids.last, isBefore(last) { low = ids.count }
        while low < high {
            let middle = (low + high) / 2
            if isBefore(ids[middle]) { low = middle + 1 } else { high = middle }
        }
        ids.insert(id, at: low)
        index(from: low)
    }

    /// Adds rows that are not among these. Of those at one place the first of `new` is uppermost, and all of them stand on one
    /// side of those that are known.
    ///
    /// - Parameter place: of a row that is known.
    mutating func merge(_ new: [Row], asLower: Bool, place: (RunItem.ID) -> RunSort.Place?) {
        var rest = Self.upwards(new)[...]
        var merged: [RunItem.ID] = []
        for id in ids {
            if !rest.isEmpty, let here = place(id) {
                while let next = rest.first, next.place > here || asLower && next.place == here {
                    merged.append(rest.removeFirst().id)
                }
            }
            merged.append(id)
        }
        self = RunOrder(merged + rest.map(\.id))
    }

    /// From the last row to the first; those at one place the other way round than they came.
    private static func upwards(_ rows: [Row]) -> [Row] { rows.reversed().sorted { $0.place > $1.place } }

    mutating func remove(_ id: RunItem.ID) {
        guard let place = places.removeValue(forKey: id) else { return }
        ids.remove(at: place)
        index(from: place)
    }

    private mutating func index(from start: Int) {
        for place in start..<ids.count { places[ids[place]] = place }
    }
}
