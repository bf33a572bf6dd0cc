import Foundation
import Money
import Pixels
import Pricing
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

/// Pictures on the screen: in the preview, large, on the light table and side by side.
struct PictureScreenTests {
    private static let size = Size(columns: 120, rows: 36)

    private func runs(_ count: Int, outputs: Int = 1) -> [RunItem] {
        (0..<count).map { number in
            RunItem(
                id: .init(rawValue: "r\(number)"),
                model: "black-forest-labs/flux-schnell",
                prompt: "a lighthouse in a storm, number \(number)",
                input: ["seed": .integer(Int64(number))],
                stage: .succeeded,
                createdAt: SampleStudio.now.addingTimeInterval(-60 * Double(number + 1)),
                estimate: .unknown(reason: "x"),
                outputs: (0..<outputs).map { RunOutput(url: "u", path: "/made/r\(number)-\($0).webp", size: 32_000) }
            )
        }
    }

    private func opened(_ runs: [RunItem], size: Size = size) -> StudioState {
        var state = SampleStudio.opened(runs: runs, size: size)
        press(.focusPredictions, &state, size: size)
        return state
    }

    private func press(_ command: Command, _ state: inout StudioState, size: Size = size) {
        SampleStudio.send(.command(command), to: &state)
        SampleStudio.fit(&state, to: size)
    }

    /// Answers for a picture as the runtime does: cells, and pixels over them.
    private func load(_ key: PreviewKey, _ state: inout StudioState) {
        let (columns, rows) = (max(key.columns / 2, 1), max(key.rows / 2, 1))
        let cell = PixelCell(glyph: "▀", foreground: .rgb(200, 100, 50), background: .rgb(20, 40, 80))
        let picture = RenderedPicture(
            cells: PixelCells(columns: columns, rows: rows, cells: Array(repeating: cell, count: columns * rows)),
            graphic: PictureGraphic(columns: columns, rows: rows, paint: [.init(bytes: [1])], isInCells: true),
            facts: PictureFacts(width: 1_024, height: 768, format: "webp")
        )
        SampleStudio.send(.previewLoaded(key, picture), to: &state)
    }

    private func text(_ state: StudioState, size: Size = size) -> String {
        SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
    }

    @Test func `a picture lies over its cells, and is gone while a dialog is open`() throws {
        var state = opened(runs(2))
        load(try #require(state.preview?.key), &state)
        let drawn = SampleStudio.draw(state, size: Self.size).surface
        let placement = try #require(drawn.placements.first)
        #expect(drawn.placements.count == 1)
        #expect(drawn[placement.rect.left, placement.rect.top].text == "▀")
        #expect(text(state).contains("1024×768 · webp"))
        press(.palette, &state)
        #expect(SampleStudio.draw(state, size: Self.size).surface.placements.isEmpty)
        press(.back, &state)
        #expect(SampleStudio.draw(state, size: Self.size).surface.placements == [placement])
        press(.showSpend, &state)
        #expect(SampleStudio.draw(state, size: Self.size).surface.placements.isEmpty)
    }

    @Test func `a large picture has the screen but for one line`() throws {
        var state = opened(runs(1, outputs: 2))
        press(.focusDetail, &state)
        press(.zoom, &state)
        let key = try #require(state.preview?.key)
        #expect((key.columns, key.rows) == (120, 35))
        load(key, &state)
        let rows = SampleStudio.draw(state, size: Self.size).surface.text()
        #expect(rows.last?.contains("1024×768 · webp · 32 kB · fit · output 1 of 2") == true)
        #expect(rows.dropLast().allSatisfy { $0.allSatisfy { " ▀".contains($0) } })
        press(.realPixels, &state)
        #expect(SampleStudio.draw(state, size: Self.size).surface.text().last?.contains("100 %") == true)
    }

    @Test(arguments: [(60, 16), (80, 24), (100, 30), (120, 36), (200, 50), (84, 50), (300, 90)])
    func `the light table fills any screen, and its tiles do not touch`(columns: Int, rows: Int) throws {
        let size = Size(columns: columns, rows: rows)
        var state = opened(runs(100), size: size)
        press(.lightTable, &state, size: size)
        let grid = ScreenLayout(size: size, state: state).lightTable
        let tiles = (0..<(grid.columns * grid.rows)).map { grid.rect($0) }
        #expect(grid.columns >= 2 && grid.rows >= 1)
        for (index, tile) in tiles.enumerated() {
            #expect(tile.intersection(grid.area) == tile)
            #expect(tile.height > LightTableLayout.captionLines)
            #expect(tiles[..<index].allSatisfy { $0.intersection(tile).isEmpty })
        }
        #expect(text(state, size: size).contains("light table"))
        let shown = try #require(state.lightTable?.shown(columns: grid.columns, rows: grid.rows))
        for tile in shown { load(try #require(state.thumbnailKey("/made/\(tile.run.rawValue)-0.webp")), &state) }
        #expect(SampleStudio.draw(state, size: size).surface.placements.count == shown.count)
    }

    @Test func `a tile can be clicked, and one says what differs`() throws {
        var state = opened(runs(5))
        press(.lightTable, &state)
        let frame = SampleStudio.draw(state, size: Self.size)
        #expect(frame.surface.text().joined().contains("… 3"))
        let grid = ScreenLayout(size: Self.size, state: state).lightTable
        let click = try #require(frame.targets.click(at: grid.rect(2).origin))
        SampleStudio.send(.clicked(click), to: &state)
        #expect(state.runs.selection?.rawValue == "r2")
    }

    @Test func `the title of a group reaches over its tiles, and ends with an ellipsis`() throws {
        var runs = self.runs(3)
        for index in runs.indices {
            runs[index].createdAt = SampleStudio.now.addingTimeInterval(-60 - 0.001 * Double(index))
            runs[index].prompt = "a lighthouse in a storm with very high waves and a ship far away, number \(index)"
        }
        let size = Size(columns: 80, rows: 24)
        var state = opened(runs, size: size)
        press(.lightTable, &state, size: size)
        let grid = ScreenLayout(size: size, state: state).lightTable
        try #require(grid.columns >= 2)
        let line = SampleStudio.draw(state, size: size).surface.text()[grid.rect(0).top - 1]
        #expect(line.contains("3 results · a lighthouse in a storm with"))
        #expect(line.dropFirst(grid.rect(1).left).prefix(4).allSatisfy { $0 != "─" })
        let hints = FooterView.hints(state, Glyphs(isUnicode: true)).map(\.label)
        #expect(hints.contains("Large") && !hints.contains("Detail"))
        press(.enlarge, &state, size: size)
        #expect(state.isLarge)
    }

    @Test func `Enter in the preview opens the picture large`() throws {
        var state = opened(runs(1))
        press(.focusDetail, &state)
        let binding = state.keys.bindings(in: state.contexts) { $0.keys.contains("enter") }.first
        #expect(binding?.command == .enlarge)
        press(.enlarge, &state)
        #expect(state.isLarge)
        press(.back, &state)
        #expect(!state.isLarge && state.focus == .detail)
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 200, rows: 50)])
    func `the picture has the rows, and paths and keys are said once`(size: Size) throws {
        var state = opened(runs(1), size: size)
        press(.focusDetail, &state, size: size)
        let rows = SampleStudio.draw(state, size: size).surface.text()
        let layout = ScreenLayout(size: size, state: state)
        let pane = try #require(layout.panes[.detail])
        let viewport = layout.viewport(state: state)
        #expect(viewport.pictureRows >= pane.height - 3)
        #expect(rows.count { $0.contains("r0-0.webp") } == 1)
        #expect(rows.count { $0.contains("use as image") } == 0)
    }

    @Test func `a batch that has just begun is all in the table`() {
        var runs = self.runs(3)
        for index in runs.indices { (runs[index].stage, runs[index].outputs) = (.starting, []) }
        let rows = SampleStudio.draw(opened(runs), size: Self.size).surface.text()
        #expect(rows.count { $0.contains("starting") && $0.contains("schnell") } == 3)
        // That of the selected one; what is the same for all is not said in each row.
        #expect(rows.count { $0.contains("in the queue, or the model is booting") } == 1)
    }

    @Test func `an empty light table says so`() {
        var state = opened([])
        press(.lightTable, &state)
        #expect(text(state).contains("Nothing was made yet."))
    }

    @Test func `compared pictures stand side by side with what differs below`() throws {
        var state = opened(runs(3))
        for command in [Command.markRun, .markRun, .compare] { press(command, &state) }
        let comparison = try #require(state.comparison)
        for tile in comparison.tiles { load(try #require(state.comparisonKey(tile)), &state) }
        let drawn = SampleStudio.draw(state, size: Self.size).surface
        #expect(drawn.placements.count == 2)
        let shown = drawn.text().joined(separator: "\n")
        #expect(shown.contains("seed 0") && shown.contains("seed 1"))
        #expect(shown.contains("prompt … 0") && !shown.contains("model"))
    }
}
