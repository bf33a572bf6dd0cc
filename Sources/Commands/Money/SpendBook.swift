import Foundation
import History
import Predictions
import Pricing

/// What was spent, read from the history in local days.
struct SpendBook {
    private let store: HistoryStore
    private let calendar: Calendar

    init(_ store: HistoryStore, calendar: Calendar = .current) {
        self.store = store
        self.calendar = calendar
    }

    var today: Money { since(calendar.startOfDay(for: Date())) }
    var month: Money { since(calendar.dateInterval(of: .month, for: Date())?.start ?? Date()) }

    /// The upper estimates of everything in flight, in every process on this database.
    var inFlight: Money {
        ((try? store.inFlight()) ?? []).compactMap { $0.estimate.high.flatMap { Money($0) } }.reduce(.zero, +)
    }

    func since(_ date: Date) -> Money {
        ((try? store.costs(since: date)) ?? []).compactMap { Money($0) }.reduce(.zero, +)
    }
}
