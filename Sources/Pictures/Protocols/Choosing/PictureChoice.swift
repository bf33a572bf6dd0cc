package import Pixels

/// Which protocol is used, and why the others are not. Pure: asked again whenever the terminal has answered something.
package struct PictureChoice: Hashable, Sendable {
    /// One protocol and what speaks for or against it.
    package struct Finding: Hashable, Sendable {
        package let title: String
        package let verdict: PictureVerdict
    }

    package let display: PictureDisplay
    /// What the chosen protocol is called.
    package let title: String
    /// Why it was chosen.
    package let reason: String
    /// All that were looked at, the best first.
    package let findings: [Finding]

    /// - Parameters:
    ///   - wish: what the settings say. What is asked for by name is used even where the terminal has not answered for it.
    ///   - depth: colours of the terminal.
    package init(wish: PictureWish, traits: TerminalTraits, depth: PixelDepth) {
        let known = PictureProtocols.all.map { ($0, $0.verdict(on: traits)) }
        findings = known.map { Finding(title: $0.title, verdict: $1) }
        let chosen: any PictureProtocol
        switch wish {
        case .auto:
            let best = known.first { $0.1.isUsable }
            chosen = best?.0 ?? SymbolPictures()
            reason = best?.1.reason ?? ""
        case .kitty, .iterm2, .sixel, .symbols, .none:
            let meant = known.filter { $0.0.word == wish.rawValue }
            // Of two with one name, the one that the terminal answers for; placing works in more terminals.
            chosen = (meant.first { $0.1.isUsable } ?? meant.last)?.0 ?? SymbolPictures()
            reason = "the settings say so"
        }
        title = chosen.title
        display = PictureDisplay(
            method: chosen.method,
            cell: traits.cell ?? .assumed,
            depth: depth,
            symbols: traits.symbolSet,
            isWrapped: traits.multiplexer == .tmux && chosen.isSentThroughMultiplexers,
            background: traits.background ?? .none,
            limits: chosen.limits(on: traits)
        )
    }
}

extension PictureProtocol {
    /// Whether what it sends must be wrapped where a multiplexer would not pass it on.
    var isSentThroughMultiplexers: Bool { word == "kitty" }

    /// How large and how colourful pictures may be for this protocol.
    fileprivate func limits(on traits: TerminalTraits) -> PictureDisplay.Limits {
        word == "sixel" ? traits.sixelLimits : PictureDisplay.Limits()
    }
}
