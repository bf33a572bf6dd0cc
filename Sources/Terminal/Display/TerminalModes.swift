/// The escape sequences that switch the terminal's modes, outside of the cell grid.
struct TerminalModes {
    let mouse: Bool
    let answersQueries: Bool
    /// Whether the kitty keyboard protocol is on. It is switched on only after the terminal has reported that it
    /// supports it.
    var keyboard = false
    var title: String?
    /// Whether the mode "alt sends Esc" was off before and must be switched off at the end. False while the terminal
    /// has not answered.
    var resetsMeta = false
    /// What the tab shows of the work.
    var progress = TabProgress.none
    /// Whether the terminal may keep pictures, which would outlive a crash.
    var keepsPictures = false

    /// Written when the screen is taken: keypad in numeric mode, alt sends Esc before the key (Debian's xterm sets the
    /// eighth bit otherwise), bracketed paste, focus reports, reports of another colour scheme, and mouse reports with drags in SGR form.
    var enter: String {
        "\u{1B}[?1l\u{1B}>\u{1B}[?1036h\u{1B}[?2004h\u{1B}[?1004h\u{1B}[?2031h"
            + (mouse ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : "")
            + (keyboard ? Self.keyboardOn : "") + (title.map { Self.saveTitle + Self.set(title: $0) } ?? "")
            + (progress == .none ? "" : progress.sequence)
    }

    var leave: String {
        (progress == .none ? "" : TabProgress.none.sequence) + (title == nil ? "" : Self.restoreTitle)
            + (keyboard ? Self.keyboardOff : "")
            + (mouse ? "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l" : "") + "\u{1B}[?2031l\u{1B}[?1004l\u{1B}[?2004l"
            + (resetsMeta ? "\u{1B}[?1036l" : "")
    }

    /// Written after a crash, when ncurses cannot be used: leaves the alternate screen too, resets the text style and
    /// shows the cursor.
    var reset: String {
        "\u{1B}[?2026l" + (keepsPictures ? Self.forgetPictures : "") + leave + "\u{1B}[m\u{1B}[?1049l\u{1B}[?25h\r"
    }

    /// Asks whether alt sends Esc; written before ``enter`` switches that on. In some terminals it cannot be switched
    /// off.
    var firstQuery: String { answersQueries ? "\u{1B}[?\(Self.meta)$p" : "" }
    static let meta = 1036

    /// Asks for synchronised output and the keyboard protocol, and then for ``TerminalQueries/look``.
    var queries: String {
        answersQueries ? "\u{1B}[?2026$p\u{1B}[?u\(TerminalQueries.look)" : ""
    }

    /// Deletes all pictures on the screen (kitty's protocol). The end of a string before it ends a picture in its middle.
    private static let forgetPictures = "\u{1B}\\\u{1B}_Ga=d,q=2\u{1B}\\"
    static let beginSynchronized = "\u{1B}[?2026h"
    static let endSynchronized = "\u{1B}[?2026l"
    /// Flags of the kitty protocol: unambiguous escape codes (1) and shifted keys reported (4).
    static let keyboardOn = "\u{1B}[>5u"
    private static let keyboardOff = "\u{1B}[<u"
    static let saveTitle = "\u{1B}[22;0t"
    private static let restoreTitle = "\u{1B}[23;0t"

    static func set(title: String) -> String {
        "\u{1B}]2;" + DisplayText.sanitise(title) + "\u{1B}\\"
    }
}
