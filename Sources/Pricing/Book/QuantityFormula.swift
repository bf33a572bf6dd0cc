import Foundation
import Money

/// How a quantity follows from the inputs of a run: factors with × (or `*`) and ÷ (or `/`) between them, such as
/// `image_urls × seconds_per_image` or `num_frames ÷ fps`.
///
/// A factor is a number or the name of an input; `fps|frames_per_second` stands for the first of the two that is
/// present. An input that holds a list counts with the number of its elements.
package struct QuantityFormula: Hashable, Sendable {
    enum Factor: Hashable, Sendable {
        case number(Decimal)
        /// Alternative names of one input; the first that is present counts.
        case input([String])
    }

    let over: [Factor]
    let under: [Factor]

    /// Every input that the formula names, including alternatives.
    package var inputs: [String] {
        (over + under).flatMap { if case .input(let names) = $0 { names } else { [String]() } }
    }

    /// The names of its input when the formula is one input and nothing else; otherwise nil.
    var onlyInput: [String]? {
        guard under.isEmpty, over.count == 1, case .input(let names) = over[0] else { return nil }
        return names
    }

    init(over: [Factor], under: [Factor] = []) {
        self.over = over
        self.under = under
    }

    init(input name: String) { self.init(over: [.input([name])]) }

    /// Reads a formula. Nil unless the text consists of names, numbers above zero and operators between them, with at
    /// least one name.
    package init?(_ text: String) {
        var over: [Factor] = []
        var under: [Factor] = []
        var isUnder = false
        var word = ""
        func factor() -> Factor? {
            let text = word.trimmingCharacters(in: .whitespaces)
            if let number = Money(text) { return number > .zero ? .number(number.amount) : nil }
            let names = text.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            return names.allSatisfy(Self.isName) ? .input(names) : nil
        }
        for character in text + "×" {
            guard "×*÷/".contains(character) else {
                word.append(character)
                continue
            }
            guard let next = factor() else { return nil }
            if isUnder { under.append(next) } else { over.append(next) }
            isUnder = "÷/".contains(character)
            word = ""
        }
        let all = over + under
        guard all.contains(where: { if case .input = $0 { true } else { false } }) else { return nil }
        self.init(over: over, under: under)
    }

    /// Whether the text consists of letters, digits, `_` and `-` of ASCII and does not begin with a digit.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        }
    }
}
