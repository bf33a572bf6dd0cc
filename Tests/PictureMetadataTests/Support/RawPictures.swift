import Foundation

@testable import PictureMetadata

/// Files of hand-made parts: what holds the picture itself is nonsense, because nobody reads it here.
enum RawPictures {
    // MARK: PNG

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    static let header = chunk("IHDR", [0, 0, 0, 16, 0, 0, 0, 9, 8, 2, 0, 0, 0])
    static let pixels = chunk("IDAT", [1, 2, 3, 4, 5])
    static let end = chunk("IEND", [])

    static func png(_ chunks: [[UInt8]] = []) -> [UInt8] {
        signature + header + chunks.flatMap { $0 } + pixels + end
    }

    static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return Array(bigEndian: content.count, count: 4) + body + Array(bigEndian: Int(crc(body)), count: 4)
    }

    /// Bit by bit, as the specification's appendix has it; the program has a table.
    static func crc(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
        return ~value
    }

    /// Name, content and whether the checksum is right, of every chunk; nil: the file does not end with its last chunk.
    static func chunks(of png: [UInt8]) -> [(name: String, content: [UInt8], isSound: Bool)]? {
        guard png.starts(with: signature) else { return nil }
        var found: [(name: String, content: [UInt8], isSound: Bool)] = []
        var place = 8
        while place + 12 <= png.count {
            let length = png.number(at: place, count: 4)
            guard place + 12 + length <= png.count else { return nil }
            let body = Array(png[(place + 4)..<(place + 8 + length)])
            let sum = png.number(at: place + 8 + length, count: 4)
            found.append((String(decoding: body[..<4], as: UTF8.self), Array(body[4...]), sum == Int(crc(body))))
            place += 12 + length
            if found.last?.name == "IEND" { return found }
        }
        return nil
    }

    // MARK: JPEG

    static let jfif: [UInt8] = segment(0xE0, Array("JFIF\0\u{1}\u{1}".utf8) + [0, 0, 1, 0, 1, 0, 0])
    static let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0, 0x56, 0xFF, 0xD9]

    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + Array(bigEndian: content.count + 2, count: 2) + content
    }

    static func jpeg(_ segments: [[UInt8]] = [jfif, segment(0xDB, [UInt8](repeating: 9, count: 65))]) -> [UInt8] {
        [0xFF, 0xD8] + segments.flatMap { $0 } + scan
    }

    /// Marker and content of every segment before the picture.
    static func segments(of jpeg: [UInt8]) -> [(marker: UInt8, content: [UInt8])] {
        var found: [(marker: UInt8, content: [UInt8])] = []
        var place = 2
        while place + 4 <= jpeg.count, jpeg[place + 1] != 0xDA {
            let length = jpeg.number(at: place + 2, count: 2)
            found.append((jpeg[place + 1], Array(jpeg[(place + 4)..<(place + 2 + length)])))
            place += 2 + length
        }
        return found
    }

    // MARK: WebP

    static func riffChunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + Array(littleEndian: content.count, count: 4) + content + (content.count % 2 == 1 ? [0] : [])
    }

    static func webp(_ chunks: [[UInt8]]) -> [UInt8] {
        let body = Array("WEBP".utf8) + chunks.flatMap { $0 }
        return Array("RIFF".utf8) + Array(littleEndian: body.count, count: 4) + body
    }

    /// A lossless picture of this size.
    static func lossless(width: Int, height: Int, hasAlpha: Bool = false, filler: Int = 4) -> [UInt8] {
        let bits = (width - 1) | (height - 1) << 14 | (hasAlpha ? 1 << 28 : 0)
        return riffChunk("VP8L", [0x2F] + Array(littleEndian: bits, count: 4) + [UInt8](repeating: 7, count: filler))
    }

    /// A lossy one.
    static func lossy(width: Int, height: Int) -> [UInt8] {
        riffChunk(
            "VP8 ",
            [0x10, 0, 0, 0x9D, 0x01, 0x2A] + Array(littleEndian: width, count: 2)
                + Array(littleEndian: height, count: 2)
                + [1, 2, 3]
        )
    }

    /// Name and content of every chunk; nil: the lengths do not fill the file.
    static func chunks(ofWebP file: [UInt8]) -> [(name: String, content: [UInt8])]? {
        guard file.count >= 12, file.littleEndian(at: 4, count: 4) == file.count - 8 else { return nil }
        var found: [(name: String, content: [UInt8])] = []
        var place = 12
        while place < file.count {
            guard place + 8 <= file.count else { return nil }
            let length = file.littleEndian(at: place + 4, count: 4)
            guard place + 8 + length + length % 2 <= file.count else { return nil }
            let name = String(decoding: file[place..<(place + 4)], as: UTF8.self)
            found.append((name, Array(file[(place + 8)..<(place + 8 + length)])))
            place += 8 + length + length % 2
        }
        return found
    }

    // MARK: Writing

    /// The whole file; nil where it is to be left as it is.
    static func embedding(_ metadata: PictureMetadata, in file: [UInt8]) -> [UInt8]? {
        MetadataEmbedding(metadata).pieces(for: FileContent(Data(file))).map { pieces in
            pieces.flatMap { piece in
                switch piece {
                case .copied(let range): Array(file[range])
                case .written(let bytes): bytes
                }
            }
        }
    }

    static func found(in file: [UInt8]) -> FoundMetadata? { FoundMetadata(FileContent(Data(file))) }
}
