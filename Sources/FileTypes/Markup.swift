/// Distinguishes HTML, SVG, other XML and JSON by their beginning.
enum Markup {
    /// Nil when it is neither markup nor JSON. Byte order marks, white space, comments, declarations and document types
    /// may come first.
    static func type(_ head: [UInt8]) -> FileType? {
        let (rest, isDeclared) = root(head)
        guard let first = rest.first else { return isDeclared ? .xml : nil }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), !isDeclared { return json(rest) }
        guard first == UInt8(ascii: "<") else { return isDeclared ? .xml : nil }
        let name = rest.dropFirst().prefix(while: isNameByte).map(lowered)
        let text = String(decoding: name, as: UTF8.self)
        // The head ends in the middle of a name, which could become any name.
        let isWhole = rest.dropFirst(1 + name.count).first != nil
        guard isWhole else { return isDeclared ? .xml : nil }
        if text == "svg" || text.hasSuffix(":svg") { return .svg }
        if text == "!doctype" { return documentType(rest) }
        // With an XML declaration, any element may be the root.
        if text == "html" || !isDeclared && tags.contains(text) { return .html }
        return isDeclared ? .xml : nil
    }

    /// Elements with which a page begins, also a page that is not valid.
    private static let tags: Set<String> = [
        "html", "head", "body", "title", "meta", "script", "style", "link", "base", "div", "p", "h1", "h2", "center",
        "pre", "table", "span", "br", "noscript", "iframe", "form", "a", "b", "font", "img", "hr", "main",
    ]

    private static func documentType(_ rest: ArraySlice<UInt8>) -> FileType {
        let words = String(decoding: rest.prefix(80).map(lowered), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        return words.count > 1 && words[1].hasPrefix("html") ? .html : .xml
    }

    private static func json(_ rest: ArraySlice<UInt8>) -> FileType? {
        guard let next = rest.dropFirst().first(where: { !isBlank($0) }) else { return nil }
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "-"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .json
        case UInt8(ascii: "["): return rest.first == UInt8(ascii: "[") ? .json : nil
        default: return nil
        }
    }

    /// The bytes from the root element on, and whether an XML declaration came before it.
    private static func root(_ head: [UInt8]) -> (rest: ArraySlice<UInt8>, isDeclared: Bool) {
        // Of UTF-16 only the low bytes are read: only ASCII matters here.
        let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
        var rest = (isWide ? head.dropFirst(2).filter { $0 != 0 } : head)[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var isDeclared = false
        while true {
            rest = rest.drop(while: isBlank)
            let end: String
            if begins(rest, "<!--") {
                end = "-->"
            } else if begins(rest, "<?") {
                end = "?>"
                isDeclared = isDeclared || begins(rest, "<?xml")
            } else if begins(rest, "<!doctype svg") {
                end = ">"
            } else {
                return (rest, isDeclared)
            }
            guard let close = place(of: Array(end.utf8), in: rest) else { return (rest.suffix(0), isDeclared) }
            rest = rest[(close + end.utf8.count)...]
        }
    }

    private static func place(of end: [UInt8], in rest: ArraySlice<UInt8>) -> Int? {
        rest.indices.first { rest[$0] == end[0] && rest[$0...].starts(with: end) }
    }

    /// Whether the bytes begin with `text`, in any case.
    private static func begins(_ rest: ArraySlice<UInt8>, _ text: String) -> Bool {
        rest.prefix(text.utf8.count).map(lowered).elementsEqual(text.utf8)
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch lowered(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: byte == UInt8(ascii: "!") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
        }
    }
}
