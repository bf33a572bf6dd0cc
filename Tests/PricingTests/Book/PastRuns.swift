import Foundation
import Money
import Pricing

extension [RunHistory.Run] {
    /// Runs that took these numbers of seconds, newest first.
    static func lasting(_ seconds: Double...) -> Self { seconds.map { RunHistory.Run(seconds: $0) } }

    /// Runs with an estimate of one dollar that cost these multiples of it, newest first.
    static func costing(_ times: Decimal...) -> Self {
        times.map { RunHistory.Run(cost: Money($0), estimate: Money(1)) }
    }
}
