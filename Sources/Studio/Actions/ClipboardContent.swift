/// What the desktop's clipboard holds.
package enum ClipboardContent: Hashable, Sendable {
    case text(String)
    /// A picture, saved in this file.
    case picture(path: String)
    /// There is nothing to take; why, as a sentence without a full stop.
    case nothing(String)
}
