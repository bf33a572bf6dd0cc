/// Which terminfo entries to try, from the environment.
struct TerminalChoice: Equatable {
    enum Entry: Equatable {
        case installed(String)
        case embedded(EmbeddedTerminal)
    }

    /// To be tried in this order; never empty.
    let entries: [Entry]
    /// The most colours that may be used.
    let depth: ColorDepth
    /// Whether the terminal may be asked about itself.
    let answersQueries: Bool

    /// - Parameter depth: wanted by the user, which overrules what the environment says.
    init(environment: [String: String], depth wanted: ColorDepth?) throws(ScreenError) {
        let name = environment["TERM"] ?? ""
        guard name != "dumb" else {
            throw ScreenError(
                code: .incapable,
                description: "This terminal (TERM=dumb) cannot place its cursor; use the commands without a screen."
            )
        }
        let isSetNoColor = !(environment["NO_COLOR"] ?? "").isEmpty
        let isDirect = ["truecolor", "24bit"].contains(environment["COLORTERM"]) || Self.isKnownDirect(name)
        // COLORTERM is inherited by what runs inside a terminal and knows less.
        let isLimited =
            ["linux", "vt", "ansi", "cons"].contains { name.hasPrefix($0) }
            || (name.hasPrefix("screen") && environment["TMUX"] == nil)
        depth = wanted ?? (isSetNoColor ? .mono : isDirect && !isLimited ? .direct : .palette256)
        var entries: [Entry] = []
        if depth == .direct { entries.append(.embedded(.direct)) }
        // Installed entries for direct colour have no palette beyond the first eight.
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
