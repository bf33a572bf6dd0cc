import GRDB

extension HistoryStore {
    /// Reads sums at one moment.
    package func readSpend<Value>(_ body: (SpendReader) throws -> Value) throws -> Value {
        try database.read { try body(SpendReader(database: $0)) }
    }
}
