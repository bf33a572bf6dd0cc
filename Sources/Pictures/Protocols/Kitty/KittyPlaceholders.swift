import Pixels

/// kitty's graphics, shown by characters that the terminal replaces by parts of the picture: what is drawn over them hides
/// it, and where they go it goes. kitty from 0.28 on and Ghostty have them; also within tmux, where it lets pictures pass.
struct KittyPlaceholders: PictureProtocol {
    let method = PictureMethod(rawValue: "kitty-placeholders")
    let word = "kitty"
    let title = "kitty graphics with placeholders"

    func verdict(on traits: TerminalTraits) -> PictureVerdict {
        switch traits.multiplexer {
        case .zellij: return .unusable("zellij does not pass them on")
        case .screen: return .unusable("screen does not pass them on")
        case .tmux where !traits.hasKittyGraphics:
            return .unusable("tmux passes nothing on: `set -g allow-passthrough on` allows it")
        case .tmux:
            guard let outer = traits.outerName, ["kitty", "ghostty"].contains(outer) else {
                return .unusable("the terminal around tmux is not known to have placeholders")
            }
            return .usable("\(outer) around tmux answers the query")
        case nil: break
        }
        guard traits.hasKittyGraphics else { return .unusable("the query was not answered") }
        let version = traits.version ?? "the terminal"
        switch traits.name {
        case "kitty" where traits.isVersion(atLeast: [0, 28]), "ghostty": return .usable("\(version) answers the query")
        case "kitty": return .unusable("\(version) has no placeholders: 0.28 has")
        default: return .unusable("\(version) is not known to have placeholders")
        }
    }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? {
        CellFit.pixels(columns: columns, rows: rows, display: display)
    }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        let most = KittyGraphics.mostCells
        let fit = CellFit(bitmap.size, columns: min(columns, most), rows: min(rows, most), display: display)
        let id = KittyIDs.next(isDirect: display.depth == .direct)
        let marks = KittyGraphics.placeholders(columns: fit.columns, rows: fit.rows)
        let cells = marks.joined().map { PixelCell(glyph: $0, foreground: id.color, background: .none) }
        // What is smaller than its place is enlarged by the terminal.
        let upload = KittyGraphics.transmission(bitmap, id: id, columns: fit.columns, rows: fit.rows)
        return RenderedPicture(
            cells: HalfBlocks.render(bitmap, filling: fit, depth: display.depth, background: display.background.parts),
            graphic: PictureGraphic(
                columns: fit.columns,
                rows: fit.rows,
                upload: upload.map { display.sent($0) },
                abandonment: display.sent(KittyGraphics.abandonment) + display.sent(KittyGraphics.deletion(of: id)),
                cells: PixelCells(columns: fit.columns, rows: fit.rows, cells: cells),
                release: display.sent(KittyGraphics.deletion(of: id)),
                isInCells: false
            )
        )
    }
}

extension PictureDisplay {
    /// The sequence as it must be written to reach the terminal.
    func sent(_ sequence: [UInt8]) -> [UInt8] { isWrapped ? TerminalPassthrough.tmux(sequence) : sequence }
}
