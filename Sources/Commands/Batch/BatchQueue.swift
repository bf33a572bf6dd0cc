/// Hands out the lines of a batch in their order, one at a time, to whoever has a place for one.
actor BatchQueue {
    struct Item: Sendable {
        /// In the order of the batch, from 0.
        let place: Int
        let line: Int
        /// What is wrong with the line; nil: nothing.
        let mistake: BatchMistake?
        let order: RunOrder?
    }

    private var reader: BatchReader
    private var orders: BatchOrders
    private var place = 0
    private var isStopped = false

    init(_ reader: sending BatchReader, _ orders: BatchOrders) {
        self.reader = reader
        self.orders = orders
    }

    /// nil: the end was reached, or nothing more is to be begun. Throws when the file cannot be read any more.
    func next() throws -> Item? {
        guard !isStopped else { return nil }
        do {
            guard let record = try reader.next() else { return nil }
            defer { place += 1 }
            do {
                let order = try orders.order(record)
                return Item(place: place, line: record.line, mistake: nil, order: order)
            } catch let mistake as BatchMistake {
                return Item(place: place, line: record.line, mistake: mistake, order: nil)
            }
        } catch let mistake as BatchMistake {
            defer { place += 1 }
            return Item(place: place, line: mistake.line, mistake: mistake, order: nil)
        }
    }

    /// Nothing more is begun.
    func stop() { isStopped = true }
}
