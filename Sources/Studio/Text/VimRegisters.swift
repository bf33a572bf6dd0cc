/// A text that was deleted or copied.
struct VimRegister: Hashable, Sendable {
    var text: TextFragment
    /// Whole lines, put above or below a line.
    var isLinewise: Bool

    /// As other programs get it: whole lines end with a line break.
    var plain: String { text.text + (isLinewise ? "\n" : "") }

    init(_ text: TextFragment, isLinewise: Bool) {
        self.text = text
        self.isLinewise = isLinewise
    }

    /// What another program has copied.
    init(plain: String) {
        var text = TextFragment(cleaning: plain, isMultiline: true)
        isLinewise = text.hasBreak && text.lines.last == []
        if isLinewise { text.lines.removeLast() }
        self.text = text
    }

    mutating func append(_ other: VimRegister) {
        if other.isLinewise { isLinewise = true }
        if isLinewise { text.lines += other.text.lines } else { text.append(other.text) }
    }
}

/// Vim's registers: `a`…`z`, `0`…`9`, `-`; `_` keeps nothing; `+` and `*` are the system's clipboard.
struct VimRegisters: Hashable, Sendable {
    private var texts: [Character: VimRegister] = [:]
    /// The one that is meant where none is named.
    private var last: Character = "0"

    static func hasRegister(_ name: Character) -> Bool {
        guard name.isASCII else { return false }
        return name.isLetter || name.isNumber || "\"-_+*".contains(name)
    }

    static func isClipboard(_ name: Character?) -> Bool { name == "+" || name == "*" }

    /// nil: it is empty.
    func text(in name: Character?) -> VimRegister? {
        guard let name, name != "\"" else { return texts[last] }
        return texts[Self.key(name)]
    }

    /// Both names of the clipboard are one register here.
    private static func key(_ name: Character) -> Character { name == "*" ? "+" : Character(name.lowercased()) }

    mutating func copy(_ text: VimRegister, to name: Character?) {
        guard name != "_" else { return }
        keep(text, in: name.flatMap { $0 == "\"" ? nil : $0 } ?? "0")
    }

    /// - Parameter usesFirst: the motion is one whose deletions always go to `1`.
    mutating func delete(_ text: VimRegister, to name: Character?, usesFirst: Bool) {
        guard name != "_" else { return }
        let name = name == "\"" ? nil : name
        if let name { keep(text, in: name) }
        let isLarge = text.isLinewise || text.text.hasBreak
        if isLarge || usesFirst {
            for number in (1...8).reversed() {
                let next = Character("\(number + 1)")
                texts[next] = texts[Character("\(number)")]
            }
            texts["1"] = text
            if name?.isUppercase != true { last = "1" }
        }
        if name == nil, !isLarge { keep(text, in: "-") }
    }

    /// An upper-case letter adds to what is there.
    private mutating func keep(_ text: VimRegister, in name: Character) {
        last = Self.key(name)
        if name.isUppercase, var old = texts[last] {
            old.append(text)
            texts[last] = old
        } else {
            texts[last] = text
        }
    }
}
