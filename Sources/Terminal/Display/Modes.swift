/// The escape sequences that are no part of the cell grid.
struct Modes {
    let mouse: Bool
    let answersQueries: Bool
    /// The kitty keyboard protocol is on; only after the terminal said that it knows it.
    var keyboard = false
    var title: String?
    /// Alt did not send Esc before, and must not do so afterwards; not known: it stays as it is.
    var resetsMeta = false

    /// Keypad in numeric mode, alt sends Esc before the key (Debian's xterm sets the eighth bit otherwise), bracketed paste,
    /// focus reports, mouse with drags in SGR form.
    var enter: String {
        "\u{1B}[?1l\u{1B}>\u{1B}[?1036h\u{1B}[?2004h\u{1B}[?1004h"
            + (mouse ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : "")
            + (keyboard ? Self.keyboardOn : "") + (title.map { Self.saveTitle + Self.set(title: $0) } ?? "")
    }

    var leave: String {
        (title == nil ? "" : Self.restoreTitle) + (keyboard ? Self.keyboardOff : "")
            + (mouse ? "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l" : "") + "\u{1B}[?1004l\u{1B}[?2004l"
            + (resetsMeta ? "\u{1B}[?1036l" : "")
    }

    /// For a crash, when ncurses cannot be asked: also out of the alternate screen, plain text, cursor shown.
    var reset: String {
        "\u{1B}[?2026l" + leave + "\u{1B}[m\u{1B}[?1049l\u{1B}[?25h\r"
    }

    /// Whether alt sends Esc; to be asked before it is made to. In some terminals it always does.
    var firstQuery: String { answersQueries ? "\u{1B}[?\(Self.meta)$p" : "" }
    static let meta = 1036

    /// Synchronised output, keyboard protocol, background colour; then the question everything answers, as a fence.
    var queries: String {
        answersQueries ? "\u{1B}[?2026$p\u{1B}[?u\u{1B}]11;?\u{1B}\\\u{1B}[c" : ""
    }

    static let beginSynchronized = "\u{1B}[?2026h"
    static let endSynchronized = "\u{1B}[?2026l"
    /// Escape codes that cannot be mistaken (1) and shifted keys reported (4).
    static let keyboardOn = "\u{1B}[>5u"
    private static let keyboardOff = "\u{1B}[<u"
    static let saveTitle = "\u{1B}[22;0t"
    private static let restoreTitle = "\u{1B}[23;0t"

    static func set(title: String) -> String {
        "\u{1B}]2;" + DisplayText.sanitise(title) + "\u{1B}\\"
    }
}
