import Foundation
import Money
import Pricing

extension [RunHistory.Run] {
    /// Runs that took so many seconds, newest first.
    static func lasting(_ seconds: Double...) -> Self { seconds.map { RunHistory.Run(seconds: $0) } }

    /// Runs that cost so many times their estimate of a dollar, newest first.
    static func costing(_ times: Decimal...) -> Self {
        times.map { RunHistory.Run(cost: Money($0), estimate: Money(1)) }
    }
}
