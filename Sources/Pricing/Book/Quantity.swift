import Foundation
import Money

/// The number of units of a run; a range where it is not known exactly.
struct Quantity {
    var least: Decimal
    var most: Decimal
    /// Why the number may be wrong; nil when it is certain.
    var uncertainty: String?

    init(_ exact: Decimal) { self.init(exact, exact) }

    init(_ exact: Decimal, uncertainty: String?) { self.init(exact, exact, uncertainty: uncertainty) }

    init(_ least: Decimal, _ most: Decimal, uncertainty: String? = nil) {
        self.least = least
        self.most = most
        self.uncertainty = uncertainty
    }

    /// Seconds, rounded to thousandths; 0 to 10⁹.
    static func seconds(_ value: Double) -> Decimal {
        Decimal(pointed: String(format: "%.3f", min(max(value, 0), 1e9))) ?? 0
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
    /// The unit in a sentence: `image`, `input token`.
    package var word: String { rawValue.replacing("-", with: " ") }

    /// The unit in a column, and how many of it a price is told for.
    var shown: (word: String, count: Decimal) {
        switch self {
        case .second, .audioSecond, .computeSecond: ("s", 1)
        case .megapixel: ("MP", 1)
        case .inputMegapixel: ("MP in", 1)
        case .inputToken: ("M in", 1_000_000)
        case .outputToken: ("M out", 1_000_000)
        case .inputCharacter: ("M chars", 1_000_000)
        case .image, .run, .video: (rawValue, 1)
        }
    }
}

extension Price {
    /// The price in a short form: `$0.003`, `$0.08–0.10/s`, `$3.75/M`.
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
