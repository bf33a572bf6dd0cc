/// The place of the terminal's own cursor after a frame.
///
/// Input methods and screen readers follow the cursor even when it is hidden.
package enum Cursor: Hashable, Sendable {
    /// Visible, at the place in a text where the next letter goes.
    case shown(Point)
    /// Hidden, on the selected row of a list, so that it does not cover the text there.
    case hidden(Point)

    /// The place, for both cases.
    package var point: Point {
        switch self {
        case .shown(let point), .hidden(let point): point
        }
    }

    /// True for ``shown(_:)``.
    package var isShown: Bool {
        if case .shown = self { true } else { false }
    }
}
