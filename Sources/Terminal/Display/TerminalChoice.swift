/// The terminfo entries to try, chosen by the environment.
struct TerminalChoice: Equatable {
    enum Entry: Equatable {
        case installed(String)
        case embedded(EmbeddedTerminal)
    }

    /// Entries in the order in which they are tried; not empty.
    let entries: [Entry]
    /// The most colours that may be used.
    let depth: ColorDepth
    /// Whether queries may be sent to the terminal.
    let answersQueries: Bool

    /// - Parameters:
    ///   - environment: the variables that are read.
    ///   - depth: the colours the user asked for; overrules the environment.
    init(environment: [String: String], depth wanted: ColorDepth?) throws(ScreenError) {
        let name = environment["TERM"] ?? ""
        guard name != "dumb" else {
            throw ScreenError(
                code: .incapable,
                description: "This terminal (TERM=dumb) cannot place its cursor; add --plain for the studio in lines."
            )
        }
        let isSetNoColor = !(environment["NO_COLOR"] ?? "").isEmpty
        let isDirect = ["truecolor", "24bit"].contains(environment["COLORTERM"]) || Self.isKnownDirect(name)
        // Programs inside a terminal inherit `COLORTERM`, although their own screen may have fewer colours.
        let isLimited =
            ["linux", "vt", "ansi", "cons"].contains { name.hasPrefix($0) }
            || (name.hasPrefix("screen") && environment["TMUX"] == nil)
        depth = wanted ?? (isSetNoColor ? .mono : isDirect && !isLimited ? .direct : .palette256)
        var entries: [Entry] = []
        if depth == .direct { entries.append(.embedded(.direct)) }
        // Installed entries for direct colour have only the first eight palette entries.
        if !name.isEmpty, !name.hasSuffix("-direct") { entries.append(.installed(name)) }
        entries.append(.embedded(.palette256))
        self.entries = entries
        answersQueries = !["linux", "vt", "cons"].contains { name.hasPrefix($0) }
    }

    private static func isKnownDirect(_ name: String) -> Bool {
        name.hasSuffix("-direct") || name.hasSuffix("-truecolor")
            || ["xterm-kitty", "xterm-ghostty", "ghostty", "wezterm", "foot", "alacritty", "contour", "rio"].contains {
                name == $0 || name.hasPrefix($0 + "-")
            }
    }
}
