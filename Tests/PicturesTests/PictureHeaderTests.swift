import Foundation
import Testing

@testable import Pictures

struct PictureHeaderTests {
    @Test func `the size is read from a few bytes`() {
        let bitmap = Sample.gradient(123, 45)
        let table: [(Data, PictureFormat, Int)] = [
            (Sample.png(bitmap), .png, 24), (Sample.jpeg(bitmap), .jpeg, 256), (Sample.webp(bitmap), .webp, 30),
            (Sample.losslessWebP(bitmap), .webp, 25),
        ]
        for (data, format, enough) in table {
            #expect(
                PictureHeaderReader.read(data.prefix(enough)) == PictureHeader(format: format, width: 123, height: 45)
            )
        }
    }

    @Test func `the size of a GIF is read although it is not drawn`() {
        let data = Data("GIF89a".utf8) + Data([0x40, 0x01, 0xF0, 0x00])
        #expect(PictureHeaderReader.read(data) == PictureHeader(format: .gif, width: 320, height: 240))
    }

    @Test func `a slice of data is read like data`() {
        let data = Data("noise".utf8) + Sample.png(Sample.gradient(6, 4))
        #expect(PictureHeaderReader.read(data.dropFirst(5)) == PictureHeader(format: .png, width: 6, height: 4))
    }

    @Test(arguments: Orientation.allCases, [true, false])
    func `an exif orientation turns the picture and its size`(_ orientation: Orientation, isLittleEndian: Bool) throws {
        // A red corner at the upper left, green upper right, blue lower left, in blocks the codec keeps apart.
        let stored = Bitmap(
            width: 48,
            height: 32,
            pixels: (0..<32).flatMap { y in
                (0..<48).flatMap { x -> [UInt8] in
                    switch (x < 24, y < 16) {
                    case (true, true): [230, 20, 20, 255]
                    case (false, true): [20, 230, 20, 255]
                    case (true, false): [20, 20, 230, 255]
                    case (false, false): [230, 230, 230, 255]
                    }
                }
            }
        )
        let data = Self.jpeg(stored, orientation, isLittleEndian: isLittleEndian)
        let isTransposed = orientation.rawValue >= 5
        let (width, height) = isTransposed ? (32, 48) : (48, 32)
        let header = try #require(PictureHeaderReader.read(data))
        #expect((header.width, header.height) == (width, height))
        let bitmap = try PictureDecoder.decode(data)
        let names = [[2, 2], [width - 3, 2], [2, height - 3], [width - 3, height - 3]].map { corner -> String in
            let pixel = bitmap[corner[0], corner[1]].map { $0 > 125 }
            return pixel == [true, false, false, true]
                ? "R" : pixel == [false, true, false, true] ? "G" : pixel == [false, false, true, true] ? "B" : "W"
        }
        // As shown: upper left, upper right, lower left, lower right.
        let expected: [Orientation: String] = [
            .upright: "RGBW", .mirrored: "GRWB", .halfTurn: "WBGR", .flipped: "BWRG", .transposed: "RBGW",
            .quarterTurnRight: "BRWG", .antitransposed: "WGBR", .quarterTurnLeft: "GWRB",
        ]
        #expect(names.joined() == expected[orientation])
        let fitted = try PictureDecoder.decode(data, fitting: (12, 12))
        #expect((fitted.width, fitted.height) == (isTransposed ? (8, 12) : (12, 8)))
    }

    @Test func `an invalid orientation is ignored`() {
        let bitmap = Sample.gradient(20, 10)
        var data = Self.jpeg(bitmap, .quarterTurnLeft, isLittleEndian: true)
        let value = data.startIndex + 2 + 4 + 6 + 8 + 2 + 8
        #expect(data[value] == 8)
        data[value] = 77
        #expect(PictureHeaderReader.read(data) == PictureHeader(format: .jpeg, width: 20, height: 10))
    }

    @Test func `size and duration of a WebM are read`() {
        #expect(
            PictureHeaderReader.read(Self.webm(segmentLength: nil))
                == PictureHeader(format: .webm, width: 640, height: 360, duration: 2.5)
        )
        #expect(
            PictureHeaderReader.read(Self.webm(segmentLength: 4096)) == nil,
            "a length beyond the file is not believed"
        )
    }

    @Test func `a WebM that is cut anywhere is at worst unreadable`() {
        let data = Self.webm(segmentLength: nil)
        for length in 0..<data.count {
            let header = PictureHeaderReader.read(data.prefix(length))
            #expect(header.map { $0.width > 0 && $0.height > 0 } ?? true)
        }
        for offset in data.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var changed = data
                changed[offset] = value
                let header = PictureHeaderReader.read(changed)
                #expect(header.map { $0.width > 0 && $0.height > 0 } ?? true)
                #expect(header?.duration.map { $0.isFinite && $0 >= 0 } ?? true)
            }
        }
    }

    /// With an EXIF segment that holds nothing but the orientation.
    private static func jpeg(_ bitmap: Bitmap, _ orientation: Orientation, isLittleEndian: Bool) -> Data {
        func number(_ value: Int, _ bytes: Int) -> Data {
            let big = MovieMuxer.number(value, bytes)
            return isLittleEndian ? Data(big.reversed()) : big
        }
        let exif =
            Data("Exif\0\0".utf8) + Data((isLittleEndian ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
            + number(1, 2) + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation.rawValue), 2)
            + Data(count: 2) + number(0, 4)
        let plain = Sample.jpeg(bitmap, quality: 98)
        return plain.prefix(2) + Data([0xFF, 0xE1]) + MovieMuxer.number(exif.count + 2, 2) + exif + plain.dropFirst(2)
    }

    private static func webm(segmentLength: Int?) -> Data {
        func element(_ id: [UInt8], _ content: Data) -> Data { Data(id) + [0x80 | UInt8(content.count)] + content }
        let head = element([0x1A, 0x45, 0xDF, 0xA3], element([0x42, 0x82], Data("webm".utf8)))
        let ticks = MovieMuxer.number(Int(Float(2500).bitPattern), 4)
        let info = element(
            [0x15, 0x49, 0xA9, 0x66],
            element([0x2A, 0xD7, 0xB1], Data([0x0F, 0x42, 0x40])) + element([0x44, 0x89], ticks)
        )
        let audio = element([0xAE], element([0xD7], Data([1])))
        let video = element(
            [0xAE],
            element([0xE0], element([0xB0], Data([0x02, 0x80])) + element([0xBA], Data([0x01, 0x68])))
        )
        let tracks = element([0x16, 0x54, 0xAE, 0x6B], audio + video)
        let length =
            segmentLength.map { Data([0x01]) + MovieMuxer.number($0, 7) }
            ?? Data([0x01] + [UInt8](repeating: 0xFF, count: 7))
        return head + Data([0x18, 0x53, 0x80, 0x67]) + length + info + tracks + Data([0x1F, 0x43, 0xB6, 0x75, 0xFF])
    }
}
