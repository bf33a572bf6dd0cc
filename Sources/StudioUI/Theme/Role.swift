/// What a colour means. Views name roles only; a theme and the terminal's depth decide what is seen.
///
/// Red, amber, green and violet mean state and nothing else; gold is money; cyan is "you are here, press this".
package enum Role: String, CaseIterable, Hashable, Sendable {
    case text
    /// Labels and units.
    case muted
    /// Placeholders, hatching, what stands behind a dialog.
    case faint
    case border
    case focus
    case selection
    case cost
    case running
    case ok
    case warn
    case error
}
