/// A way to draw pictures, by the name under which `Pictures` lists it.
package struct PictureMethod: Hashable, Sendable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// Characters in two colours a cell: every terminal has them.
    package static let symbols = PictureMethod(rawValue: "symbols")
    /// No picture: what is known of the file, in words.
    package static let none = PictureMethod(rawValue: "none")
}

/// How pictures are drawn on this terminal. A picture that was made for one display cannot be shown on another.
package struct PictureDisplay: Hashable, Sendable {
    package var method: PictureMethod
    package var cell: CellPixels
    /// Colours of the terminal.
    package var depth: PixelDepth
    /// The finest characters that pictures may be made of.
    package var symbols: SymbolSet
    /// Whether sequences must be wrapped, so that tmux passes them on.
    package var isWrapped: Bool
    /// What transparent pixels are mixed with.
    package var background: PixelColor
    package var limits: Limits

    /// The largest picture that the terminal takes.
    package struct Limits: Hashable, Sendable {
        /// In pixels.
        package var width: Int
        package var height: Int
        /// Colours of one picture.
        package var colors: Int

        package init(width: Int = 8_192, height: Int = 8_192, colors: Int = 256) {
            self.width = width
            self.height = height
            self.colors = colors
        }
    }

    package init(
        method: PictureMethod = .symbols,
        cell: CellPixels = .assumed,
        depth: PixelDepth = .direct,
        symbols: SymbolSet = .halves,
        isWrapped: Bool = false,
        background: PixelColor = .none,
        limits: Limits = Limits()
    ) {
        self.method = method
        self.cell = cell
        self.depth = depth
        self.symbols = symbols
        self.isWrapped = isWrapped
        self.background = background
        self.limits = limits
    }
}
