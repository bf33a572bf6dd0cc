/// Width and height of a character cell in pixels, both at least 1.
package struct CellPixels: Hashable, Sendable {
    package let width: Int
    package let height: Int

    /// nil where one of them is below 1, or larger than any font: a terminal that does not know says 0.
    package init?(width: Int, height: Int) {
        guard (1...512).contains(width), (1...512).contains(height) else { return nil }
        self.width = width
        self.height = height
    }

    /// For a terminal that does not say: twice as high as wide.
    package static let assumed = CellPixels(known: 10, 20)

    private init(known width: Int, _ height: Int) {
        self.width = width
        self.height = height
    }
}

/// What is known of a terminal's way with pictures: its answers so far, and a few words of the environment. Any answer may
/// come late, or never.
package struct TerminalTraits: Hashable, Sendable {
    /// A program between this one and the terminal.
    package enum Multiplexer: String, Hashable, Sendable {
        case tmux, screen, zellij
    }

    /// The name and version that it answered (XTVERSION), such as `kitty(0.26.5)`; nil: not answered.
    package var version: String?
    /// Whether it has answered the query of kitty's graphics protocol with OK.
    package var hasKittyGraphics = false
    /// Whether it has answered iTerm2's question for the size of a cell, which terminals with inline images do.
    package var hasInlineImages = false
    /// Its primary device attributes (DA1), the answer that every terminal gives and that comes last; 4 is sixel. nil: not
    /// answered.
    package var attributes: [Int]?
    /// nil: not known, or reported as 0.
    package var cell: CellPixels?
    /// nil: none, as far as is known.
    package var multiplexer: Multiplexer?
    /// What the environment says of the terminal outside of a multiplexer, such as `kitty`; nil: nothing. The session may
    /// have been begun in another terminal.
    package var outerName: String?
    /// The background that it has answered; nil: not answered.
    package var background: PixelColor?

    /// Whether the C library knows how wide the characters of ``SymbolSet/sextants`` are: otherwise they cannot be drawn.
    package var knowsSextants = true

    /// What it has answered that sixel pictures may be at most.
    package var sixelLimits = PictureDisplay.Limits()

    package init() {}

    /// What the environment says before anything was asked.
    package init(environment: [String: String]) {
        let term = environment["TERM"] ?? ""
        if environment["ZELLIJ"] != nil {
            multiplexer = .zellij
        } else if environment["TMUX"] != nil || term.hasPrefix("tmux") {
            multiplexer = .tmux
        } else if environment["STY"] != nil || term.hasPrefix("screen") {
            multiplexer = .screen
        }
        if environment["KITTY_WINDOW_ID"] != nil { outerName = "kitty" }
        if environment["GHOSTTY_RESOURCES_DIR"] != nil { outerName = "ghostty" }
        if environment["WT_SESSION"] != nil { outerName = "windows terminal" }
    }

    /// The program that answered, in lower case without its version, such as `kitty`; empty: none did.
    package var name: String {
        (version ?? "").prefix { $0 != " " && $0 != "(" }.lowercased()
    }

    /// The numbers of the version that it answered, such as [0, 26, 5]; empty: there are none.
    package var versionNumbers: [Int] {
        let rest = (version ?? "").dropFirst(name.count)
        guard let start = rest.firstIndex(where: \.isNumber) else { return [] }
        let numbers = rest[start...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        return numbers.split(separator: ".").prefix(4).compactMap { Int($0.prefix(9)) }
    }

    /// Whether the version that it answered is this one or a later one.
    package func isVersion(atLeast wanted: [Int]) -> Bool {
        !versionNumbers.isEmpty && !versionNumbers.lexicographicallyPrecedes(wanted)
    }

    /// Takes over the name; a multiplexer answers with its own.
    package mutating func named(_ version: String) {
        self.version = version
        if name == "tmux" { multiplexer = .tmux }
        if name == "zellij" { multiplexer = .zellij }
    }
}
