/// What letters do while the prompt is edited as in vim.
package enum VimMode: Hashable, Sendable {
    case insert, normal
    /// Motions select, from one character to another or by whole lines.
    case visual, visualLine
}
