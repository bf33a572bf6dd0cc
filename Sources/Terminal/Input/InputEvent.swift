/// An event from the terminal.
package enum InputEvent: Hashable, Sendable {
    case key(Key)
    /// Pasted text as one piece. Lines end with LF, other control characters are removed. At most
    /// ``InputParser/pasteLimit`` bytes.
    case paste(String)
    /// This many bytes of the paste just before were beyond the limit and are lost.
    case pasteCut(bytes: Int)
    case mouse(Mouse)
    /// Whether the terminal's window has the focus now.
    case focus(Bool)
    /// The size may have changed; call `Screen.refreshSize()`.
    case resize
    /// The terminal was closed; no more input will follow.
    case hangup
    case reply(TerminalReply)
}

/// A report of the mouse.
package struct Mouse: Hashable, Sendable {
    /// A button of the mouse.
    package enum Button: Hashable, Sendable {
        case left, middle, right
    }

    /// What happened.
    package enum Action: Hashable, Sendable {
        case press(Button)
        case release(Button)
        /// Moved while the button is held.
        case drag(Button)
        /// Moved while no button is held.
        case move
        case scrollUp, scrollDown, scrollLeft, scrollRight
    }

    /// What happened.
    package var action: Action
    /// The cell under the pointer; column and row count from 0.
    package var position: Point
    /// The modifiers that were held; a terminal may keep some of them for itself.
    package var modifiers: KeyModifiers

    package init(_ action: Action, at position: Point, modifiers: KeyModifiers = []) {
        self.action = action
        self.position = position
        self.modifiers = modifiers
    }
}

/// An answer to a query, or an unrequested report of the same form. It may arrive seconds later.
package enum TerminalReply: Hashable, Sendable {
    /// Primary device attributes (DA1). Answers arrive in the order of the queries: a query that was sent before and is
    /// not answered by now is not supported.
    case primaryAttributes([Int])
    /// The state of a mode (DECRPM): 1 set, 2 reset, 3 permanently set, 4 permanently reset, 0 unknown mode.
    case mode(Int, state: Int)
    /// The window's background colour, 8 bits a channel.
    case background(red: UInt8, green: UInt8, blue: UInt8)
    case foreground(red: UInt8, green: UInt8, blue: UInt8)
    /// The desktop has gone over to dark or light colours (mode 2031); the background is another one now.
    case colorScheme(isDark: Bool)
    /// The terminal's name and version (XTVERSION), such as `tmux 3.3a`; printable ASCII only.
    case version(String)
    /// The active flags of the kitty keyboard protocol.
    case keyboard(flags: Int)
    /// An answer of the kitty graphics protocol without its frame, such as `i=31;OK`; printable ASCII only.
    case graphics(String)
    /// The size of a cell in pixels (`CSI 16 t`).
    case cellSize(width: Int, height: Int)
    /// The size of the text area in pixels (`CSI 14 t`).
    case textAreaSize(width: Int, height: Int)
    /// iTerm2's answer for the size of a cell, in points with a scale; terminals with inline images give it.
    case inlineImageCell
    /// The most colours of a sixel picture.
    case sixelColors(Int)
    /// The largest sixel picture, in pixels.
    case sixelSize(width: Int, height: Int)
}
