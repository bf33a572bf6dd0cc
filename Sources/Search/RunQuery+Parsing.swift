package import Foundation
import Money

extension RunQuery {
    /// Why a text is no query: one sentence that says what would be one.
    package struct Issue: Error, Hashable, Sendable, CustomStringConvertible {
        /// With a full stop only where another sentence follows.
        package let description: String
    }

    /// The terms that a text may have, for help and messages.
    package static let names = Name.allCases.map { "\($0.rawValue):" }

    /// Reads terms with blanks between them, such as `model:flux status:failed cost:>0.1 since:7d fox "two words" -word`.
    ///
    /// A word stands for itself, several words in quotes stand together, and `-` before a term asks for its opposite.
    /// Throws an ``Issue`` for a term that makes no sense.
    ///
    /// - Parameters:
    ///   - now: from where `7d` is counted back.
    ///   - calendar: whose days begin.
    package init(parsing text: String, now: Date, calendar: Calendar) throws(Issue) {
        self.init()
        for piece in try Self.pieces(of: text) {
            guard let name = piece.name else {
                let word = SearchText.folded(piece.value)
                if !word.isEmpty { add(.word(word), isExcluded: piece.isExcluded) }
                continue
            }
            let condition = try Self.condition(name, piece.value, now: now, calendar: calendar)
            let isOpposite = Self.isNo(name, piece.value)
            add(condition, isExcluded: piece.isExcluded != isOpposite)
        }
    }

    private enum Name: String, CaseIterable {
        case model, status, cost, since, until, tag, key, fav, rating
    }

    // MARK: Pieces

    private struct Piece {
        /// nil: a word.
        var name: Name?
        var value: String
        var isExcluded: Bool
    }

    private static func pieces(of text: String) throws(Issue) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard !rest.isEmpty else { return pieces }
            let isExcluded = rest.first == "-" && rest.dropFirst().first.map { !$0.isWhitespace } == true
            if isExcluded { rest = rest.dropFirst() }
            let name = try takeName(&rest)
            pieces.append(Piece(name: name, value: takeValue(&rest), isExcluded: isExcluded))
        }
    }

    /// The name before a colon; nil where there is none, or where what follows makes an address of it.
    private static func takeName(_ rest: inout Substring) throws(Issue) -> Name? {
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        let after = rest.dropFirst(letters.count)
        guard !letters.isEmpty, after.first == ":", !after.hasPrefix("://") else { return nil }
        guard let name = Name(rawValue: letters.lowercased()) else {
            throw Issue(
                description:
                    "There is no term \(letters): among \(names.joined(separator: " ")). Quote it to look for the text"
            )
        }
        rest = after.dropFirst()
        return name
    }

    /// To the next blank outside quotes; a quote that does not end goes to the end.
    private static func takeValue(_ rest: inout Substring) -> String {
        var value = ""
        var isQuoted = false
        while let character = rest.first, isQuoted || !character.isWhitespace {
            rest = rest.dropFirst()
            if character == "\"" { isQuoted.toggle() } else { value.append(character) }
        }
        return value
    }

    // MARK: Terms

    private static func condition(
        _ name: Name,
        _ value: String,
        now: Date,
        calendar: Calendar
    ) throws(Issue) -> Condition {
        switch name {
        case .model:
            let isWhole = value.hasPrefix("=")
            let path = (isWhole ? String(value.dropFirst()) : value).lowercased()
            guard !path.isEmpty else { throw Issue(description: "model: takes a part of a name, such as model:flux") }
            return isWhole ? .wholeModel(path) : .model(path)
        case .status: return try status(value)
        case .cost: return try cost(value)
        case .since, .until:
            guard let moment = Moment(value, now: now, calendar: calendar) else {
                throw Issue(
                    description:
                        "\(name.rawValue): takes a day (2026-11-01), a moment (2026-11-01T12:00:00Z), or how long ago it was (30d, 12h)"
                )
            }
            return name == .since ? .since(moment.date) : .until(moment.date)
        case .tag:
            let tag = SearchText.folded(value)
            guard !tag.isEmpty else { throw Issue(description: "tag: takes a tag, such as tag:print") }
            return .tag(tag)
        case .key:
            guard !value.isEmpty else { throw Issue(description: "key: takes the key of an order") }
            return .key(value)
        case .fav:
            guard ["", "yes", "no"].contains(value) else {
                throw Issue(description: "fav: stands alone, or takes yes or no")
            }
            return .isFavourite
        case .rating: return try rating(value)
        }
    }

    /// `fav:no` is the opposite of `fav:`.
    private static func isNo(_ name: Name, _ value: String) -> Bool { name == .fav && value == "no" }

    private static func status(_ value: String) throws(Issue) -> Condition {
        let word = value.lowercased().replacing("-", with: " ")
        switch word {
        case "active", "running": return .isActive
        case "done": return .status("succeeded")
        default:
            guard (activeWords + endedWords).contains(word) else {
                let words = (["active"] + activeWords + endedWords).map { $0.replacing(" ", with: "-") }
                throw Issue(description: "status: takes one of \(words.joined(separator: ", "))")
            }
            return .status(word)
        }
    }

    private static func cost(_ value: String) throws(Issue) -> Condition {
        if value.lowercased() == "unknown" { return .costIsUnknown }
        let (comparison, rest) = compared(value)
        guard let amount = Money(rest) else {
            throw Issue(description: "cost: takes dollars, such as cost:>0.1 or cost:<=2, or the word unknown")
        }
        return .cost(comparison, amount)
    }

    private static func rating(_ value: String) throws(Issue) -> Condition {
        if value.lowercased() == "none" { return .isUnrated }
        let (comparison, rest) = compared(value)
        guard let stars = Int(rest), (0...5).contains(stars) else {
            throw Issue(description: "rating: takes 1 to 5, such as rating:5 or rating:>3, or the word none")
        }
        return .rating(comparison, stars)
    }

    private static func compared(_ value: String) -> (Comparison, String) {
        let signs: [(String, Comparison)] = [
            (">=", .atLeast), ("<=", .atMost), (">", .more), ("<", .less), ("=", .equal),
        ]
        for (sign, comparison) in signs where value.hasPrefix(sign) {
            return (comparison, String(value.dropFirst(sign.count)))
        }
        return (.equal, value)
    }
}
