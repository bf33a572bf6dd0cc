/// Where the terminal's own cursor is left after a frame.
///
/// Input methods and screen readers follow it even where nobody sees it.
package enum Cursor: Hashable, Sendable {
    /// In a text, where the next letter goes.
    case shown(Point)
    /// On the selected row of a list: in the right place, but not drawn over what stands there.
    case parked(Point)

    package var point: Point {
        switch self {
        case .shown(let point), .parked(let point): point
        }
    }

    package var isShown: Bool {
        if case .shown = self { true } else { false }
    }
}
