import Foundation
import History
import Predictions
import Pricing
import ReplicateClient
import Studio

/// Reads what was spent.
struct SpendPerformer: Sendable {
    let store: HistoryStore
    let policy: SpendingPolicy
    /// The server's time, by which days and months are counted.
    let clock: ServerClock
    let post: Post

    /// What counts against the limits now; nothing where the history cannot be read.
    func current() -> Spend { (try? store.readSpend { try policy.use($0, clock: clock) }) ?? Spend() }

    func tell() { post(.spendChanged(current())) }

    func load(_ period: Ledger.Period) {
        let calendar = policy.calendar
        let since = calendar.date(byAdding: .day, value: 1 - period.days, to: Date())
        do { post(.spendLoaded(period, try SpendBook(store, calendar: calendar).report(since: since))) } catch {
            post(.spendFailed(reason: "The history cannot be read: `darkroom doctor` tells more"))
        }
    }
}
