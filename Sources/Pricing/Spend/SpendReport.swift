package import Foundation
package import Money

/// A report of spending, with the same figures for the studio's view and for `darkroom spend`.
package struct SpendReport: Hashable, Sendable {
    /// The ended runs of one day, model or status together.
    package struct Line<Key: Hashable & Sendable>: Hashable, Sendable {
        /// The day (`2026-11-25`), the model (`owner/name`) or the status.
        package var key: Key
        /// Without runs in flight.
        package var sum: SpendSum

        package init(_ key: Key, _ sum: SpendSum) {
            self.key = key
            self.sum = sum
        }
    }

    /// How runs ended.
    package enum Ending: Hashable, Sendable {
        case succeeded
        case failed
        case refused
        case canceled
        case aborted
        /// The word for any other one, such as `forgotten`, or a word of the server that this program does not know.
        case other(String)

        /// As in the column `status` and in JSON results.
        package var word: String {
            switch self {
            case .succeeded: "succeeded"
            case .failed: "failed"
            case .refused: "refused"
            case .canceled: "canceled"
            case .aborted: "aborted"
            case .other(let word): word
            }
        }
    }

    /// The beginning of the period; nil: from the first run on.
    package var since: Date?
    /// A line for every day of the period, oldest first, also for days without runs. Costs are not compared with
    /// estimates here.
    package var days: [Line<String>]
    /// A line for each model, the most expensive first.
    package var models: [Line<String>]
    /// A line for each status, the most expensive first.
    package var endings: [Line<Ending>]
    /// The runs that have not ended.
    package var inFlight: InFlightSum

    package init(
        since: Date? = nil,
        days: [Line<String>] = [],
        models: [Line<String>] = [],
        endings: [Line<Ending>] = [],
        inFlight: InFlightSum = InFlightSum()
    ) {
        self.inFlight = inFlight
        self.since = since
        self.days = days
        self.models = models
        self.endings = endings
    }

    /// All runs together, those in flight included.
    package var total: SpendSum {
        endings.reduce(into: SpendSum(inFlight: inFlight)) { $0 += $1.sum }
    }
}

extension SpendReport.Line {
    /// Sorts by cost, highest first, then by the number of runs, then by `name`.
    package static func isDearer(_ left: Self, _ right: Self, name: (Key) -> String) -> Bool {
        (right.sum.paid, right.sum.runs, name(left.key)) < (left.sum.paid, left.sum.runs, name(right.key))
    }
}
