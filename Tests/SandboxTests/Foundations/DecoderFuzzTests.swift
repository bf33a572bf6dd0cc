import Foundation
import TestSupport
import Testing

@testable import Sandbox

/// Bytes that nobody meant: read without harm, and refused where they mean nothing.
struct DecoderFuzzTests {
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `damaged forms are forms or none, and no part is longer than its form`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Data(
            ("--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n\u{89}PNG\r\n--not the edge\r\n--edge\r\n"
                + "Content-Disposition: form-data; name=type\r\n\r\nimage/png\r\n--edge--\r\n").utf8
        )
        for _ in 0..<400 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = .random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
                default: bytes.insert(contentsOf: Data("\r\n--edge".utf8), at: place)
                }
            }
            guard let form = MultipartForm(bytes, contentType: "multipart/form-data; boundary=edge") else { continue }
            #expect(form.parts.reduce(0) { $0 + $1.bytes.count } <= bytes.count)
            #expect(form.parts.allSatisfy { !$0.bytes.starts(with: Data("--edge--".utf8)) })
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `random values are written and read again as they were`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func value(_ depth: Int) -> JSON {
            switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
            case 0: return .null
            case 1: return .bool(.random(using: &random))
            case 2:
                return .integer(
                    [0, -1, 1, .max, .min, .random(in: -9_999...9_999, using: &random)].randomElement(using: &random)!
                )
            case 3: return .number([0.5, -2.25, 1e-7, 3.14159, 1e300].randomElement(using: &random)!)
            case 4:
                return .string(
                    ["", "fox", "\"", "\\", "/", "\n\t\u{1}", "é漢🦊", ",]", "\\\",}", "\u{2028}"]
                        .randomElement(using: &random)!
                )
            case 5: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) })
            default:
                let members = (0..<Int.random(in: 0...4, using: &random)).map { ("k\($0)\"", value(depth + 1)) }
                return .object(Dictionary(uniqueKeysWithValues: members))
            }
        }
        for _ in 0..<150 {
            let made = value(0)
            #expect(try JSON(parsing: made.encoded()) == made)
            // Members in one order, so that answers can be compared as bytes.
            #expect(made.encoded() == made.encoded())
        }
    }

    @Test func `a comma before an end is refused wherever it stands, and one in a text is not`() throws {
        for text in ["[1,]", "{\"a\":1,}", "[[1,],2]", "{\"a\":[1,\n ]}", "[1\t,\r\n]", "[\"x\",]"] {
            #expect(throws: (any Error).self, "\(text)") { try JSON(parsing: Data(text.utf8)) }
        }
        for text in ["[\",]\"]", "{\"a,}\":1}", "[\"\\\",]\"]", "[\"a,\", \"]\"]"] {
            #expect(throws: Never.self, "\(text)") { try JSON(parsing: Data(text.utf8)) }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `pictures that are damaged anywhere are a canvas or none`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let canvas = Painter.paint(prompt: "a fox", seed: 1, width: 40, height: 30)
        for format in [PictureFormat.webp, .jpg, .png] {
            let good = try #require(canvas.encoded(format, quality: 80))
            let whole = try #require(PixelCanvas.decoded(good))
            #expect((whole.width, whole.height) == (40, 30))
            for _ in 0..<60 {
                var bytes = good
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                if Bool.random(using: &random) { bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random)) }
                if let found = PixelCanvas.decoded(Data(bytes)) {
                    #expect(found.width >= 1 && found.height >= 1 && found.width <= 8_192 && found.height <= 8_192)
                }
            }
        }
        for bytes in [Data(), Data("RIFF".utf8), Data([0x89, 0x50, 0x4E, 0x47]), Data(repeating: 0xFF, count: 64)] {
            #expect(PixelCanvas.decoded(bytes) == nil)
        }
    }

    @Test(
        arguments: [
            ("1:1", 768, 768), ("16:9", 768, 432), ("9:16", 432, 768), ("21:9", 768, 328), ("3:2", 768, 512),
            ("1365x1024", 768, 576),
            // No picture is longer than three times its other side.
            ("100:1", 768, 256), ("1:100", 256, 768),
        ] as [(String, Int, Int)]
    )
    func `a ratio is a size`(ratio: String, width: Int, height: Int) throws {
        let size = PictureSize(input: ["aspect_ratio": .string(ratio)], original: nil)
        #expect((size.width, size.height) == (width, height))
        #expect(size.width % 2 == 0 && size.height % 2 == 0)
    }

    @Test(arguments: ["", "1", "1:0", "0:1", "a:b", "1:2:3", "-1:2", "match_input_image"])
    func `what is no ratio is none, and the picture is square or as the one it starts from`(text: String) {
        #expect(PictureSize.ratio(text) == nil)
        #expect(PictureSize(input: ["aspect_ratio": .string(text)], original: nil) == PictureSize(ratio: 1))
        let original = PixelCanvas(width: 200, height: 100)
        #expect(PictureSize(input: ["aspect_ratio": .string(text)], original: original) == PictureSize(ratio: 2))
    }

    @Test func `a size of its own counts where no ratio is named, whatever it is`() {
        for (width, height) in [(512, 512), (1_024, 256), (1, 9_000), (9_000, 1), (0, 0), (-5, 3), (3, -5)] {
            let size = PictureSize(input: ["width": .integer(width), "height": .integer(height)], original: nil)
            #expect(
                (256...768).contains(size.width) && (256...768).contains(size.height),
                "\(width)x\(height): \(size)"
            )
        }
        let small = PictureSize(input: ["megapixels": "0.25", "aspect_ratio": "1:1"], original: nil)
        #expect((small.width, small.height) == (512, 512))
    }
}
