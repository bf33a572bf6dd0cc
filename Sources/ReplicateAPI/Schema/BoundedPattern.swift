import Foundation

/// A regular expression from a schema. It is tried only where it certainly ends soon.
///
/// Every author of a model can write a schema, and some patterns need hours for a short text. Such a pattern is not
/// tried here; the server decides.
struct BoundedPattern {
    private let expression: NSRegularExpression
    /// The work grows with these: each unbounded repetition multiplies it by the length of the text, each choice by
    /// two.
    private let repetitions: Int
    private let choices: Int

    private static let mostWork = 10_000_000.0

    /// Nil when the text is not a pattern, is longer than 500 bytes, or has a form whose work cannot be bounded.
    init?(_ pattern: String) {
        guard pattern.utf8.count <= 500, let cost = Self.cost(of: pattern),
            let expression = try? NSRegularExpression(pattern: pattern)
        else { return nil }
        self.expression = expression
        (repetitions, choices) = cost
    }

    /// Whether the pattern matches somewhere in `text`; nil when that would take too much work.
    func isFound(in text: String) -> Bool? {
        let length = Double(max(text.utf16.count, 1))
        guard pow(length, Double(repetitions + 1)) * pow(2, Double(choices)) <= Self.mostWork else { return nil }
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    /// Counts repetitions and choices; nil when a repeated group holds a repetition or a choice, or the pattern refers
    /// to an earlier match.
    private static func cost(of pattern: String) -> (repetitions: Int, choices: Int)? {
        var (repetitions, choices) = (0, 0)
        /// For each open group, whether it holds a repetition or a choice.
        var groups: [Bool] = []
        var closed: Bool?
        var isInClass = false
        var isEscaped = false
        for character in pattern {
            let group = closed
            closed = nil
            if isEscaped {
                isEscaped = false
                if character.isNumber || character == "k" { return nil }
            } else if character == "\\" {
                isEscaped = true
            } else if isInClass {
                isInClass = character != "]"
            } else {
                switch character {
                case "[": isInClass = true
                case "(": groups.append(false)
                case ")":
                    closed = groups.popLast() ?? false
                    if closed == true, !groups.isEmpty { groups[groups.count - 1] = true }
                case "*", "+", "{", "?":
                    if group == true { return nil }
                    if character == "?" { choices += 1 } else { repetitions += 1 }
                    if !groups.isEmpty { groups[groups.count - 1] = true }
                case "|":
                    choices += 1
                    if !groups.isEmpty { groups[groups.count - 1] = true }
                default: break
                }
            }
        }
        return (repetitions, choices)
    }
}
