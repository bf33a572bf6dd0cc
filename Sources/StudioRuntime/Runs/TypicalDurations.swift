import History
import Synchronization

/// How long each model's runs usually take. Read from the history once, and again after a run of the model has ended.
final class TypicalDurations: Sendable {
    private let store: HistoryStore
    private let known = Mutex<[String: Double?]>([:])

    init(_ store: HistoryStore) { self.store = store }

    /// Seconds from creation to end, the median of the last runs; nil before two runs have ended.
    ///
    /// - Parameter model: as the record names it.
    func seconds(of model: String) -> Double? {
        if let seconds = known.withLock({ $0[model] }) { return seconds }
        let past = (try? store.past.durations(model)) ?? []
        let seconds = past.count < 2 ? nil : past.sorted()[past.count / 2]
        known.withLock { $0[model] = .some(seconds) }
        return seconds
    }

    /// A run of the model has ended.
    func forget(_ model: String) { known.withLock { $0[model] = nil } }
}
