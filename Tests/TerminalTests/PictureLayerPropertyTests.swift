import Pixels
import TestSupport
import Testing

@testable import Terminal

/// Any frames one after the other, and a terminal that is followed by what it is sent.
struct PictureLayerPropertyTests {
    /// What a terminal has, by what was written to it.
    private struct Shown {
        var kept: Set<PictureGraphic> = []
        var painted: [PicturePlacement] = []
        var uploads: [PictureGraphic: Int] = [:]
        var releases: [PictureGraphic: Int] = [:]
        let all: [PictureGraphic]

        mutating func take(_ bytes: [UInt8]) {
            for command in String(decoding: bytes, as: UTF8.self).split(separator: ",") {
                let parts = command.split(separator: " ")
                let graphic = all[Int(parts[1])!]
                switch parts[0] {
                case "remove": painted.removeAll { $0.graphic == graphic }
                case "free":
                    kept.remove(graphic)
                    painted.removeAll { $0.graphic == graphic }
                    releases[graphic, default: 0] += 1
                default: break
                }
            }
        }

        mutating func take(_ clearing: PictureLayer.Clearing) {
            take(clearing.removals)
            painted.removeAll { clearing.blanked.contains($0.rect) && $0.graphic.isInCells }
        }

        mutating func take(_ job: PictureLayer.Job) {
            switch job {
            case .upload(let graphic):
                kept.insert(graphic)
                uploads[graphic, default: 0] += 1
            case .paint(let placement): painted.append(placement)
            }
        }
    }

    private static func graphics() -> [PictureGraphic] {
        (0..<90).map { number in
            let isInCells = number % 3 == 0
            return PictureGraphic(
                columns: 3,
                rows: 2,
                upload: isInCells ? [] : [[UInt8](repeating: 0, count: 1 << 20)],
                abandonment: isInCells ? [] : Array("abandon \(number),".utf8),
                paint: [.init(bytes: [UInt8(number)])],
                removal: isInCells ? [] : Array("remove \(number),".utf8),
                release: isInCells ? [] : Array("free \(number),".utf8),
                isInCells: isInCells
            )
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `after all jobs the terminal shows what the frame has, and nothing else`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let graphics = Self.graphics()
        var layer = PictureLayer()
        var terminal = Shown(all: graphics)
        for _ in 0..<120 {
            // Places that do not overlap, as a surface has them.
            let columns = [0, 3, 6, 9].shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
            let frame = columns.map { column in
                PicturePlacement(
                    rect: Rect(column: column, row: Int.random(in: 0...3, using: &random), width: 3, height: 2),
                    graphic: graphics.randomElement(using: &random)!
                )
            }
            terminal.take(layer.show(frame, lastRow: 4))
            #expect(layer.wanted.allSatisfy { !$0.graphic.isInCells || $0.rect.bottom <= 4 })
            // Now and then the next frame comes before everything is written.
            let most = Int.random(in: 0...3, using: &random) == 0 ? 1 : Int.max
            var done = 0
            while let job = layer.jobs.first, done < most {
                if case .paint(let placement) = job, !placement.graphic.upload.isEmpty {
                    #expect(terminal.kept.contains(placement.graphic), "painted before it was there")
                }
                terminal.take(job)
                terminal.take(layer.finish(job))
                done += 1
            }
            if layer.jobs.isEmpty {
                #expect(Set(terminal.painted) == Set(layer.wanted), "\(seed)")
                #expect(terminal.painted.count == Set(terminal.painted).count, "painted twice")
            }
            #expect(Set(layer.kept) == terminal.kept)
            #expect(layer.kept.count <= PictureLayer.mostPictures)
        }
        terminal.take(layer.freeAll())
        #expect(terminal.kept.isEmpty && !layer.keepsAnything)
        // Each upload is freed once, and nothing is sent anew while the terminal has it.
        for (graphic, count) in terminal.uploads { #expect(terminal.releases[graphic] == count) }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a screen that was erased gets everything again`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let graphics = Self.graphics()
        var layer = PictureLayer()
        for _ in 0..<40 {
            let frame = [0, 3, 6].map { column in
                PicturePlacement(
                    rect: Rect(column: column, row: 0, width: 3, height: 2),
                    graphic: graphics.randomElement(using: &random)!
                )
            }
            _ = layer.show(frame, lastRow: 9)
            while let job = layer.jobs.first { _ = layer.finish(job) }
            layer.forgetPaint()
            #expect(layer.shown.isEmpty)
            _ = layer.show(frame, lastRow: 9)
            // The terminal has the pictures still: they are painted, not sent.
            #expect(layer.jobs == frame.map { .paint($0) })
            while let job = layer.jobs.first { _ = layer.finish(job) }
        }
    }

    @Test func `cells of another surface are taken in a rectangle that both have, and nowhere else`() {
        var source = Surface(size: Size(columns: 6, rows: 3))
        source.fill(source.bounds, with: "s", style: Style(attributes: .bold))
        var target = Surface(size: Size(columns: 6, rows: 3))
        target.takeCells(of: source, in: Rect(column: 1, row: 1, width: 3, height: 1))
        #expect(target.text() == ["      ", " sss  ", "      "])
        #expect(target[1, 1].style.attributes == .bold)
        // One that reaches beyond either of them is not taken at all.
        for rect in [Rect(column: 4, row: 0, width: 3, height: 1), Rect(column: 0, row: 2, width: 1, height: 2)] {
            target.takeCells(of: source, in: rect)
        }
        target.takeCells(of: Surface(size: .zero), in: Rect(column: 0, row: 0, width: 1, height: 1))
        #expect(target.text() == ["      ", " sss  ", "      "])
    }

    @Test(
        arguments: [
            (.rgb(1, 2, 3), .rgb(1, 2, 3)), (.palette(7), .palette(7)), (.none, .standard),
        ] as [(PixelColor, Color)]
    )
    func `a colour of a picture is one of the screen`(pixel: PixelColor, color: Color) {
        #expect(Color(pixel) == color)
    }
}
