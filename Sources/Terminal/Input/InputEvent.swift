/// Something that came from the terminal.
package enum InputEvent: Hashable, Sendable {
    case key(Key)
    /// Pasted text as one piece: lines end in LF, other controls are gone, at most `InputParser.pasteLimit` bytes.
    case paste(String)
    /// So many bytes of the paste just before were beyond the limit.
    case pasteCut(bytes: Int)
    case mouse(Mouse)
    /// Whether the terminal's window has the focus now.
    case focus(Bool)
    /// The size may have changed; ask `Screen.refreshSize()`.
    case resize
    /// The terminal is gone; nothing more will come.
    case hangup
    case reply(TerminalReply)
}

package struct Mouse: Hashable, Sendable {
    package enum Button: Hashable, Sendable {
        case left, middle, right
    }

    package enum Action: Hashable, Sendable {
        case press(Button)
        case release(Button)
        /// Moved with the button held.
        case drag(Button)
        /// Moved with none held.
        case move
        case scrollUp, scrollDown, scrollLeft, scrollRight
    }

    package var action: Action
    package var position: Point
    package var modifiers: KeyModifiers

    package init(_ action: Action, at position: Point, modifiers: KeyModifiers = []) {
        self.action = action
        self.position = position
        self.modifiers = modifiers
    }
}

/// An answer to a question asked of the terminal. It may come seconds later, and may come unasked.
package enum TerminalReply: Hashable, Sendable {
    /// DA1; answers come in order, so everything asked before and not answered by now is not known to the terminal.
    case primaryAttributes([Int])
    /// DECRPM: 1 set, 2 reset, 3 always set, 4 never, 0 unknown mode.
    case mode(Int, state: Int)
    /// The window's own colours, 8 bits a channel.
    case background(red: UInt8, green: UInt8, blue: UInt8)
    case foreground(red: UInt8, green: UInt8, blue: UInt8)
    /// XTVERSION, such as `tmux 3.3a`; printable ASCII only.
    case version(String)
    /// The flags of the kitty keyboard protocol.
    case keyboard(flags: Int)
    /// The kitty graphics protocol's answer without its frame, such as `i=31;OK`; printable ASCII only.
    case graphics(String)
}
