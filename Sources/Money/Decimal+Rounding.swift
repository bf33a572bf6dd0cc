package import Foundation

extension Decimal {
    /// The value with `places` digits after the point.
    ///
    /// - Parameter mode: what becomes of the digits that go; `.plain`: half away from zero.
    package func rounded(_ places: Int, _ mode: NSDecimalNumber.RoundingMode = .plain) -> Decimal {
        var exact = self
        var result = Decimal()
        NSDecimalRound(&result, &exact, places, mode)
        return result
    }
}
