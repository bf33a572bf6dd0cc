import Pixels
import Testing

@testable import Pictures

struct HalfBlocksTests {
    private let red: [UInt8] = [255, 0, 0, 255]
    private let blue: [UInt8] = [0, 0, 255, 255]
    private let clear: [UInt8] = [0, 0, 0, 0]

    private func bitmap(_ rows: [[UInt8]]...) -> Bitmap {
        Bitmap(width: rows[0].count, height: rows.count, pixels: rows.flatMap { $0.flatMap { $0 } })
    }

    @Test func `two pixels make a cell, and two equal ones make a space`() {
        let cells = HalfBlocks.render(bitmap([red, blue], [blue, blue]), columns: 2, rows: 1, depth: .direct)
        #expect(
            cells
                == PixelCells(
                    columns: 2,
                    rows: 1,
                    cells: [
                        PixelCell(glyph: "▀", foreground: .rgb(255, 0, 0), background: .rgb(0, 0, 255)),
                        PixelCell(glyph: " ", foreground: .rgb(0, 0, 255), background: .rgb(0, 0, 255)),
                    ]
                )
        )
        #expect(cells[column: 0, row: 0].glyph == "▀")
    }

    @Test func `an odd last row leaves the terminal's background below`() {
        let cells = HalfBlocks.render(bitmap([red], [red], [blue]), columns: 1, rows: 2, depth: .direct)
        // Three pixels of four fit one column: one wide, three high.
        #expect(
            cells
                == PixelCells(
                    columns: 1,
                    rows: 2,
                    cells: [
                        PixelCell(glyph: " ", foreground: .rgb(255, 0, 0), background: .rgb(255, 0, 0)),
                        PixelCell(glyph: "▀", foreground: .rgb(0, 0, 255), background: .none),
                    ]
                )
        )
    }

    @Test func `a transparent pixel shows the background, and a fully transparent cell is empty`() {
        let half: [UInt8] = [255, 255, 255, 128]
        let picture = bitmap([clear, clear, half], [clear, red, half])
        let cells = HalfBlocks.render(picture, columns: 3, rows: 1, depth: .direct, background: (20, 40, 60))
        #expect(
            cells.cells == [
                PixelCell(glyph: " ", foreground: .none, background: .none),
                PixelCell(glyph: "▀", foreground: .rgb(20, 40, 60), background: .rgb(255, 0, 0)),
                PixelCell(glyph: " ", foreground: .rgb(138, 148, 158), background: .rgb(138, 148, 158)),
            ]
        )
    }

    @Test func `palette colours that exist are used without dithering`() {
        let picture = bitmap([red, [95, 135, 175, 255]], [[8, 8, 8, 255], blue])
        let cells = HalfBlocks.render(picture, columns: 2, rows: 1, depth: .palette256)
        #expect(
            cells.cells == [
                PixelCell(glyph: "▀", foreground: .palette(196), background: .palette(232)),
                PixelCell(glyph: "▀", foreground: .palette(67), background: .palette(21)),
            ]
        )
        let basic = HalfBlocks.render(
            bitmap([red, [255, 255, 255, 255]], [red, [0, 0, 0, 255]]),
            columns: 2,
            rows: 1,
            depth: .ansi16
        )
        #expect(
            basic.cells == [
                PixelCell(glyph: " ", foreground: .palette(9), background: .palette(9)),
                PixelCell(glyph: "▀", foreground: .palette(15), background: .palette(0)),
            ]
        )
    }

    @Test(
        arguments: [PixelDepth.palette256, .ansi16],
        [[70, 130, 90], [12, 12, 12], [200, 180, 170], [128, 128, 128]]
    )
    func `dithering keeps the mean`(depth: PixelDepth, color: [Int]) {
        let picture = Sample.plain(64, 64, color.map { UInt8($0) } + [255])
        let cells = HalfBlocks.render(picture, columns: 64, rows: 32, depth: depth)
        var sums = [0, 0, 0]
        for cell in cells.cells {
            for case .palette(let index) in [cell.foreground, cell.background] {
                let (red, green, blue) = XtermPalette.rgb(index)
                sums[0] += Int(red)
                sums[1] += Int(green)
                sums[2] += Int(blue)
            }
        }
        for (sum, part) in zip(sums, color) { #expect(abs(sum / 4096 - part) <= 4, "\(sums.map { $0 / 4096 })") }
    }

    @Test func `without colour, brightness becomes a shade`() {
        let greys: [UInt8] = [0, 100, 150, 190, 204, 255]
        let picture = bitmap(greys.map { [$0, $0, $0, 255] }, greys.map { [$0, $0, $0, 255] })
        let onDark = HalfBlocks.render(picture, columns: 6, rows: 1, depth: .mono)
        #expect(onDark.cells.map(\.glyph) == [" ", "░", "▒", "▒", "▓", "█"])
        #expect(onDark.cells.allSatisfy { $0.foreground == .none && $0.background == .none })
        let onLight = HalfBlocks.render(picture, columns: 6, rows: 1, depth: .mono, background: (255, 255, 255))
        #expect(onLight.cells.first?.glyph == "█" && onLight.cells.last?.glyph == " ")
    }

    @Test(arguments: [
        (100, 100, 80, 40, 80, 40), (320, 180, 80, 40, 80, 23), (180, 320, 80, 40, 45, 40), (4, 4, 80, 40, 80, 40),
        (256, 256, 1, 1, 1, 1), (500, 1, 80, 40, 80, 1), (1, 500, 80, 40, 1, 40), (10, 10, 0, 4, 0, 0),
        (10, 10, 4, -1, 0, 0),
    ])
    func `the proportions are kept, with cells twice as high as wide`(
        width: Int,
        height: Int,
        columns: Int,
        rows: Int,
        fittedColumns: Int,
        fittedRows: Int
    ) {
        let bitmap = Sample.gradient(width, height)
        for depth in PixelDepth.allCases {
            let cells = HalfBlocks.render(bitmap, columns: columns, rows: rows, depth: depth)
            #expect((cells.columns, cells.rows) == (fittedColumns, fittedRows))
        }
    }

    @Test func `decoding to fit gives the same grid`() throws {
        let data = Sample.png(Sample.gradient(400, 300))
        let fitting = HalfBlocks.pixels(columns: 50, rows: 20)
        #expect(fitting == (50, 40))
        let small = HalfBlocks.render(
            try PictureDecoder.decode(data, fitting: fitting),
            columns: 50,
            rows: 20,
            depth: .direct
        )
        let large = HalfBlocks.render(try PictureDecoder.decode(data), columns: 50, rows: 20, depth: .direct)
        #expect(small == large)
    }
}
