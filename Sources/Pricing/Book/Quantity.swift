import Foundation
import Money

/// How many units a run will have: a range where only that is known.
struct Quantity {
    var least: Decimal
    var most: Decimal
    /// Why it may be another all the same; nil where it cannot.
    var doubt: String?

    init(_ exact: Decimal) { self.init(exact, exact) }

    init(_ exact: Decimal, doubt: String?) { self.init(exact, exact, doubt: doubt) }

    init(_ least: Decimal, _ most: Decimal, doubt: String? = nil) {
        self.least = least
        self.most = most
        self.doubt = doubt
    }

    /// Seconds as they are measured, in thousandths.
    static func seconds(_ value: Double) -> Decimal {
        Decimal(string: String(format: "%.3f", min(max(value, 0), 1e9))) ?? 0
    }

    func text(_ unit: Price.Unit) -> String {
        let number = least == most ? "\(least)" : "\(least)–\(most)"
        switch unit {
        case .second, .audioSecond, .computeSecond: return "\(number) s"
        case .megapixel: return "\(number) MP"
        case .inputMegapixel: return "\(number) MP in"
        case .image, .run, .video, .inputToken, .outputToken, .inputCharacter:
            return "\(number) \(unit.word)\(least == most && least == 1 ? "" : "s")"
        }
    }
}

extension Price.Unit {
    /// As it is read in a sentence: `image`, `input token`.
    package var word: String { rawValue.replacing("-", with: " ") }
}

extension Price {
    /// `$0.003`, `$0.08–0.10/s`, `$3.75/M`.
    var rate: String {
        switch unit {
        case .inputToken, .outputToken, .inputCharacter: "\(range(low * 1_000_000, high * 1_000_000))/M"
        case .second, .audioSecond, .computeSecond: "\(range(low, high))/s"
        case .image, .run, .video, .megapixel, .inputMegapixel: range(low, high)
        }
    }

    private func range(_ low: Money, _ high: Money) -> String {
        low == high ? low.exactText : "\(low.exactText)–\(high.exactDigits)"
    }
}
