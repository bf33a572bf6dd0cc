package import Pixels

/// What a person's settings ask for.
package enum PictureWish: String, CaseIterable, Hashable, Sendable {
    /// The best that the terminal has answered for.
    case auto
    case kitty, iterm2, sixel, symbols, none
}

/// All protocols, the best first.
package enum PictureProtocols {
    package static let all: [any PictureProtocol] = [
        KittyPlaceholders(), KittyPlacement(), InlineImages(), SixelPictures(), SymbolPictures(), TextCard(),
    ]

    /// The protocol of a display.
    package static func named(_ method: PictureMethod) -> any PictureProtocol {
        all.first { $0.method == method } ?? SymbolPictures()
    }
}
