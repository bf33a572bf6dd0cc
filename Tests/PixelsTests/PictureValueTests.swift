import Foundation
import TestSupport
import Testing

@testable import Pixels

struct PictureCropTests {
    @Test(
        arguments: [
            (100, (800, 600), (800, 600)), (200, (800, 600), (400, 300)), (50, (800, 600), (1_600, 1_200)),
            (300, (100, 100), (33, 33)), (1_000, (4, 4), (1, 1)), (100, (0, 0), (1, 1)), (0, (8, 6), (800, 600)),
            (-40, (8, 6), (800, 600)),
        ] as [(Int, (Int, Int), (Int, Int))]
    )
    func `the part that a room shows shrinks as the scale grows, and is never empty`(
        percent: Int,
        room: (Int, Int),
        part: (Int, Int)
    ) {
        let found = PictureCrop(percent: percent, x: 3, y: 4).part(of: (width: room.0, height: room.1))
        #expect((found.width, found.height) == part)
    }

    @Test func `the part fills the room and does not reach beyond it`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let percent = Int.random(in: 1...3_200, using: &random)
            let room = (
                width: Int.random(in: 33...8_192, using: &random), height: Int.random(in: 33...8_192, using: &random)
            )
            let part = PictureCrop(percent: percent, x: 0, y: 0).part(of: room)
            #expect(part.width * percent <= room.width * 100 && part.height * percent <= room.height * 100)
            // One pixel more would not fit.
            #expect((part.width + 1) * percent > room.width * 100, "\(percent) \(room)")
            #expect((part.height + 1) * percent > room.height * 100, "\(percent) \(room)")
        }
    }
}

struct PictureGraphicTests {
    private func graphic(upload: [[UInt8]] = [], paint: [PictureGraphic.Piece] = []) -> PictureGraphic {
        PictureGraphic(
            columns: 2,
            rows: 1,
            upload: upload,
            abandonment: [9],
            paint: paint,
            removal: [8],
            release: [7],
            isInCells: false
        )
    }

    @Test func `its size counts what is sent and kept, not what takes it away`() {
        #expect(graphic().byteCount == 0)
        #expect(graphic(upload: [[1, 2], [3]]).byteCount == 3)
        #expect(graphic(upload: [[1]], paint: [.init(bytes: [1, 2]), .init(row: 1, bytes: [3])]).byteCount == 4)
    }

    @Test func `two that draw the same are two pictures for the terminal, which keeps each`() {
        let (one, other) = (graphic(upload: [[1]]), graphic(upload: [[1]]))
        #expect(one == one && one != other)
        #expect(Set([one, other, one]).count == 2)
    }

    @Test func `what a picture takes in memory counts its cells and those that the graphic brings`() {
        let cell = PixelCell(glyph: " ", foreground: .none, background: .none)
        let cells = PixelCells(columns: 2, rows: 3, cells: Array(repeating: cell, count: 6))
        let plain = RenderedPicture(cells: cells)
        #expect(plain.byteCount == 6 * MemoryLayout<PixelCell>.stride)
        let sent = RenderedPicture(cells: cells, graphic: graphic(upload: [[UInt8](repeating: 0, count: 100)]))
        #expect(sent.byteCount == plain.byteCount + 100)
        let placeholders = PictureGraphic(columns: 2, rows: 3, cells: cells, isInCells: false)
        #expect(RenderedPicture(cells: cells, graphic: placeholders).byteCount == 2 * plain.byteCount)
    }

    @Test(
        arguments: [
            ("png", nil, false), ("webp", nil, false), ("webp", 1.5, true), ("gif", 0.4, true), ("gif", nil, false),
            ("mp4", nil, true), ("webm", nil, true), ("mp4", 5, true),
        ] as [(String, Double?, Bool)]
    )
    func `a film moves, and an animation whose length is known`(format: String, duration: Double?, isMoving: Bool) {
        let facts = PictureFacts(width: 4, height: 3, format: format, duration: duration)
        #expect(facts.isMoving == isMoving)
    }
}

struct QuantisingTests {
    private typealias Parts = (red: Int, green: Int, blue: Int)

    /// The error of a picture of random colours, in decibels below the largest possible one.
    private func ratio(_ match: (Parts) -> PaletteMatch) -> Double {
        var random = SeededGenerator(seed: 240)
        var sum = 0
        let count = 20_000
        for _ in 0..<count {
            let color = (
                red: Int.random(in: 0...255, using: &random), green: Int.random(in: 0...255, using: &random),
                blue: Int.random(in: 0...255, using: &random)
            )
            let found = match(color)
            let error = (color.red - found.red, color.green - found.green, color.blue - found.blue)
            sum += error.0 * error.0 + error.1 * error.1 + error.2 * error.2
        }
        let mean = Double(sum) / Double(3 * count)
        return 10 * log10(255 * 255 / mean)
    }

    @Test func `256 colours are much nearer than 16, and the eye's weights cost little in plain distance`() {
        let even = ratio { XtermPalette.nearest(red: $0.red, green: $0.green, blue: $0.blue) }
        let perceived = ratio { XtermPalette.nearest(red: $0.red, green: $0.green, blue: $0.blue, weights: .perceived) }
        let ansi = ratio { XtermPalette.nearestANSI(red: $0.red, green: $0.green, blue: $0.blue) }
        #expect(even > 22, "\(even)")
        #expect(even >= perceived && perceived > even - 2, "\(perceived)")
        #expect(even > ansi + 6, "\(ansi)")
    }

    @Test func `no part is further away than half of the widest step`() {
        for red in stride(from: 0, through: 255, by: 5) {
            for green in stride(from: 0, through: 255, by: 5) {
                for blue in stride(from: 0, through: 255, by: 17) {
                    let found = XtermPalette.nearest(red: red, green: green, blue: blue)
                    let (r, g, b) = (red - found.red, green - found.green, blue - found.blue)
                    // The widest step goes from 0 to 95.
                    #expect(r * r + g * g + b * b <= 3 * 48 * 48)
                }
            }
        }
    }

    @Test func `black and white stay themselves at every depth, however far beyond the range they are`() {
        for value in [-300, -1, 0] {
            #expect(XtermPalette.nearest(red: value, green: value, blue: value).index == 16)
            #expect(XtermPalette.nearestANSI(red: value, green: value, blue: value).index == 0)
        }
        for value in [255, 256, 600] {
            #expect(XtermPalette.nearest(red: value, green: value, blue: value).index == 231)
            #expect(XtermPalette.nearestANSI(red: value, green: value, blue: value).index == 15)
        }
    }

    @Test func `greys come in order, and brighter ones are never darker`() {
        var before = -1
        for value in 0...255 {
            let found = XtermPalette.nearest(red: value, green: value, blue: value)
            #expect(found.red == found.green && found.green == found.blue)
            #expect(found.red >= before)
            before = found.red
        }
        let ramp = (UInt8(232)...255).map { Int(XtermPalette.rgb($0).0) }
        #expect(zip(ramp, ramp.dropFirst()).allSatisfy { $1 - $0 == 10 })
        #expect((ramp.first, ramp.last) == (8, 238))
    }
}
