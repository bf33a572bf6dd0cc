import Foundation
import Money
import ReplicateAPI

/// A quantity in the value of an input: `5`, `10 s`, `1080p`, `4K`, `2 MP`, `1024x768`.
struct InputMagnitude: Hashable {
    enum Unit: Hashable {
        case none
        case seconds
        /// Lines of a picture; its area grows with their square.
        case lines
        case kilopixels
        case megapixels
        /// Width × height.
        case area
    }

    let amount: Decimal
    let unit: Unit

    /// Nil for any other text, and for numbers that are not above zero: −1 and 0 mean that the model chooses.
    init?(_ text: String) {
        let text = text.lowercased().trimmingCharacters(in: .whitespaces)
        let sides = text.split(whereSeparator: { "x×*".contains($0) }).map { Self.number($0.trimmed) }
        if sides.count == 2, let width = sides[0], let height = sides[1] {
            self.init(width * height, .area)
            return
        }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let number = Self.number(digits) else { return nil }
        switch text.dropFirst(digits.count).trimmed {
        case "": self.init(number, .none)
        case "s", "sec", "second", "seconds": self.init(number, .seconds)
        case "p": self.init(number, .lines)
        case "k": self.init(number, .kilopixels)
        case "mp": self.init(number, .megapixels)
        default: return nil
        }
    }

    private init?(_ amount: Decimal, _ unit: Unit) {
        guard amount > 0 else { return nil }
        self.amount = amount
        self.unit = unit
    }

    private static func number(_ text: Substring) -> Decimal? { Money(String(text))?.amount }

    /// The ratio of this to `other`; nil when the units differ.
    func times(_ other: InputMagnitude) -> Decimal? { unit == other.unit ? amount / other.amount : nil }
}

extension StringProtocol {
    fileprivate var trimmed: Substring {
        var slice = Substring(self)
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return slice
    }
}

extension JSONValue {
    /// True for an address, and for a list that contains only addresses.
    var isAddress: Bool {
        switch self {
        case .string(let text): text.hasPrefix("data:") || text.hasPrefix("http://") || text.hasPrefix("https://")
        case .array(let values): !values.isEmpty && values.allSatisfy(\.isAddress)
        case .null, .bool, .integer, .unsigned, .number, .object: false
        }
    }

    /// Whether both are the same number in any notation, or the same word in any case.
    func means(_ other: JSONValue) -> Bool {
        if self == other { return true }
        if let left = double ?? string.flatMap(Double.init),
            let right = other.double ?? other.string.flatMap(Double.init)
        {
            return left == right
        }
        return plain.lowercased() == other.plain.lowercased()
    }
}
