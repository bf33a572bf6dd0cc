/// Wraps a sequence for the terminal outside tmux, which otherwise keeps graphics to itself.
package enum TerminalPassthrough {
    /// Wrap each escape sequence on its own, and only what transmits: placeholders are text and must not be wrapped.
    /// tmux obeys when its option `allow-passthrough` is on, and swallows the sequence otherwise.
    package static func tmux(_ sequence: [UInt8]) -> [UInt8] {
        Array("\u{1B}Ptmux;".utf8) + sequence.flatMap { $0 == 0x1B ? [0x1B, 0x1B] : [$0] } + Array("\u{1B}\\".utf8)
    }
}
