/// How the prompt is edited.
package enum EditingKeys: String, CaseIterable, Hashable, Sendable {
    /// Without modes: `^A`, `^E`, `^K`, `^Y` and the rest.
    case emacs
    /// ``VimEditing``.
    case vim
}
