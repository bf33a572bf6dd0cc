import Foundation

/// A regular expression of a schema, tried only where that surely ends soon.
///
/// Schemas come from anybody, and a pattern may be written so that it needs hours for a short text. Whether one fits is
/// then left to the server.
struct BoundedPattern {
    private let expression: NSRegularExpression
    /// How the work grows: each unbounded repetition multiplies it by the length, each choice by two.
    private let repetitions: Int
    private let choices: Int

    private static let mostWork = 10_000_000.0

    /// nil when it is no pattern that can be tried.
    init?(_ pattern: String) {
        guard pattern.utf8.count <= 500, let cost = Self.cost(of: pattern),
            let expression = try? NSRegularExpression(pattern: pattern)
        else { return nil }
        self.expression = expression
        (repetitions, choices) = cost
    }

    /// nil when nobody can tell in a short time.
    func isFound(in text: String) -> Bool? {
        let length = Double(max(text.utf16.count, 1))
        guard pow(length, Double(repetitions + 1)) * pow(2, Double(choices)) <= Self.mostWork else { return nil }
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    /// nil: a repeated group holds a repetition or a choice, or the pattern refers back to what it has matched.
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
