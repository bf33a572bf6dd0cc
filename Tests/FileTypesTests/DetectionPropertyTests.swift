import Foundation
import TestSupport
import Testing

@testable import FileTypes

/// What holds for every type and for every beginning of a file.
struct DetectionPropertyTests {
    /// A whole beginning of a file of each type that has a signature.
    private static let heads: [(type: FileType, bytes: [UInt8])] = [
        (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)),
        (.jpeg, [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8)),
        (.gif, Array("GIF87a".utf8) + [1, 0, 1, 0]), (.webp, Array("RIFF\u{10}\0\0\0WEBPVP8 ".utf8)),
        (.wav, Array("RF64\0\0\0\0WAVEds64".utf8)), (.avi, Array("RIFF\u{10}\0\0\0AVI LIST".utf8)),
        (.avif, [0, 0, 0, 28] + Array("ftypavis\0\0\0\0avisavif".utf8)),
        (.heic, [0, 0, 0, 24] + Array("ftyphevc\0\0\0\0mif1heic".utf8)),
        (.m4a, [0, 0, 0, 28] + Array("ftypM4B \0\0\0\0isom".utf8)),
        (.mov, [0, 0, 0, 20] + Array("ftypqt  \0\0\0\0qt  ".utf8)),
        (.mp4, [0, 0, 0, 24] + Array("ftypmp42\0\0\0\0isommp42".utf8)),
        (.jxl, [0, 0, 0, 0x0C] + Array("JXL \r\n".utf8) + [0x87, 0x0A]),
        (.cr3, [0, 0, 0, 24] + Array("ftypcrx \0\0\0\u{1}crx isom".utf8)),
        (.tiff, [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8]), (.exr, [0x76, 0x2F, 0x31, 0x01, 2, 0, 0, 0]),
        (.hdr, Array("#?RADIANCE\nFORMAT".utf8)), (.psd, Array("8BPS\0\u{1}".utf8)),
        (.flac, Array("fLaC\0\0\0\u{22}".utf8)), (.ogg, Array("OggS\0\u{2}".utf8)),
        (.aiff, Array("FORM\0\0\0\0AIFCFVER".utf8)), (.midi, Array("MThd\0\0\0\u{6}".utf8)),
        (.flv, Array("FLV\u{1}\u{5}".utf8)), (.mpeg, [0, 0, 1, 0xB3, 0x14, 0]),
        (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0]),
        (.zstd, [0x28, 0xB5, 0x2F, 0xFD, 0]), (.rar, Array("Rar!\u{1A}\u{7}\u{1}".utf8)),
        (.hdf5, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0]), (.parquet, Array("PAR1\u{15}".utf8)),
        (.wasm, [0] + Array("asm".utf8) + [1, 0, 0, 0]), (.zip, [0x50, 0x4B, 5, 6, 0, 0]),
        (.tar, Array(repeating: 0x61, count: 257) + Array("ustar\0".utf8)),
        (.bmp, Array("BM".utf8) + Array(repeating: 1, count: 12) + [40, 0, 0, 0]),
    ]

    @Test func `the beginning of each format is found`() {
        for (type, bytes) in Self.heads { #expect(FileType.detect(bytes) == type, "\(type.fileExtension)") }
    }

    @Test func `a beginning that is cut off is found as that format or as none`() {
        for (type, bytes) in Self.heads {
            for length in 0..<bytes.count {
                let found = FileType.detect(bytes.prefix(length))
                // Old QuickTime files and pictures by older brands look alike until the brand is read.
                #expect(
                    found == nil || found == type,
                    "\(type.fileExtension), \(length) bytes: \(found?.fileExtension ?? "")"
                )
            }
        }
    }

    @Test func `what follows the beginning changes nothing`() {
        var random = SeededGenerator(seed: 7)
        for (type, bytes) in Self.heads {
            for _ in 0..<20 {
                let rest = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
                #expect(FileType.detect(bytes + rest) == type, "\(type.fileExtension)")
            }
        }
    }

    @Test func `any bytes at all are some type or none`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...80, using: &random)
            var bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            // Often a real beginning with a few wrong bytes.
            if Bool.random(using: &random), let (_, head) = Self.heads.randomElement(using: &random) {
                bytes = head + bytes
                bytes[Int.random(in: 0..<head.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let type = FileType.detect(bytes) { #expect(type.hasSignature) }
        }
    }

    @Test func `markup of any length and nesting of comments ends`() {
        var random = SeededGenerator(seed: 13)
        let pieces = [
            "<!--", "-->", "<?xml", "?>", "<", ">", "svg", "html", " ", "\n", "\u{FEFF}", "<!doctype ", "x", "{", "[",
        ]
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let type = FileType.detect(text.joined().utf8)
            #expect([nil, .svg, .html, .xml, .json].contains(type))
        }
    }

    @Test(arguments: ["utf-16le", "utf-16be"])
    func `markup in UTF-16 is found in both byte orders`(name: String) {
        for (text, type) in [("<?xml version='1.0'?><svg>", FileType.svg), ("<html><b>", .html), ("{\"a\":1}", .json)] {
            let units = Array(text.utf16)
            let bytes: [UInt8] = units.flatMap { unit -> [UInt8] in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                return name == "utf-16le" ? [low, high] : [high, low]
            }
            #expect(FileType.detect((name == "utf-16le" ? [0xFF, 0xFE] : [0xFE, 0xFF]) + bytes) == type, "\(text)")
        }
    }

    @Test(
        arguments: [
            ("<!doctype html", FileType.html), ("<!DOCTYPE svg PUBLIC 'x'><svg>", .svg), ("<!DOCTYPE html5>", .html),
            ("<?xml version='1.0'?>", .xml), ("<?xml version='1.0'?>text", .xml), ("<?xml version='1.0'?><b>", .xml),
            ("<?php echo 1 ?><html>", .html), ("<meta charset=utf-8>", .html), ("<a:svg x>", .svg), ("<custom>", nil),
            ("[1]", .json), ("[-1]", .json), ("[]", .json), ("{}", .json), ("{ }", .json), ("[", nil), ("{", nil),
            ("[[", .json),
            ("{[", nil), ("[true]", nil), ("<html", nil),
        ] as [(String, FileType?)]
    )
    func `edges of markup`(text: String, type: FileType?) {
        #expect(FileType.detect(text.utf8) == type)
    }

    @Test(arguments: [(0x40, true), (0, false)])
    func `weights begin with the length of their header`(length: UInt8, isFound: Bool) {
        for next in [UInt8(ascii: "\""), UInt8(ascii: "}"), 0x20] {
            let bytes: [UInt8] = [length, 0, 0, 0, 0, 0, 0, 0, UInt8(ascii: "{"), next]
            #expect((FileType.detect(bytes) == .safetensors) == isFound)
        }
        // A length of a terabyte is none.
        #expect(FileType.detect([1, 0, 0, 0, 0, 1, 0, 0, UInt8(ascii: "{"), UInt8(ascii: "\"")]) == nil)
    }

    @Test(
        arguments: [
            (0xFB, 0x90, "mp3"), (0xF3, 0x90, "mp3"), (0xF1, 0x50, "aac"), (0xF9, 0x50, "aac"), (0xFB, 0xF0, nil),
            (0xFB, 0x00, nil), (0xEB, 0x90, nil),
        ] as [(UInt8, UInt8, String?)]
    )
    func `a frame of sound has no reserved values`(second: UInt8, third: UInt8, name: String?) {
        #expect(FileType.detect([0xFF, second, third, 0x64])?.fileExtension == name)
    }
}

/// The tables of names.
struct FileNameTests {
    @Test(arguments: FileType.all)
    func `a type is found again by each of its names`(type: FileType) {
        #expect(FileType(fileExtension: type.fileExtension) == type)
        #expect(FileType(fileExtension: type.fileExtension.uppercased()) == type)
        #expect(FileType(mediaType: type.mediaType) == type)
        #expect(FileType(mediaType: " \(type.mediaType.uppercased()) ; charset=utf-8") == type)
        #expect(type.fileExtension == type.fileExtension.lowercased())
        #expect(!type.fileExtension.contains("."))
        #expect(type.mediaType.split(separator: "/").count == 2)
    }

    @Test func `other spellings lead to types of the table`() {
        let all = Set(FileType.all)
        #expect(Set(FileType.byExtension.values).isSubset(of: all))
        #expect(Set(FileType.byMediaType.values).isSubset(of: all))
        #expect(Set(FileType.byExtension.keys.map { $0.lowercased() }) == Set(FileType.byExtension.keys))
        #expect(Set(FileType.byMediaType.keys.map { $0.lowercased() }) == Set(FileType.byMediaType.keys))
        #expect(FileType.generic.isSubset(of: all))
    }

    @Test(arguments: ["", ".", ".png", "png ", "PNG2", "tar.gz", "exe"])
    func `what is no extension is no type`(name: String) { #expect(FileType(fileExtension: name) == nil) }

    @Test(arguments: [
        "", ";", "image", "image/", "image/*", "application/octet-stream", "binary/octet-stream", "text/html2",
    ])
    func `a general media type is none`(name: String) { #expect(FileType(mediaType: name) == nil) }

    @Test func `kinds are what a viewer goes by`() {
        #expect(FileType.html.kind == .page)
        #expect(FileType.svg.kind == .picture)
        #expect(FileType.mov.kind == .video)
        #expect(FileType(fileExtension: "opus")?.kind == .audio)
        #expect(FileType(fileExtension: "usdz")?.kind == .model3D)
        #expect(FileType.zip.isGeneric && !FileType.png.isGeneric)
        #expect(FileType.png.hasSignature && !FileType.text.hasSignature)
    }
}
