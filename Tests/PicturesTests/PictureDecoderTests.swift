import Foundation
import TestSupport
import Testing

@testable import Pictures

struct PictureDecoderTests {
    @Test(arguments: [(1, 1), (7, 5), (64, 48), (101, 33)])
    func `lossless formats come back pixel for pixel`(width: Int, height: Int) throws {
        let bitmap = Sample.gradient(width, height)
        #expect(try PictureDecoder.decode(Sample.png(bitmap)) == bitmap)
        #expect(try PictureDecoder.decode(Sample.losslessWebP(bitmap)) == bitmap)
    }

    @Test(arguments: [(16, 16), (64, 48), (101, 33)])
    func `lossy formats come back close`(width: Int, height: Int) throws {
        let bitmap = Sample.gradient(width, height)
        let jpeg = try #require(try PictureDecoder.decode(Sample.jpeg(bitmap)).distance(to: bitmap))
        let webp = try #require(try PictureDecoder.decode(Sample.webp(bitmap)).distance(to: bitmap))
        #expect(jpeg <= 24)
        #expect(webp <= 24)
    }

    @Test(arguments: [(80, 80), (33, 100), (512, 2), (1, 1), (300, 257)])
    func `a fitted picture is close to one that is scaled afterwards`(width: Int, height: Int) throws {
        let bitmap = Sample.gradient(512, 256)
        let size = PixelSize(width: 512, height: 256).fitted(in: PixelSize(width: width, height: height))
        let expected = bitmap.resized(width: size.width, height: size.height)
        for data in [Sample.png(bitmap), Sample.jpeg(bitmap), Sample.webp(bitmap), Sample.losslessWebP(bitmap)] {
            let fitted = try PictureDecoder.decode(data, fitting: (width, height))
            let distance = try #require(fitted.distance(to: expected))
            #expect(distance <= 24, "\(PictureFormat.detect(data))")
        }
    }

    @Test func `fitting never enlarges`() throws {
        let bitmap = Sample.gradient(20, 10)
        #expect(try PictureDecoder.decode(Sample.png(bitmap), fitting: (100, 100)) == bitmap)
    }

    @Test func `transparency is kept`() throws {
        let bitmap = Sample.plain(8, 8, [200, 100, 50, 128])
        #expect(try PictureDecoder.decode(Sample.losslessWebP(bitmap)) == bitmap)
        let fitted = try PictureDecoder.decode(Sample.losslessWebP(bitmap), fitting: (4, 4))
        #expect(try #require(fitted.distance(to: Sample.plain(4, 4, [200, 100, 50, 128]))) <= 2)
    }

    @Test func `an animated webp shows its first frame`() throws {
        let frames = [Sample.plain(24, 16, [250, 10, 10, 255]), Sample.plain(24, 16, [10, 10, 250, 255])]
        let data = Sample.animatedWebP(frames, milliseconds: 250)
        let header = PictureHeader(format: .webp, width: 24, height: 16, duration: 0.5, framesPerSecond: 4)
        #expect(PictureHeaderReader.read(data) == header)
        let distance = try #require(
            try PictureDecoder.decode(data, fitting: (12, 12)).distance(to: Sample.plain(12, 8, [250, 10, 10, 255]))
        )
        #expect(distance <= 8)
    }

    @Test func `a first frame that is smaller than its canvas is at its place`() throws {
        let frame = Sample.plain(4, 2, [9, 200, 30, 255])
        let data = Sample.animatedWebP(frame, atLeft: 2, top: 4, canvas: (10, 8))
        let bitmap = try PictureDecoder.decode(data)
        #expect(PixelSize(width: bitmap.width, height: bitmap.height) == PixelSize(width: 10, height: 8))
        for y in 0..<8 {
            for x in 0..<10 {
                let isInside = (2..<6).contains(x) && (4..<6).contains(y)
                #expect(bitmap[x, y] == (isInside ? [9, 200, 30, 255] : [0, 0, 0, 0]))
            }
        }
    }

    @Test(arguments: [
        ("GIF89a\u{1}\0\u{1}\0", PictureError.damaged(.gif)),
        ("<svg></svg>", .unsupported(.svg)),
        ("<html>404</html>", .notAPicture),
        (#"{"detail": "gone"}"#, .notAPicture),
        ("", .notAPicture),
        ("\u{89}PNG\r\n\u{1A}\n", .damaged(.png)),
        ("\u{FF}\u{D8}\u{FF}\u{D9}", .damaged(.jpeg)),
        ("RIFF\u{4}\0\0\0WEBP", .damaged(.webp)),
    ])
    func `a file that cannot be drawn gives the right error`(content: String, error: PictureError) {
        #expect(throws: error) {
            try PictureDecoder.decode(Data(content.unicodeScalars.map { UInt8($0.value) }))
        }
    }

    @Test(arguments: [
        (16385, 1), (1, 16385), (8193, 8193), (0xFFFF_FFFF, 0xFFFF_FFFF),
    ])
    func `a picture above the limits is refused by its header`(width: Int, height: Int) {
        var data = Sample.png(Sample.gradient(2, 2))
        data.replaceSubrange(16..<24, with: MovieMuxer.number(width, 4) + MovieMuxer.number(height, 4))
        #expect(throws: PictureError.tooLarge(width: width, height: height)) { try PictureDecoder.decode(data) }
    }

    @Test func `a header with a false size is refused`() {
        var data = Sample.png(Sample.gradient(20, 20))
        data.replaceSubrange(16..<24, with: MovieMuxer.number(10, 4) + MovieMuxer.number(10, 4))
        #expect(throws: PictureError.damaged(.png)) { try PictureDecoder.decode(data) }
    }

    @Test func `a file that is cut at any place is refused`() {
        let bitmap = Sample.gradient(160, 120)
        for data in [Sample.png(bitmap), Sample.jpeg(bitmap), Sample.webp(bitmap), Sample.losslessWebP(bitmap)] {
            // The last bytes of a PNG are its end marker, of a JPEG padding and its end marker: no pixels.
            for length in stride(from: 0, to: data.count - 16, by: 97) {
                #expect(throws: PictureError.self, "\(PictureFormat.detect(data)), \(length) of \(data.count)") {
                    try PictureDecoder.decode(data.prefix(length), fitting: (40, 40))
                }
            }
        }
    }

    @Test func `a changed byte is refused or drawn in the right size`() {
        let bitmap = Sample.gradient(160, 120)
        let animated = Sample.animatedWebP([bitmap, Sample.plain(160, 120, [0, 0, 0, 255])], milliseconds: 40)
        for data in [Sample.png(bitmap), Sample.jpeg(bitmap), Sample.webp(bitmap), animated] {
            for offset in Set(0..<min(64, data.count)).union(stride(from: 0, to: data.count, by: 97)) {
                var changed = data
                changed[offset] ^= 0x5A
                guard let drawn = try? PictureDecoder.decode(changed, fitting: (40, 40)) else { continue }
                #expect(drawn.width <= 40 && drawn.height <= 40)
            }
        }
    }

    @Test func `noise after a magic number gives an error`() {
        var generator = SeededGenerator(seed: 0xDA4C)
        let heads: [[UInt8]] = [
            [], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8),
            [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xE1], Array("RIFF".utf8) + [0, 1, 0, 0] + Array("WEBPVP8X".utf8),
            Array("RIFF".utf8) + [0, 1, 0, 0] + Array("WEBPVP8L".utf8), Array("GIF89a".utf8),
            [0, 0, 0, 16] + Array("ftypisom".utf8),
            [0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x82, 0x84] + Array("webm".utf8),
        ]
        for round in 0..<4000 {
            let count = Int.random(in: 0...300, using: &generator)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let data = Data(heads[round % heads.count] + noise)
            _ = PictureHeaderReader.read(data)
            #expect(throws: PictureError.self) { try PictureDecoder.decode(data, fitting: (16, 16)) }
        }
    }

    @Test func `a file is read from disk, and anything else is refused`() throws {
        let folder = try TemporaryFolder()
        let bitmap = Sample.gradient(12, 8)
        let file = try folder.file("named.txt", Sample.png(bitmap))
        #expect(try PictureDecoder.decode(contentsOf: file) == bitmap)
        #expect(throws: PictureError.unreadable(reason: "it is not a regular file")) {
            try PictureDecoder.decode(contentsOf: folder.url)
        }
        #expect(throws: PictureError.unreadable(reason: "No such file or directory")) {
            try PictureDecoder.decode(contentsOf: folder.url.appending(path: "gone.png"))
        }
    }

    @Test func `every error is a sentence with the next step`() {
        let errors: [PictureError] = [
            .unreadable(reason: "Permission denied"), .notAPicture, .unsupported(.svg),
            .unsupported(.mp4), .damaged(.webp), .tooLarge(width: 20000, height: 3), .fileTooLong(bytes: 300_000_000),
            .noDecoder, .decoderFailed, .decoderTimedOut, .cancelled,
        ]
        for sentence in errors.map(\.description) {
            #expect(sentence.hasSuffix("."))
            #expect(sentence.contains(";") || sentence.contains(":"), "\(sentence)")
        }
    }

    @Test func `a PNG that is cut off is refused by its chunks alone`() throws {
        let folder = try TemporaryFolder()
        let whole = Sample.png(Sample.gradient(64, 64))
        #expect(PictureHeader.isWholePNG(ByteSource(whole)))
        #expect(PictureHeader.isWholePNG(ByteSource(whole + Data("and more".utf8))))
        for length in [8, 30, whole.count / 2, whole.count - 13] {
            let source = ByteSource(whole.prefix(length))
            #expect(!PictureHeader.isWholePNG(source))
            let url = try folder.file("cut.png", whole.prefix(length))
            #expect(throws: PictureError.damaged(.png)) { try PictureDecoder.decode(contentsOf: url) }
        }
        let url = try folder.file("whole.png", whole)
        #expect(try PictureDecoder.decode(contentsOf: url) == PictureDecoder.decode(whole))
    }
}
