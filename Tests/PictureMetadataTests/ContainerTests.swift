import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import PictureMetadata

private let made = PictureMetadata(
    model: "black-forest-labs/flux-schnell",
    prompt: "a red fox",
    inputs: ["seed": .integer(42)],
    predictionID: "xk3f9q",
    createdAt: Date(timeIntervalSince1970: 1_764_288_000)
)

struct PNGContainerTests {
    @Test func `each chunk that is written has the right checksum, and stands before the picture`() throws {
        let written = try #require(RawPictures.embedding(made, in: RawPictures.png()))
        let chunks = try #require(RawPictures.chunks(of: written))
        let areSound = chunks.allSatisfy(\.isSound)
        #expect(areSound)
        #expect(chunks.map(\.name) == ["IHDR", "iTXt", "iTXt", "iTXt", "iTXt", "IDAT", "IEND"])
        let keywords = chunks.filter { $0.name == "iTXt" }.map {
            String(decoding: $0.content.prefix { $0 != 0 }, as: UTF8.self)
        }
        #expect(keywords == ["XML:com.adobe.xmp", "Description", "Software", "Creation Time"])
    }

    @Test func `texts of others stay, and those of ours are written once`() throws {
        let title = RawPictures.chunk("tEXt", Array("Title\0An owl".utf8))
        let old = RawPictures.chunk("iTXt", Array("Description\0\0\0\0\0an owl".utf8))
        let once = try #require(RawPictures.embedding(made, in: RawPictures.png([title, old])))
        let twice = try #require(RawPictures.embedding(made, in: once))
        #expect(once == twice)
        let texts = try #require(PNGFile(FileContent(Data(once)))).texts
        #expect(texts["Title"] == "An owl")
        #expect(texts["Description"] == "a red fox")
        #expect(texts["Software"] == "darkroom")
        #expect(texts["Creation Time"] == "2025-11-28T00:00:00Z")
        let chunks = try #require(RawPictures.chunks(of: once))
        #expect(chunks.filter { $0.name == "iTXt" && $0.content.starts(with: Array("Description".utf8)) }.count == 1)
    }

    @Test func `a run without a prompt has no description`() throws {
        var silent = made
        silent.prompt = ""
        let written = try #require(RawPictures.embedding(silent, in: RawPictures.png()))
        let texts = try #require(PNGFile(FileContent(Data(written)))).texts
        #expect(texts["Description"] == nil && texts["Software"] == "darkroom")
        #expect(RawPictures.found(in: written)?.own == silent)
    }

    static let unsound: [(String, [UInt8])] = {
        let (signature, header, end) = (RawPictures.signature, RawPictures.header, RawPictures.end)
        return [
            ("the signature alone", signature),
            ("no last chunk", signature + header + RawPictures.pixels),
            ("a first chunk that is no header", signature + RawPictures.pixels + end),
            ("nothing but an end", signature + end),
            ("a length of four gigabytes", signature + header + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8) + end),
            ("a length of two gigabytes", signature + header + [0x7F, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8) + end),
            ("a length one too many", signature + header + [0, 0, 0, 13] + Array(end.dropFirst(4))),
            ("a checksum that is cut off", signature + header + end.dropLast()),
            ("line ends that were changed", [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A] + header + end),
        ]
    }()

    @Test(arguments: unsound)
    func `a file that is not sound is left as it is`(what: String, file: [UInt8]) {
        #expect(RawPictures.embedding(made, in: file) == nil, "\(what)")
        #expect(RawPictures.found(in: file) == nil, "\(what)")
    }

    @Test func `a packet that is compressed cannot be kept beside ours`() {
        let packet = RawPictures.chunk("iTXt", Array("XML:com.adobe.xmp\0\u{1}\0\0\0".utf8) + [0x78, 0x9C, 3, 0])
        #expect(RawPictures.embedding(made, in: RawPictures.png([packet])) == nil)
        // Another text that is compressed is nobody's business.
        let other = RawPictures.chunk("iTXt", Array("Comment\0\u{1}\0\0\0".utf8) + [0x78, 0x9C, 3, 0])
        #expect(RawPictures.embedding(made, in: RawPictures.png([other])) != nil)
    }

    @Test(arguments: [
        "tEXt", "iTXt", "tEXtkeyword without an end", "iTXt\0", "iTXtk\0\0", "iTXtk\0\0\0", "iTXtk\0\0\0lang",
        "iTXtk\0\0\0\0",
        "iTXtk\0\u{2}\0\0\0text",
    ])
    func `a text chunk that ends too early says nothing, and the others are read`(chunk: String) throws {
        let (name, content) = (String(chunk.prefix(4)), Array(chunk.utf8.dropFirst(4)))
        let good = RawPictures.chunk("tEXt", Array("Title\0An owl".utf8))
        let file = RawPictures.png([RawPictures.chunk(name, content), good])
        #expect(try #require(PNGFile(FileContent(Data(file)))).texts == ["Title": "An owl"])
        #expect(RawPictures.embedding(made, in: file).flatMap { RawPictures.found(in: $0) }?.own == made)
    }

    @Test func `of two texts with one keyword the first counts, as viewers have it`() throws {
        let texts = ["one", "two"].map { RawPictures.chunk("tEXt", Array("Title\0\($0)".utf8)) }
        #expect(try #require(PNGFile(FileContent(Data(RawPictures.png(texts))))).texts["Title"] == "one")
    }
}

struct JPEGContainerTests {
    @Test func `EXIF and packet come after the first segment, in the order that readers expect`() throws {
        let written = try #require(RawPictures.embedding(made, in: RawPictures.jpeg()))
        let segments = RawPictures.segments(of: written)
        #expect(segments.map(\.marker) == [0xE0, 0xE1, 0xE1, 0xDB])
        #expect(segments[1].content.starts(with: Array("Exif\0\0MM".utf8)))
        #expect(segments[2].content.starts(with: Array("http://ns.adobe.com/xap/1.0/\0".utf8)))
        #expect(written.suffix(RawPictures.scan.count) == RawPictures.scan[...])
    }

    @Test func `a file without any segment gets them, and one with EXIF first keeps it first`() throws {
        let bare = try #require(RawPictures.embedding(made, in: RawPictures.jpeg([])))
        #expect(RawPictures.segments(of: bare).map(\.marker) == [0xE1, 0xE1])
        #expect(RawPictures.found(in: bare)?.own == made)
        let exif = RawPictures.segment(0xE1, Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 0, 0, 0, 0, 0])
        let colour = RawPictures.segment(0xE2, Array("ICC_PROFILE\0".utf8))
        let written = try #require(RawPictures.embedding(made, in: RawPictures.jpeg([exif, colour])))
        let segments = RawPictures.segments(of: written)
        #expect(segments.map(\.marker) == [0xE1, 0xE1, 0xE2])
        #expect(RawPictures.segment(0xE1, segments[0].content) == exif)
        #expect(RawPictures.segment(0xE2, segments[2].content) == colour)
    }

    @Test func `a packet of another program that is no packet is not thrown away`() {
        let broken = RawPictures.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0not XML at all".utf8))
        #expect(RawPictures.embedding(made, in: RawPictures.jpeg([RawPictures.jfif, broken])) == nil)
    }

    static let unsound: [(String, [UInt8])] = [
        ("the start alone", [0xFF, 0xD8]),
        ("no picture", [0xFF, 0xD8] + RawPictures.jfif),
        ("a segment of length 0", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0] + RawPictures.scan),
        ("a segment of length 1", [0xFF, 0xD8, 0xFF, 0xE0, 0, 1] + RawPictures.scan),
        ("a segment that is longer than the file", [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1, 2, 3]),
        ("no marker where one must be", [0xFF, 0xD8, 0x00, 0xE0, 0, 2] + RawPictures.scan),
        ("a marker that is none", [0xFF, 0xD8, 0xFF, 0x12, 0, 2] + RawPictures.scan),
    ]

    @Test(arguments: unsound)
    func `a file that is not sound is left as it is`(what: String, file: [UInt8]) {
        #expect(RawPictures.embedding(made, in: file) == nil, "\(what)")
        #expect(RawPictures.found(in: file) == nil, "\(what)")
    }

    @Test func `a segment is never longer than its length can say`() throws {
        for length in [JPEGFile.longestPacket - 2_000, JPEGFile.longestPacket, JPEGFile.longestPacket + 2_000] {
            var long = made
            long.prompt = String(repeating: "ä", count: length / 2)
            let written = try #require(RawPictures.embedding(long, in: RawPictures.jpeg()))
            for segment in RawPictures.segments(of: written) { #expect(segment.content.count <= 65_533) }
            #expect(written.suffix(RawPictures.scan.count) == RawPictures.scan[...])
            let own = try #require(RawPictures.found(in: written)?.own)
            // All of the prompt, or its name among what was left out; never a part.
            #expect(own.prompt == long.prompt ? own.omitted.isEmpty : own.prompt.isEmpty && own.omitted == ["prompt"])
        }
    }
}

struct WebPContainerTests {
    @Test(arguments: [(1, 1), (16, 9), (1_000, 17), (16_383, 16_383)])
    func `a simple file becomes an extended one with the size of its picture`(width: Int, height: Int) throws {
        for hasAlpha in [false, true] {
            let file = RawPictures.webp([RawPictures.lossless(width: width, height: height, hasAlpha: hasAlpha)])
            let written = try #require(RawPictures.embedding(made, in: file))
            let chunks = try #require(RawPictures.chunks(ofWebP: written))
            #expect(chunks.map(\.name) == ["VP8X", "VP8L", "EXIF", "XMP "])
            let header = chunks[0].content
            #expect(header[0] == 0x0C | (hasAlpha ? 0x10 : 0))
            #expect(header.littleEndian(at: 4, count: 3) == width - 1)
            #expect(header.littleEndian(at: 7, count: 3) == height - 1)
        }
        let lossy = RawPictures.webp([RawPictures.lossy(width: width, height: height)])
        let chunks = try #require(RawPictures.embedding(made, in: lossy).flatMap { RawPictures.chunks(ofWebP: $0) })
        #expect(chunks.map(\.name) == ["VP8X", "VP8 ", "EXIF", "XMP "])
        #expect(chunks[0].content.littleEndian(at: 4, count: 3) == width - 1)
        #expect(chunks[0].content.littleEndian(at: 7, count: 3) == height - 1)
    }

    @Test func `flags, colours, frames and unknown chunks of an extended file stay`() throws {
        let header = RawPictures.riffChunk("VP8X", [0x32, 0, 0, 0, 15, 0, 0, 8, 0, 0])
        let others = [
            RawPictures.riffChunk("ICCP", [1, 2, 3]), RawPictures.riffChunk("ANIM", [0, 0, 0, 0, 0, 0]),
            RawPictures.riffChunk("ANMF", [9, 9, 9, 9, 9]), RawPictures.riffChunk("EXIF", Array("II*\0old".utf8)),
            RawPictures.riffChunk("odd!", [5]),
        ]
        let written = try #require(RawPictures.embedding(made, in: RawPictures.webp([header] + others)))
        let chunks = try #require(RawPictures.chunks(ofWebP: written))
        #expect(chunks.map(\.name) == ["VP8X", "ICCP", "ANIM", "ANMF", "EXIF", "odd!", "XMP "])
        // Colours, alpha and animation as before, and now EXIF and XMP.
        #expect(chunks[0].content[0] == 0x32 | 0x0C)
        #expect(chunks[0].content[1...] == [0, 0, 0, 15, 0, 0, 8, 0, 0])
        #expect(chunks[4].content == Array("II*\0old".utf8))
        // Written again it stays as it is.
        #expect(RawPictures.embedding(made, in: written) == written)
    }

    static let unsound: [(String, [UInt8])] = [
        ("too short", Array("RIFF\u{4}\0\0\0WEBP".utf8)),
        ("no WebP", Array("RIFF\u{10}\0\0\0WAVEfmt \u{4}\0\0\0aaaa".utf8)),
        ("longer than the file", Array("RIFF\u{7F}\0\0\0WEBPVP8L\u{4}\0\0\0aaaa".utf8)),
        ("a chunk that is longer than the file", Array("RIFF\u{10}\0\0\0WEBPVP8L\u{7F}\0\0\0aaaa".utf8)),
        ("no picture first", RawPictures.webp([RawPictures.riffChunk("EXIF", [1, 2])])),
        ("a header that is too short", RawPictures.webp([RawPictures.riffChunk("VP8X", [0, 0])])),
        ("a lossless picture without its mark", RawPictures.webp([RawPictures.riffChunk("VP8L", [0, 0, 0, 0, 0])])),
        ("no key frame", RawPictures.webp([RawPictures.riffChunk("VP8 ", [1, 0, 0, 0x9D, 1, 0x2A, 1, 0, 1, 0])])),
        ("no start code", RawPictures.webp([RawPictures.riffChunk("VP8 ", [0, 0, 0, 1, 2, 3, 1, 0, 1, 0])])),
        ("a picture of no size", RawPictures.webp([RawPictures.lossy(width: 0, height: 4)])),
        (
            "a signed one",
            RawPictures.webp([RawPictures.lossless(width: 4, height: 4), RawPictures.riffChunk("C2PA", [1])])
        ),
    ]

    @Test(arguments: unsound)
    func `a file that is not sound, or signed, is left as it is`(what: String, file: [UInt8]) {
        #expect(RawPictures.embedding(made, in: file) == nil, "\(what)")
        #expect(RawPictures.found(in: file) == nil, "\(what)")
    }
}

struct HostileFileTests {
    private static let files = [
        RawPictures.png(), RawPictures.jpeg(),
        RawPictures.webp([RawPictures.lossless(width: 16, height: 9, filler: 5)]),
    ]

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `whatever is damaged, it is read and written without harm, and what is copied is in the file`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for file in Self.files {
            let whole = RawPictures.embedding(made, in: file) ?? []
            for start in [file, whole] {
                for _ in 0..<150 {
                    var bytes = start
                    for _ in 0..<Int.random(in: 1...4, using: &random) {
                        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                    }
                    if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
                    _ = RawPictures.found(in: bytes)
                    for case .copied(let range) in MetadataEmbedding(made).pieces(for: FileContent(Data(bytes))) ?? [] {
                        #expect(range.lowerBound >= 0 && range.upperBound <= bytes.count)
                    }
                }
            }
        }
    }

    @Test func `a disk that fails at any place leaves the file as it is`() {
        for file in Self.files {
            var isWritten = false
            for failing in 0..<24 {
                var reads = 0
                let content = FileContent(count: file.count) { offset, count in
                    reads += 1
                    // Half of what was asked for is as bad as nothing.
                    if reads > failing { return failing % 2 == 0 ? nil : Array(file[offset..<(offset + count / 2)]) }
                    return Array(file[offset..<(offset + count)])
                }
                let pieces = MetadataEmbedding(made).pieces(for: content)
                if reads > failing {
                    let isCopied = pieces?.contains { if case .copied = $0 { true } else { false } } ?? true
                    #expect(isCopied)
                } else {
                    isWritten = pieces != nil
                }
            }
            #expect(isWritten)
        }
    }

    @Test func `nothing is read beyond a file, whatever a range says`() {
        let content = FileContent(Data([1, 2, 3, 4]))
        #expect(content.bytes(1..<3) == [2, 3])
        #expect(content.bytes(0..<4) == [1, 2, 3, 4])
        #expect(content.bytes(4..<4) == [])
        #expect(content.bytes(3..<5) == nil)
        #expect(content.bytes(-1..<2) == nil)
        // A part of another piece of data counts from its own start.
        #expect(FileContent(Data([9, 9, 1, 2]).dropFirst(2)).bytes(0..<2) == [1, 2])
    }

    @Test func `copies that follow each other become one piece`() {
        var pieces: [FilePiece] = []
        pieces.copy(0..<4)
        pieces.copy(4..<6)
        pieces.copy(6..<6)
        pieces.append(.written([1]))
        pieces.copy(6..<9)
        pieces.copy(12..<13)
        #expect(pieces == [.copied(0..<6), .written([1]), .copied(6..<9), .copied(12..<13)])
    }
}
