package import Pricing

/// The view of what was spent, while it is open.
package struct Ledger: Hashable, Sendable {
    /// How far back is looked; today is the last day of each.
    package enum Period: Int, CaseIterable, Hashable, Sendable {
        case week
        case month
        case quarter
        case year

        /// Today included.
        package var days: Int {
            switch self {
            case .week: 7
            case .month: 30
            case .quarter: 90
            case .year: 365
            }
        }

        /// For the choice of periods.
        package var title: String { "\(days) days" }
    }

    /// Of ``report``, or of the one that is being read.
    package internal(set) var period = Period.month
    /// nil until it has been read.
    package internal(set) var report: SpendReport?
    /// Why it cannot be read, as a sentence.
    package internal(set) var failure: String?
    /// First shown model.
    package internal(set) var top = 0

    /// Thirty days, not read yet.
    package init() {}

    mutating func turn(by step: Int) {
        let all = Period.allCases
        period = all[min(max(period.rawValue + step, 0), all.count - 1)]
        top = 0
    }

    mutating func scroll(by rows: Int) {
        top = min(max(top + rows, 0), max((report?.models.count ?? 0) - 1, 0))
    }
}
