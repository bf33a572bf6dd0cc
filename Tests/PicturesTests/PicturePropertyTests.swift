import Foundation
import Pixels
import TestSupport
import Testing

@testable import Pictures

/// Laws of scaling, dithering and of what is sent, over random pictures and sizes.
struct PicturePropertyTests {
    private static func noise(_ width: Int, _ height: Int, _ random: inout SeededGenerator, isOpaque: Bool = true)
        -> Bitmap
    {
        // Smooth with a little noise, as photographs are.
        let base = (0..<3).map { _ in Int.random(in: 0...200, using: &random) }
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<3 {
                    let value =
                        base[channel] + x * 40 / width + y * 15 / height + Int.random(in: -8...8, using: &random)
                    pixels.append(UInt8(clamping: value))
                }
                pixels.append(isOpaque ? 255 : [0, 128, 255].randomElement(using: &random)!)
            }
        }
        return Bitmap(width: width, height: height, pixels: pixels)
    }

    private static func mean(_ bitmap: Bitmap) -> [Double] {
        (0..<3).map { channel in
            let values = stride(from: channel, to: bitmap.pixels.count, by: 4).map { Double(bitmap.pixels[$0]) }
            return values.reduce(0, +) / Double(values.count)
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `a smaller picture has the same light, and no colour that was not between others`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<12 {
            let (width, height) = (Int.random(in: 2...70, using: &random), Int.random(in: 2...70, using: &random))
            let picture = Self.noise(width, height, &random)
            let small = picture.resized(
                width: Int.random(in: 1...width, using: &random),
                height: Int.random(in: 1...height, using: &random)
            )
            for channel in 0..<3 {
                let all = stride(from: channel, to: picture.pixels.count, by: 4).map { picture.pixels[$0] }
                let made = stride(from: channel, to: small.pixels.count, by: 4).map { small.pixels[$0] }
                #expect(made.min()! >= all.min()! && made.max()! <= all.max()!)
            }
            for (before, after) in zip(Self.mean(picture), Self.mean(small)) { #expect(abs(before - after) < 1.5) }
            #expect(stride(from: 3, to: small.pixels.count, by: 4).allSatisfy { small.pixels[$0] == 255 })
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `an enlarged picture has no colour beyond those of the picture, and turned or not comes out the same`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        let picture = Self.noise(Int.random(in: 2...9, using: &random), Int.random(in: 2...9, using: &random), &random)
        let (width, height) = (picture.width * 3 + 1, picture.height * 4 + 2)
        for large in [picture.resized(width: width, height: height), picture.enlarged(width: width, height: height)] {
            #expect((large.width, large.height) == (width, height))
            for channel in 0..<3 {
                let all = stride(from: channel, to: picture.pixels.count, by: 4).map { picture.pixels[$0] }
                let made = stride(from: channel, to: large.pixels.count, by: 4).map { large.pixels[$0] }
                #expect(made.min()! >= all.min()! && made.max()! <= all.max()!)
            }
        }
    }

    @Test(arguments: [PixelDepth.palette256, .ansi16], 1...6 as ClosedRange<UInt64>)
    func `a palette keeps the light of a picture, though no single pixel`(depth: PixelDepth, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let picture = Self.noise(48, 48, &random)
        let cells = HalfBlocks.render(picture, columns: 48, rows: 24, depth: depth)
        var sums = [0.0, 0.0, 0.0]
        var count = 0.0
        for cell in cells.cells {
            for color in [cell.foreground, cell.background] {
                guard case .palette(let index) = color else {
                    Issue.record("\(color) is no entry of the palette")
                    continue
                }
                #expect(depth == .ansi16 ? index < 16 : index >= 16)
                let parts = XtermPalette.rgb(index)
                sums = zip(sums, [parts.0, parts.1, parts.2]).map { $0 + Double($1) }
                count += 1
            }
        }
        #expect(count == 48 * 48)
        // Errors are spread, not lost: what one pixel is too light another is too dark.
        for (sum, wanted) in zip(sums, Self.mean(picture)) { #expect(abs(sum / count - wanted) < 8, "\(depth)") }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a picture in cells fits its room, touches one side of it, and keeps its proportions`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let picture = Self.noise(
                Int.random(in: 1...40, using: &random),
                Int.random(in: 1...40, using: &random),
                &random
            )
            let (columns, rows) = (Int.random(in: 1...50, using: &random), Int.random(in: 1...30, using: &random))
            for depth in PixelDepth.allCases {
                let cells = HalfBlocks.render(picture, columns: columns, rows: rows, depth: depth)
                #expect((1...columns).contains(cells.columns) && (1...rows).contains(cells.rows))
                #expect(cells.columns == columns || cells.rows == rows)
                #expect(cells.cells.count == cells.columns * cells.rows)
                for cell in cells.cells {
                    switch depth {
                    case .mono:
                        #expect(" ░▒▓█".contains(cell.glyph) && cell.foreground == .none && cell.background == .none)
                    default:
                        #expect(cell.glyph == "▀" || cell.glyph == " ")
                        if cell.glyph == " " { #expect(cell.foreground == cell.background) }
                    }
                }
            }
        }
        #expect(HalfBlocks.render(Self.noise(3, 3, &random), columns: 0, rows: 5, depth: .direct).cells.isEmpty)
        #expect(HalfBlocks.render(Self.noise(3, 3, &random), columns: 5, rows: -1, depth: .direct).cells.isEmpty)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `the pixels of a picture fit its cells and the terminal's limits`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let size = PixelSize(
                width: Int.random(in: 1...5_000, using: &random),
                height: Int.random(in: 1...5_000, using: &random)
            )
            let cell = try #require(
                CellPixels(
                    width: Int.random(in: 1...40, using: &random),
                    height: Int.random(in: 1...80, using: &random)
                )
            )
            let limits = PictureDisplay.Limits(
                width: Int.random(in: 100...4_000, using: &random),
                height: Int.random(in: 100...4_000, using: &random)
            )
            let (columns, rows) = (Int.random(in: 1...200, using: &random), Int.random(in: 1...60, using: &random))
            let display = PictureDisplay(cell: cell, limits: limits)
            for step in [1, 6] {
                let fit = CellFit(size, columns: columns, rows: rows, display: display, rowStep: step)
                #expect((1...columns).contains(fit.columns) && (1...rows).contains(fit.rows))
                #expect(fit.pixels.width >= 1 && fit.pixels.height >= 1)
                #expect(fit.pixels.width <= min(columns * cell.width, limits.width))
                #expect(fit.pixels.height <= min(rows * cell.height, limits.height))
                // Every pixel lies over one of its cells.
                #expect(fit.pixels.width <= fit.columns * cell.width && fit.pixels.height <= fit.rows * cell.height)
                #expect(fit.pixels.height < step || fit.pixels.height % step == 0)
            }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `what kitty is sent is the picture, in pieces that the protocol allows`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for isOpaque in [true, false] {
            let picture = Self.noise(
                Int.random(in: 1...90, using: &random),
                Int.random(in: 1...90, using: &random),
                &random,
                isOpaque: isOpaque
            )
            let id = KittyGraphics.ImageID(UInt32.random(in: 1...0xFF_FFFF, using: &random))
            let sent = KittyGraphics.transmission(picture, id: id, columns: 7, rows: 5)
            var payload = ""
            for (index, sequence) in sent.enumerated() {
                let text = String(decoding: sequence, as: UTF8.self)
                #expect(text.hasPrefix("\u{1B}_G") && text.hasSuffix("\u{1B}\\"))
                let parts = text.dropFirst(3).dropLast(2).split(separator: ";", maxSplits: 1)
                let keys = Set(parts[0].split(separator: ",").map(String.init))
                #expect(keys.contains(index == sent.count - 1 ? "m=0" : "m=1"))
                // The terminal is asked not to answer: an answer would be typed into the studio.
                #expect(keys.contains("q=2"))
                if index == 0 {
                    let hasAlpha = stride(from: 3, to: picture.pixels.count, by: 4).contains {
                        picture.pixels[$0] != 255
                    }
                    #expect(
                        keys.isSuperset(of: [
                            "i=\(id.rawValue)", "s=\(picture.width)", "v=\(picture.height)", "c=7", "r=5",
                        ])
                    )
                    #expect(keys.contains(hasAlpha ? "f=32" : "f=24"))
                }
                if parts.count > 1 {
                    #expect(parts[1].utf8.count <= 4_096)
                    if index < sent.count - 1 { #expect(parts[1].utf8.count % 4 == 0) }
                    payload += parts[1]
                }
            }
            let data = try #require(Data(base64Encoded: payload))
            let isFlat = data.count == picture.width * picture.height * 3
            #expect(Array(data) == (isFlat ? picture.flattened(over: (0, 0, 0)) : picture.pixels))
        }
    }

    @Test(arguments: [16, 32, 64, 256])
    func `more colours of a sixel picture are nearer to it`(colors: Int) throws {
        var random = SeededGenerator(seed: 3)
        let picture = Self.noise(60, 36, &random)
        let rgb = picture.flattened(over: (0, 0, 0))
        func ratio(_ colors: Int) throws -> Double {
            let bands = SixelPictures.bands(rgb, PixelSize(width: 60, height: 36), colors: colors, cellHeight: 18)
            var read: [UInt8] = []
            for band in bands { read += try #require(SixelReader.pixels(band.bytes, width: 60)) }
            let used = Set(stride(from: 0, to: read.count, by: 3).map { Array(read[$0..<($0 + 3)]) })
            #expect(used.count <= colors)
            let error = zip(rgb, read).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) } / Double(rgb.count)
            return error == 0 ? 99 : 10 * log10(255 * 255 / error)
        }
        let found = try ratio(colors)
        #expect(found > 20, "\(found)")
        if colors > 16 { #expect(try found >= ratio(16) - 1) }
    }
}
