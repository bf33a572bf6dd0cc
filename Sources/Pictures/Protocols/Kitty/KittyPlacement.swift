import Pixels

/// kitty's graphics, placed at the cursor above the text; taken off the screen by a command. For terminals that know the
/// protocol and not its placeholders, such as Konsole and older kittys.
struct KittyPlacement: PictureProtocol {
    let method = PictureMethod(rawValue: "kitty-placement")
    let word = "kitty"
    let title = "kitty graphics placed at the cursor"

    func verdict(on traits: TerminalTraits) -> PictureVerdict {
        if let multiplexer = traits.multiplexer {
            return .unusable("\(multiplexer) would not know where the picture is")
        }
        guard traits.hasKittyGraphics else { return .unusable("the query was not answered") }
        switch traits.name {
        case "iterm2", "wezterm": return .unusable("\(traits.name) draws its own protocol better")
        default: return .usable("\(traits.version ?? "the terminal") answers the query")
        }
    }

    func pixels(columns: Int, rows: Int, display: PictureDisplay) -> (width: Int, height: Int)? {
        CellFit.pixels(columns: columns, rows: rows, display: display)
    }

    func render(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) -> RenderedPicture {
        let fit = CellFit(bitmap.size, columns: columns, rows: rows, display: display)
        let id = KittyIDs.next(isDirect: true)
        // Drawn pixel by pixel: a place in cells would have the terminal stretch it.
        let picture = bitmap.scaled(to: fit.pixels)
        return RenderedPicture(
            cells: HalfBlocks.render(bitmap, filling: fit, depth: display.depth, background: display.background.parts),
            graphic: PictureGraphic(
                columns: fit.columns,
                rows: fit.rows,
                upload: KittyGraphics.upload(
                    picture.flattened(over: display.background.parts),
                    size: fit.pixels,
                    id: id
                ),
                abandonment: KittyGraphics.abandonment + KittyGraphics.deletion(of: id),
                paint: [.init(bytes: KittyGraphics.placement(of: id))],
                removal: KittyGraphics.removal(of: id),
                release: KittyGraphics.deletion(of: id),
                name: "i=\(id.rawValue)",
                isInCells: false
            )
        )
    }
}
