import Pixels
import Testing

@testable import Terminal

struct PictureLayerTests {
    private func kitty(_ name: String, bytes: Int = 10) -> PictureGraphic {
        PictureGraphic(
            columns: 4,
            rows: 2,
            upload: [Array("upload \(name)".utf8), [UInt8](repeating: 0, count: bytes)],
            abandonment: Array("abandon \(name),".utf8),
            paint: [.init(bytes: Array("paint \(name)".utf8))],
            removal: Array("remove \(name),".utf8),
            release: Array("free \(name),".utf8),
            isInCells: false
        )
    }

    private let sixel = PictureGraphic(
        columns: 4,
        rows: 2,
        paint: [.init(bytes: Array("a".utf8)), .init(row: 1, bytes: Array("b".utf8))],
        isInCells: true
    )

    @Test func `a frame of a film stays until the next one is painted over it`() {
        var layer = PictureLayer()
        func frame(_ graphic: PictureGraphic) -> PicturePlacement {
            PicturePlacement(rect: Rect(column: 3, row: 4, width: 4, height: 2), graphic: graphic, isFrame: true)
        }
        let next = PictureGraphic(columns: 4, rows: 2, paint: [.init(bytes: [1])], isInCells: true)
        _ = layer.show([frame(sixel)], lastRow: 20)
        _ = layer.finish(.paint(frame(sixel)))
        #expect(layer.showsFrame(in: frame(sixel).rect))
        #expect(layer.show([frame(next)], lastRow: 20).isEmpty)
        #expect(layer.jobs == [.paint(frame(next))])
        #expect(layer.showsFrame(in: frame(next).rect))
        _ = layer.finish(.paint(frame(next)))
        #expect(layer.shown == [frame(next)])
        // A still picture takes its place at once.
        #expect(layer.show([at(3, 4, sixel)], lastRow: 20).blanked == [frame(next).rect])
    }

    private func at(_ column: Int, _ row: Int, _ graphic: PictureGraphic) -> PicturePlacement {
        PicturePlacement(rect: Rect(column: column, row: row, width: 4, height: 2), graphic: graphic)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @discardableResult
    private func finishAll(_ layer: inout PictureLayer) -> String {
        var bytes: [UInt8] = []
        while let job = layer.jobs.first { bytes += layer.finish(job) }
        return text(bytes)
    }

    @Test func `a picture is uploaded once and painted once, however often it is in a frame`() {
        var layer = PictureLayer()
        let fox = kitty("fox")
        #expect(layer.show([at(0, 0, fox)], lastRow: 20).isEmpty)
        #expect(layer.jobs == [.upload(fox), .paint(at(0, 0, fox))])
        finishAll(&layer)
        for _ in 0..<3 {
            #expect(layer.show([at(0, 0, fox)], lastRow: 20).isEmpty)
            #expect(layer.jobs.isEmpty)
        }
    }

    @Test func `a picture that moves or goes is taken away, and is not sent anew when it comes back`() {
        var layer = PictureLayer()
        let fox = kitty("fox")
        _ = layer.show([at(0, 0, fox)], lastRow: 20)
        finishAll(&layer)
        #expect(text(layer.show([at(1, 0, fox)], lastRow: 20).removals) == "remove fox,")
        #expect(layer.jobs == [.paint(at(1, 0, fox))])
        finishAll(&layer)
        #expect(text(layer.show([], lastRow: 20).removals) == "remove fox,")
        #expect(layer.show([], lastRow: 20).isEmpty)
        _ = layer.show([at(0, 0, fox)], lastRow: 20)
        #expect(layer.jobs == [.paint(at(0, 0, fox))])
    }

    @Test func `a picture in the cells is erased where it was, and never reaches the last row`() {
        var layer = PictureLayer()
        _ = layer.show([at(3, 4, sixel)], lastRow: 6)
        #expect(layer.jobs == [.paint(at(3, 4, sixel))])
        finishAll(&layer)
        #expect(layer.show([], lastRow: 6).blanked == [Rect(column: 3, row: 4, width: 4, height: 2)])
        #expect(layer.show([at(3, 5, sixel)], lastRow: 6).isEmpty)
        #expect(layer.jobs.isEmpty)
    }

    @Test func `what was passed by is not sent, and what was begun is ended`() {
        var layer = PictureLayer()
        let (fox, owl) = (kitty("fox"), kitty("owl"))
        _ = layer.show([at(0, 0, fox)], lastRow: 20)
        // Not begun: nothing to end.
        #expect(layer.show([at(0, 0, owl)], lastRow: 20).isEmpty)
        #expect(layer.jobs.first == .upload(owl))
        // Begun: it must be ended before anything else is sent.
        #expect(text(layer.show([], lastRow: 20, begun: .upload(owl)).removals) == "abandon owl,")
        // A half of a sixel picture lies in the cells.
        _ = layer.show([at(0, 0, sixel)], lastRow: 20)
        #expect(layer.show([], lastRow: 20, begun: .paint(at(0, 0, sixel))).blanked.count == 1)
    }

    @Test func `hundreds of pictures leave no more than a few with the terminal`() {
        var layer = PictureLayer()
        var freed = ""
        for number in 0..<200 {
            _ = layer.show([at(0, 0, kitty("\(number)", bytes: 1 << 20))], lastRow: 20)
            freed += finishAll(&layer)
            #expect(layer.kept.reduce(0) { $0 + $1.byteCount } <= PictureLayer.mostKept)
            #expect(layer.kept.count <= PictureLayer.mostPictures)
        }
        #expect(freed.hasPrefix("free 0,free 1,"))
        let rest = text(layer.freeAll())
        #expect(rest.hasSuffix("free 199,"))
        // Each of them once.
        #expect((freed + rest).split(separator: "free ").count == 200)
        #expect(!layer.keepsAnything)
    }

    @Test func `pictures on the screen are not freed, however large they are`() {
        var layer = PictureLayer()
        let all = (0..<3).map { at($0 * 4, 0, kitty("\($0)", bytes: 30 << 20)) }
        _ = layer.show(all, lastRow: 20)
        #expect(finishAll(&layer).isEmpty)
        #expect(layer.shown.count == 3)
    }

    @Test func `an erased screen is painted again, and what is no longer wanted is taken away for certain`() {
        var layer = PictureLayer()
        let (fox, owl) = (kitty("fox"), kitty("owl"))
        _ = layer.show([at(0, 0, fox), at(4, 0, owl)], lastRow: 20)
        finishAll(&layer)
        layer.forgetPaint()
        #expect(text(layer.show([at(0, 0, fox)], lastRow: 20).removals) == "remove owl,")
        #expect(layer.jobs == [.paint(at(0, 0, fox))])
    }

    @Test func `what is to be drawn anew is freed and sent again`() {
        var layer = PictureLayer()
        let fox = kitty("fox")
        _ = layer.show([at(0, 0, fox)], lastRow: 20)
        finishAll(&layer)
        layer.forgetAll()
        #expect(text(layer.show([at(0, 0, fox)], lastRow: 20).removals).contains("free fox"))
        #expect(layer.jobs == [.upload(fox), .paint(at(0, 0, fox))])
    }

    @Test func `what the terminal has lost is sent again, once`() {
        var layer = PictureLayer()
        let fox = PictureGraphic(
            columns: 4,
            rows: 2,
            upload: [[1]],
            paint: [.init(bytes: [2])],
            name: "i=7",
            isInCells: false
        )
        _ = layer.show([at(0, 0, fox)], lastRow: 20)
        finishAll(&layer)
        layer.lost("i=8")
        _ = layer.show([at(0, 0, fox)], lastRow: 20)
        #expect(layer.jobs.isEmpty)
        for isFirst in [true, false] {
            layer.lost("i=7")
            _ = layer.show([at(0, 0, fox)], lastRow: 20)
            #expect(layer.jobs == (isFirst ? [.upload(fox), .paint(at(0, 0, fox))] : []))
            finishAll(&layer)
        }
    }

    @Test func `cells that are a picture need no paint`() {
        var layer = PictureLayer()
        let cell = PixelCell(glyph: "\u{10EEEE}", foreground: .rgb(1, 2, 3), background: .none)
        let cells = PixelCells(columns: 4, rows: 2, cells: Array(repeating: cell, count: 8))
        let fox = PictureGraphic(columns: 4, rows: 2, upload: [[1]], cells: cells, isInCells: false)
        var surface = Surface(size: Size(columns: 6, rows: 3))
        surface.place(fox, at: Point(column: 1, row: 1))
        _ = layer.show(surface.placements, lastRow: 2)
        surface.showUploaded(in: layer)
        #expect(surface[1, 1].text == " ")
        finishAll(&layer)
        surface.showUploaded(in: layer)
        #expect(surface[1, 1].text == "\u{10EEEE}")
        #expect(surface[0, 1].text == " ")
    }
}

struct PlacementTests {
    private let graphic = PictureGraphic(columns: 3, rows: 2, paint: [.init(bytes: [1])], isInCells: true)

    private func surface() -> Surface {
        var surface = Surface(size: Size(columns: 8, rows: 4))
        surface.place(graphic, at: Point(column: 2, row: 1))
        return surface
    }

    @Test func `a picture stays where nothing is drawn over it`() {
        var surface = surface()
        surface.write("ab", at: .zero, style: Style())
        surface.write("x", at: Point(column: 5, row: 1), style: Style())
        #expect(surface.placements.map(\.rect) == [Rect(column: 2, row: 1, width: 3, height: 2)])
    }

    @Test func `whatever is drawn over one of its cells hides all of it`() {
        let changes: [(inout Surface) -> Void] = [
            { $0.write("x", at: Point(column: 4, row: 2), style: Style()) },
            { $0.fill(Rect(column: 0, row: 0, width: 3, height: 2), style: Style()) },
            { $0.restyle(Rect(column: 2, row: 1, width: 1, height: 1)) { $0 } },
            { $0[3, 1] = Cell(text: "x") },
            { $0.write("狐", at: Point(column: 1, row: 1), style: Style()) },
            { $0.frame(Rect(column: 0, row: 0, width: 8, height: 2), border: .light, style: Style()) },
        ]
        for change in changes {
            var changed = surface()
            change(&changed)
            #expect(changed.placements.isEmpty)
        }
    }

    @Test func `a picture that is not completely on the surface is left out`() {
        var surface = Surface(size: Size(columns: 8, rows: 4))
        surface.place(graphic, at: Point(column: 6, row: 1))
        surface.place(graphic, at: Point(column: -1, row: 0))
        #expect(surface.placements.isEmpty)
    }
}

struct PictureRepliesTests {
    private func replies(_ text: String) -> [TerminalReply] {
        var parser = InputParser()
        return parser.feed(Array(text.utf8)).compactMap { if case .reply(let reply) = $0 { reply } else { nil } }
    }

    private func traits(_ text: String, cells: Size = Size(columns: 120, rows: 36)) -> TerminalTraits {
        var traits = TerminalTraits()
        for reply in replies(text) { traits.receive(reply, cells: cells) }
        return traits
    }

    @Test func `what kitty answered`() {
        let answered = traits(
            "\u{1B}P>|kitty(0.26.5)\u{1B}\\\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;17;8t\u{1B}[4;731;1096t\u{1B}[?62;c"
        )
        #expect(answered.name == "kitty" && answered.versionNumbers == [0, 26, 5])
        #expect(answered.hasKittyGraphics && !answered.hasInlineImages)
        #expect(answered.cell == CellPixels(width: 8, height: 17))
        #expect(answered.attributes?.contains(4) == false)
    }

    @Test func `what Konsole answered`() {
        let answered = traits(
            "\u{1B}P>|Konsole 22.12.3\u{1B}\\\u{1B}_Gi=31;OK\u{1B}\\\u{1B}]1337;ReportCellSize=17.0;8.0;1.0\u{7}\u{1B}[?62;1;4c"
        )
        #expect(answered.hasKittyGraphics && answered.hasInlineImages)
        #expect(answered.attributes == [62, 1, 4])
    }

    @Test func `an error is no answer for kitty's graphics`() {
        #expect(!traits("\u{1B}_Gi=31;ENOTSUP:no\u{1B}\\").hasKittyGraphics)
    }

    @Test func `the text area tells the size of a cell where nothing else does`() {
        #expect(traits("\u{1B}[4;720;1200t").cell == CellPixels(width: 10, height: 20))
        #expect(traits("\u{1B}[6;17;8t\u{1B}[4;720;1200t").cell == CellPixels(width: 8, height: 17))
        // tmux, and terminals that do not know.
        #expect(traits("\u{1B}[4;0;0t\u{1B}[6;0;0t").cell == nil)
    }

    @Test func `limits of sixel are taken over, and failures are not`() {
        let limited = traits("\u{1B}[?1;0;16S\u{1B}[?2;0;800;600S").sixelLimits
        #expect((limited.colors, limited.width, limited.height) == (16, 800, 600))
        #expect(traits("\u{1B}[?1;3;0S\u{1B}[?2;1;0S").sixelLimits == PictureDisplay.Limits())
    }

    @Test func `an answer that is cut anywhere is taken all the same`() {
        let answer = Array("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;17;8t".utf8)
        for cut in 1..<answer.count {
            var parser = InputParser()
            let events = parser.feed(answer[..<cut]) + parser.feed(answer[cut...])
            #expect(events == [.reply(.graphics("i=31;OK")), .reply(.cellSize(width: 8, height: 17))])
        }
    }

    @Test func `the question is passed through tmux with every escape doubled`() {
        #expect(
            TerminalQueries.kittyThroughTmux
                == "\u{1B}Ptmux;\u{1B}\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\u{1B}\\\u{1B}\\"
        )
    }
}
