/// Wraps a sequence so that tmux passes it on to the terminal outside. tmux does not pass on graphics otherwise.
package enum TerminalPassthrough {
    /// Wrap each escape sequence separately, and only those that transmit: placeholders are text and must not be
    /// wrapped. tmux passes them on when its option `allow-passthrough` is on, and drops them otherwise.
    package static func tmux(_ sequence: [UInt8]) -> [UInt8] {
        Array("\u{1B}Ptmux;".utf8) + sequence.flatMap { $0 == 0x1B ? [0x1B, 0x1B] : [$0] } + Array("\u{1B}\\".utf8)
    }
}
