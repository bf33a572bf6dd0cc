import CImageCodecs
import Foundation
import Pixels
import Testing

@testable import Pictures

struct RenderingTests {
    private let cell = CellPixels(width: 8, height: 17)!

    private func bitmap(_ width: Int, _ height: Int) -> Bitmap {
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                pixels += [UInt8(x * 255 / width), UInt8(y * 255 / height), UInt8((x + y) % 256), 255]
            }
        }
        return Bitmap(width: width, height: height, pixels: pixels)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: ["kitty-placeholders", "kitty-placement", "iterm2", "sixel"])
    func `pixels and the cells below them take the same place`(method: String) throws {
        let display = PictureDisplay(method: .init(rawValue: method), cell: cell)
        let picture = PictureProtocols.named(display.method)
            .render(bitmap(64, 48), columns: 30, rows: 10, display: display)
        let graphic = try #require(picture.graphic)
        #expect((graphic.columns, graphic.rows) == (picture.cells.columns, picture.cells.rows))
        #expect(graphic.columns <= 30 && graphic.rows <= 10)
        #expect(graphic.rows >= 9)
    }

    @Test func `symbols and cards need no bytes besides the cells`() {
        for method in [PictureMethod.symbols, .none] {
            let picture = PictureProtocols.named(method).render(bitmap(8, 8), columns: 8, rows: 4, display: .init())
            #expect(picture.graphic == nil)
        }
    }

    @Test func `every piece that is sent to tmux is wrapped, and placeholders are not`() throws {
        let display = PictureDisplay(method: .init(rawValue: "kitty-placeholders"), cell: cell, isWrapped: true)
        let picture = KittyPlaceholders().render(bitmap(64, 64), columns: 20, rows: 10, display: display)
        let graphic = try #require(picture.graphic)
        for piece in graphic.upload { #expect(text(piece).hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}_G")) }
        #expect(text(graphic.release).hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}_Ga=d,d=I,"))
        #expect(graphic.cells?.cells.first?.glyph == "\u{10EEEE}\u{305}\u{305}")
    }

    @Test func `no two pictures have one number, and none is a palette entry`() {
        let ids = Set((0..<100).map { _ in KittyIDs.next(isDirect: true).rawValue })
        #expect(ids.count == 100)
        #expect(ids.allSatisfy { $0 > 0xFFFF })
        #expect((0..<300).allSatisfy { _ in (1...255).contains(KittyIDs.next(isDirect: false).rawValue) })
    }

    @Test func `a sixel picture comes in bands that begin at a row of cells`() throws {
        let display = PictureDisplay(method: .init(rawValue: "sixel"), cell: cell)
        let picture = SixelPictures().render(bitmap(400, 400), columns: 60, rows: 20, display: display)
        let bands = try #require(picture.graphic).paint
        #expect(bands.map(\.row) == [0, 6, 12, 18])
        for band in bands {
            #expect(text(Array(band.bytes.prefix(8))).hasPrefix("\u{1B}P0;1q\"1"))
            #expect(band.bytes.suffix(2) == [0x1B, 0x5C])
            // Nothing but the two ends of the sequence is a control character.
            #expect(band.bytes.dropFirst().dropLast(2).allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        }
    }

    @Test(arguments: [(2, 16), (700, 500), (1, 6), (97, 42)])
    func `what a terminal reads from sixel is the picture`(width: Int, height: Int) throws {
        let rgb = bitmap(width, height).flattened(over: (0, 0, 0))
        let size = PixelSize(width: width, height: height)
        let bands = SixelPictures.bands(rgb, size, colors: 256, cellHeight: 17)
        var read: [UInt8] = []
        for band in bands { read += try #require(SixelReader.pixels(band.bytes, width: width)) }
        #expect(read.count == rgb.count)
        let error = zip(rgb, read).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) } / Double(rgb.count)
        #expect(error == 0 || 10 * log10(255 * 255 / error) > 20)
    }

    @Test func `a picture of one colour, and one with fewer colours than the palette`() throws {
        let one = [UInt8](repeating: 128, count: 12 * 6 * 3)
        let bands = SixelPictures.bands(one, PixelSize(width: 12, height: 6), colors: 256, cellHeight: 17)
        #expect(bands.map { text($0.bytes) } == ["\u{1B}P0;1q\"1;1;12;6#0;2;50;50;50#0!12~\u{1B}\\"])
    }

    @Test func `an enlarged picture has no steps, and keeps its corners`() {
        let small = Bitmap(width: 2, height: 1, pixels: [0, 0, 0, 255, 200, 200, 200, 255])
        let large = small.enlarged(width: 8, height: 2)
        let row = (0..<8).map { large.pixels[$0 * 4] }
        #expect(row.first == 0 && row.last == 200)
        #expect(zip(row, row.dropFirst()).allSatisfy { $0 <= $1 && $1 - $0 <= 60 })
    }

    @Test func `a transparent picture is mixed with the terminal's ground`() {
        let clear = Bitmap(width: 1, height: 1, pixels: [0, 0, 0, 0])
        #expect(clear.flattened(over: (10, 20, 30)) == [10, 20, 30])
        #expect(!clear.isOpaque)
    }
}

/// Reads a sixel sequence back, as far as ours go.
enum SixelReader {
    static func pixels(_ bytes: [UInt8], width: Int) -> [UInt8]? {
        var text = Substring(String(decoding: bytes, as: UTF8.self).dropFirst(6).dropLast(2))
        func number() -> Int {
            let digits = text.prefix(while: \.isNumber)
            text.removeFirst(digits.count)
            return Int(digits) ?? -1
        }
        func numbers() -> [Int] {
            var all = [number()]
            while text.first == ";" {
                text.removeFirst()
                all.append(number())
            }
            return all
        }
        var colors: [Int: [UInt8]] = [:]
        var (color, x, top, height) = (0, 0, 0, 0)
        var rgb: [UInt8] = []
        while let character = text.popFirst() {
            switch character {
            case "\"":
                let raster = numbers()
                guard raster.count == 4, raster[2] == width else { return nil }
                height = raster[3]
                rgb = [UInt8](repeating: 0, count: width * height * 3)
            case "#":
                let parts = numbers()
                color = parts[0]
                if parts.count == 5 { colors[color] = parts[2...].map { UInt8(($0 * 255 + 50) / 100) } }
            case "$": x = 0
            case "-": (x, top) = (0, top + 6)
            default:
                let count = character == "!" ? number() : 1
                let sign = character == "!" ? text.removeFirst() : character
                guard let mask = sign.asciiValue.map({ Int($0) - 63 }), (0..<64).contains(mask), count > 0,
                    let entry = colors[color], x + count <= width
                else { return nil }
                for column in x..<(x + count) {
                    for bit in 0..<6 where mask >> bit & 1 == 1 {
                        guard top + bit < height else { return nil }
                        rgb.replaceSubrange(
                            ((top + bit) * width + column) * 3..<((top + bit) * width + column) * 3 + 3,
                            with: entry
                        )
                    }
                }
                x += count
            }
        }
        return rgb
    }
}
