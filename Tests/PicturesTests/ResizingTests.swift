import Testing

@testable import Pictures

struct ResizingTests {
    @Test func `a half is the mean of four`() {
        let bitmap = Bitmap(
            width: 2,
            height: 2,
            pixels: [0, 0, 0, 255, 100, 40, 8, 255, 20, 80, 0, 255, 80, 0, 248, 255]
        )
        #expect(bitmap.resized(width: 1, height: 1).pixels == [50, 30, 64, 255])
    }

    @Test func `a pixel between two targets adds to both by its share`() {
        let bitmap = Bitmap(width: 3, height: 1, pixels: [0, 0, 0, 255, 90, 90, 90, 255, 240, 240, 240, 255])
        // Each target covers one pixel and half of the middle one: (0·2 + 90) / 3 and (90 + 240·2) / 3.
        #expect(bitmap.resized(width: 2, height: 1).pixels == [30, 30, 30, 255, 190, 190, 190, 255])
        let upright = Bitmap(width: 1, height: 3, pixels: bitmap.pixels)
        #expect(upright.resized(width: 1, height: 2).pixels == [30, 30, 30, 255, 190, 190, 190, 255])
    }

    @Test func `a transparent pixel adds no colour`() {
        let bitmap = Bitmap(width: 2, height: 1, pixels: [255, 0, 0, 0, 10, 20, 30, 255])
        #expect(bitmap.resized(width: 1, height: 1).pixels == [10, 20, 30, 128])
        #expect(
            Sample.plain(3, 3, [9, 9, 9, 0]).resized(width: 1, height: 2).pixels == [UInt8](repeating: 0, count: 8)
        )
    }

    @Test func `enlarging repeats pixels`() {
        let bitmap = Bitmap(width: 2, height: 1, pixels: [1, 2, 3, 255, 201, 202, 203, 255])
        let row: [UInt8] = [1, 2, 3, 255, 1, 2, 3, 255, 201, 202, 203, 255, 201, 202, 203, 255]
        #expect(bitmap.resized(width: 4, height: 3).pixels == row + row + row)
    }

    @Test(arguments: [(1, 1), (2, 7), (13, 13), (64, 3), (97, 41), (200, 150)])
    func `a plain colour stays itself at any size`(width: Int, height: Int) {
        let color: [UInt8] = [17, 133, 254, 77]
        #expect(Sample.plain(41, 29, color).resized(width: width, height: height) == Sample.plain(width, height, color))
    }

    @Test(arguments: [
        (100, 50, 80, 80, 80, 40), (50, 100, 80, 80, 40, 80), (1000, 1, 80, 80, 80, 1), (1, 1000, 80, 80, 1, 80),
        (30, 20, 80, 80, 30, 20), (1024, 1024, 0, 5, 1, 1), (16384, 4096, 100, 100, 100, 25),
    ])
    func `fitting keeps proportions and never loses a side`(w: Int, h: Int, boxW: Int, boxH: Int, outW: Int, outH: Int)
    {
        let size = PixelSize(width: w, height: h)
        #expect(size.fitted(in: PixelSize(width: boxW, height: boxH)) == PixelSize(width: outW, height: outH))
    }

    @Test func `fitting enlarges when asked`() {
        let fitted = PixelSize(width: 3, height: 2).fitted(in: PixelSize(width: 10, height: 10), enlarging: true)
        #expect(fitted == PixelSize(width: 10, height: 7))
    }
}
