/// Takes pasted text apart into addresses and paths of images.
enum ImageListParser {
    /// One string an item, in order, cleaned of quotes, brackets, list marks and separators; a line without anything
    /// that looks like an image stays whole, so that the list can say what is wrong with it.
    static func items(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).flatMap { items(inLine: String($0)) }
    }

    private static func items(inLine line: String) -> [String] {
        let line = line.trimmed
        guard !line.isEmpty else { return [] }
        var scanner = LineScanner(line)
        let tokens = scanner.tokens()
        let items = mergedPaths(tokens).filter { !$0.isEmpty }
        guard items.contains(where: looksLikeImage) else { return tokens.isEmpty ? [] : [line] }
        return items.filter { !isListMark($0) }
    }

    /// Spaces in an unquoted path: its pieces belong together up to the one with an image's extension.
    private static func mergedPaths(_ tokens: [LineScanner.Token]) -> [String] {
        var items: [String] = []
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            guard !token.isQuoted, LocalImagePath.isRooted(token.text), !LocalImagePath.hasImageExtension(token.text)
            else {
                items.append(token.text)
                continue
            }
            let rest = tokens[index...]
            let pieces = rest.prefix { !$0.isQuoted && !isStart($0.text) }
            guard let last = pieces.firstIndex(where: { LocalImagePath.hasImageExtension($0.text) }) else {
                items.append(token.text)
                continue
            }
            items.append(([token] + tokens[index...last]).map(\.text).joined(separator: " "))
            index = last + 1
        }
        return items
    }

    private static func looksLikeImage(_ text: String) -> Bool {
        text.contains("://") || isStart(text) || LocalImagePath.isLikely(text)
    }

    private static func isStart(_ text: String) -> Bool {
        let text = text.prefix(8).lowercased()
        return LineScanner.schemes.contains { text.hasPrefix($0) } || LocalImagePath.isRooted(text)
    }

    private static func isListMark(_ text: String) -> Bool {
        if ["-", "*", "+", "•", "·", "–"].contains(text) { return true }
        guard let last = text.last, ".):".contains(last) else { return false }
        return text.count > 1 && text.dropLast().allSatisfy(\.isNumber)
    }
}

/// Splits one line at spaces and commas, minding quotes, brackets and links.
private struct LineScanner {
    struct Token {
        var text: String
        var isQuoted: Bool
    }

    static let schemes = ["https://", "http://", "file:/", "data:"]
    private static let closing: [Character: Character] = [
        "\"": "\"", "'": "'", "`": "`", "<": ">", "“": "”", "‘": "’", "«": "»",
    ]

    private let line: [Character]
    private var index = 0

    init(_ line: String) { self.line = Array(line) }

    mutating func tokens() -> [Token] {
        var tokens: [Token] = []
        while index < line.count {
            let character = line[index]
            if character.isWhitespace || character == "," || character == ";" {
                index += 1
            } else if let link = link() {
                tokens.append(Token(text: link, isQuoted: true))
            } else if character == "[" || character == "]" {
                index += 1
            } else if let quoted = quoted() {
                tokens.append(Token(text: quoted, isQuoted: true))
            } else {
                let text = bare()
                if !text.isEmpty { tokens.append(Token(text: text, isQuoted: false)) }
            }
        }
        return tokens
    }

    /// `[words](address)` and `![words](address "title")`, the address alone.
    private mutating func link() -> String? {
        var start = index
        if line[start] == "!" { start += 1 }
        guard start < line.count, line[start] == "[",
            let middle = line[start...].firstIndex(of: "]"), middle + 1 < line.count, line[middle + 1] == "(",
            let end = closingParenthesis(after: middle + 1)
        else { return nil }
        index = end + 1
        let inside = line[(middle + 2)..<end].split(whereSeparator: \.isWhitespace)
        return inside.first.map { String($0).trimming("<>") } ?? ""
    }

    private func closingParenthesis(after opening: Int) -> Int? {
        var depth = 0
        for position in opening..<line.count {
            if line[position] == "(" { depth += 1 }
            if line[position] == ")" { depth -= 1 }
            if depth == 0 { return position }
        }
        return nil
    }

    private mutating func quoted() -> String? {
        guard let close = Self.closing[line[index]], index + 1 < line.count,
            let end = line[(index + 1)...].firstIndex(of: close)
        else { return nil }
        let text = String(line[(index + 1)..<end])
        index = end + 1
        return text.trimmed
    }

    private mutating func bare() -> String {
        var text = ""
        while index < line.count {
            let character = line[index]
            if character.isWhitespace || (character == "," && isSeparator(at: index)) { break }
            if character == "\\", index + 1 < line.count, line[index + 1] == " " || line[index + 1] == "\\" {
                index += 1
            }
            text.append(line[index])
            index += 1
        }
        return Self.stripped(text)
    }

    /// A comma inside an address belongs to it, unless another address begins behind it.
    private func isSeparator(at comma: Int) -> Bool {
        guard comma + 1 < line.count else { return true }
        let next = line[comma + 1]
        if next.isWhitespace || next == "," || Self.closing[next] != nil { return true }
        let rest = String(line[(comma + 1)...].prefix(8)).lowercased()
        // What follows the comma of a data: URI is its content, even if it reads like an address.
        return Self.schemes.contains { rest.hasPrefix($0) }
    }

    private static func stripped(_ text: String) -> String {
        var text = Substring(text)
        while let first = text.first, closing[first] != nil || first == "(" { text.removeFirst() }
        while let last = text.last {
            let isUnmatched =
                switch last {
                case ",", ";", "\"", "'", "`", ">", "”", "’", "»": true
                case ")": !text.contains("(")
                case "]": !text.contains("[")
                default: false
                }
            guard isUnmatched else { break }
            text.removeLast()
        }
        return String(text)
    }
}

extension String {
    fileprivate var trimmed: String { trimming(" \t\u{FEFF}\u{A0}") }

    fileprivate func trimming(_ characters: String) -> String {
        var text = Substring(self)
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
