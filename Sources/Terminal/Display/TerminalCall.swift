import Pixels

/// How a terminal is asked to call its person to the window.
enum TerminalCall {
    /// Longer texts are cut: a desktop shows two or three lines.
    static let mostCharacters = 200

    /// A desktop notification where the terminal is known to show one, else the bell; of a multiplexer always the bell, which
    /// it shows in its list of windows.
    ///
    /// kitty has OSC 99, iTerm2 OSC 9, and foot, Ghostty, WezTerm and contour OSC 777. Others print parts of what they do not
    /// know, or ring for it.
    static func sequence(_ text: String, _ traits: TerminalTraits) -> String {
        let text = String(DisplayText.sanitise(text).prefix(mostCharacters))
        guard traits.multiplexer == nil, !text.isEmpty else { return bell }
        switch traits.name {
        case "kitty":
            return "\u{1B}]99;i=darkroom:d=0;Darkroom\u{1B}\\\u{1B}]99;i=darkroom:p=body;\(text)\u{1B}\\"
        // Without a word before it, a text that begins with a number would be another command.
        case "iterm2": return "\u{1B}]9;Darkroom: \(text)\u{1B}\\"
        case "foot", "ghostty", "wezterm", "contour":
            return "\u{1B}]777;notify;Darkroom;\(text.replacing(";", with: ","))\u{1B}\\"
        default: return bell
        }
    }

    private static let bell = "\u{7}"
}

/// How far the work is, for the tab and the task bar (OSC 9;4).
package enum TabProgress: Hashable, Sendable {
    case none
    /// Something is under way, and nobody knows how far it is.
    case indeterminate
    /// 0…100.
    case percent(Int)

    var sequence: String {
        switch self {
        case .none: "\u{1B}]9;4;0\u{1B}\\"
        case .indeterminate: "\u{1B}]9;4;3\u{1B}\\"
        case .percent(let percent): "\u{1B}]9;4;1;\(min(max(percent, 0), 100))\u{1B}\\"
        }
    }

    /// Whether the terminal shows it. Others take OSC 9 for a desktop notification, or ignore it.
    ///
    /// Ghostty from 1.2, iTerm2 from 3.6.6, WezTerm from 2025, VTE from 0.79, and Windows Terminal, which does not say its
    /// version.
    static func isShown(by traits: TerminalTraits) -> Bool {
        guard traits.multiplexer == nil else { return false }
        switch traits.name {
        case "ghostty": return traits.isVersion(atLeast: [1, 2])
        case "iterm2": return traits.isVersion(atLeast: [3, 6, 6])
        case "wezterm": return traits.isVersion(atLeast: [20_250_101])
        case "vte": return traits.isVersion(atLeast: [7_900])
        default: return traits.name.isEmpty && traits.outerName == "windows terminal"
        }
    }
}
