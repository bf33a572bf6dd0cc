import Money
import Pricing
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

struct DetailViewTests {
    private let size = Size(columns: 200, rows: 50)

    private func screen(_ run: RunItem) -> String {
        var state = SampleStudio.opened(runs: [run], size: size)
        state.runs.select(run.id)
        SampleStudio.fit(&state, to: size)
        return SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
    }

    @Test func `a known code of a failure is explained once, under the failure`() {
        let run = RunItem(
            id: .init(rawValue: "a"),
            predictionID: "a",
            model: "owner/name",
            prompt: "x",
            stage: .failed,
            createdAt: SampleStudio.now,
            estimate: .unknown(reason: "billed by time"),
            failure: "CUDA out of memory (E1001)"
        )
        let shown = screen(run)
        #expect(shown.contains("CUDA out of memory (E1001)"))
        #expect(shown.split(separator: "E1001: the model ran out of memory").count == 2)
    }

    @Test func `behind a dialog a picture is dark, and not turned into signs`() {
        var canvas = Canvas(
            size: Size(columns: 4, rows: 1),
            theme: .darkroom,
            glyphs: Glyphs(isUnicode: true),
            depth: .direct
        )
        canvas.write("ab", at: .zero)
        let colors = Style(foreground: .rgb(100, 50, 0), background: .rgb(0, 50, 100))
        canvas.surface[2, 0] = Cell(text: "▀", style: colors)
        canvas.surface[3, 0] = Cell(text: "▀", style: Style(foreground: .palette(208), background: .palette(17)))
        canvas.drewPicture(in: Rect(column: 2, row: 0, width: 2, height: 1))
        canvas.dim()
        #expect(canvas.surface[0, 0].style == canvas.style(.faint))
        #expect(
            canvas.surface[2, 0]
                == Cell(text: "▀", style: Style(foreground: .rgb(40, 20, 0), background: .rgb(0, 20, 40)))
        )
        #expect(canvas.surface[3, 0] == Cell(text: " ", style: canvas.style(.faint)))
    }

    @Test func `on a light ground it is pale`() {
        var canvas = Canvas(
            size: Size(columns: 1, rows: 1),
            theme: .lightbox,
            glyphs: Glyphs(isUnicode: true),
            depth: .direct
        )
        let colors = Style(foreground: .rgb(100, 50, 0), background: .rgb(0, 50, 100))
        canvas.surface[0, 0] = Cell(text: "▀", style: colors)
        canvas.drewPicture(in: Rect(column: 0, row: 0, width: 1, height: 1))
        canvas.dim()
        #expect(
            canvas.surface[0, 0].style == Style(foreground: .rgb(193, 173, 153), background: .rgb(153, 173, 193))
        )
    }
}
