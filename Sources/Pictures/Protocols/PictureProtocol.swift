package import Pixels

/// A way to draw pictures on a terminal: what it needs, and the bytes it takes.
///
/// To add one, write it in a folder of its own and name it in ``PictureProtocols/all``.
package protocol PictureProtocol: Sendable {
    /// Its own name in ``PictureDisplay/method``.
    var method: PictureMethod { get }
    /// The word for it in the setting `pictures`; several may share one.
    var word: String { get }
    /// What it is called in a sentence.
    var title: String { get }

    /// Whether it can be used on this terminal, as far as that is known by now.
    func verdict(on traits: TerminalTraits) -> PictureVerdict

    /// The size in pixels to which a picture is decoded best when it is to fill `columns` × `rows` cells; nil: it is not
    /// decoded at all.
    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)?

    /// Draws a picture as large as it fits into `columns` × `rows` cells, both at least 1. Of bounded cost; not for the main
    /// thread.
    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture
}

/// Whether a protocol can be used, with the reason in a few words.
package enum PictureVerdict: Hashable, Sendable {
    case usable(String)
    case unusable(String)

    package var isUsable: Bool {
        if case .usable = self { true } else { false }
    }

    package var reason: String {
        switch self {
        case .usable(let reason), .unusable(let reason): reason
        }
    }
}
