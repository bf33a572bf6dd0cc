import Composing
import Foundation
import Studio
import Terminal
import Testing

@testable import StudioUI

struct TextFittingTests {
    @Test(arguments: [0.0, 59.9, 60, 3_599, 3_600, 86_399, 359_999, 1e9])
    func `every duration fits its column whole`(seconds: Double) {
        #expect(ClockText.duration(seconds).count <= ClockText.durationColumns)
    }

    @Test(arguments: [
        (60, "/home/me/pictures/darkroom/2026-11/fox.webp"), (39, "/…/pictures/darkroom/2026-11/fox.webp"),
        (30, "/…/darkroom/2026-11/fox.webp"), (20, "/…/2026-11/fox.webp"), (12, "/…/fox.webp"), (10, "…/fox.webp"),
    ])
    func `of a path as much of its end is shown as fits`(columns: Int, shown: String) {
        let path = "/home/me/pictures/darkroom/2026-11/fox.webp"
        #expect(DisplayPath.shortened(path, columns: columns, ellipsis: "…") == shown)
    }

    @Test func `the last row that fits says that there would be more`() {
        let text = "Drop a file here; f finds files, and the clipboard is taken too"
        #expect(WrappedLines.of(text, columns: 18, rows: 2) == ["Drop a file here; ", "f finds files, an…"])
        #expect(WrappedLines.of(text, columns: 18, rows: 1) == ["Drop a file here;…"])
        #expect(WrappedLines.of("one\ntwo\nthree", columns: 18, rows: 2) == ["one", "two…"])
        #expect(WrappedLines.of("one two\n \n", columns: 18, rows: 1) == ["one two"])
        #expect(WrappedLines.of(text, columns: 18, rows: 9).last?.hasSuffix("too") == true)
        for columns in 1...70 {
            for rows in 1...4 {
                let lines = WrappedLines.of(text, columns: columns, rows: rows)
                #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= columns })
                #expect(
                    lines.count <= rows
                        && (lines.last?.hasSuffix("…") == true) != (lines.last?.hasSuffix("too") == true)
                )
            }
        }
    }

    @Test func `a long reason is shown whole beside the table`() {
        let size = Size(columns: 120, rows: 36)
        let reason =
            "CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 39.56 GiB total capacity; "
            + "37.44 GiB already allocated; 12.56 MiB free; 38.10 GiB reserved in total by PyTorch)"
        var run = SampleStudio.runs[3]
        run.failure = reason
        let state = SampleStudio.opened(runs: [run], size: size)
        let screen = SampleStudio.draw(state, size: size).surface.text().map { $0.dropFirst(44) }
        let words = screen.joined(separator: " ").split { !$0.isLetter && !$0.isNumber && !".;()".contains($0) }
        #expect(words.joined(separator: " ").contains(reason.split(separator: " ").joined(separator: " ")))
    }

    @Test(arguments: Pane.allCases, [Size(columns: 60, rows: 16), Size(columns: 120, rows: 36)])
    func `without Unicode every pane is ASCII and shows its focus`(pane: Pane, size: Size) {
        var state = SampleStudio.opened(mode: .demo, draft: .init(prompt: "a fox"), size: size)
        SampleStudio.send(.command(.palette), to: &state)
        SampleStudio.send(.command(.back), to: &state)
        state.focus = pane
        SampleStudio.fit(&state, to: size)
        let rows = SampleStudio.draw(state, size: size, glyphs: Glyphs(isUnicode: false), depth: .mono).surface.text()
        #expect(rows.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(rows.filter { !$0.allSatisfy(\.isASCII) })")
        #expect(rows.contains { $0.contains("#==") || $0.contains("#= ") } || pane == .model)
    }
}
