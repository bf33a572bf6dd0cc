import FileTypes
import Foundation
import Pixels
import Testing

@testable import Pictures

struct FileCardTests {
    private let folder: TemporaryFolder
    private let reader = FileCardReader(searchPath: "")

    init() throws { folder = try TemporaryFolder() }

    private func card(_ name: String, _ bytes: [UInt8]) throws -> FileCard? {
        try reader.card(of: try folder.file(name, Data(bytes)))
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func big(_ number: Int, _ count: Int) -> [UInt8] { little(number, count).reversed() }

    /// One second; the first half is silent, the second as loud as `level` of full scale.
    private static func wave(
        tag: Int = 1,
        bits: Int = 16,
        channels: Int = 2,
        rate: Int = 8_000,
        level: Double = 0.5,
        length: Int? = nil
    ) -> [UInt8] {
        var samples: [UInt8] = []
        for frame in 0..<rate {
            let value = frame < rate / 2 ? 0 : frame % 2 == 0 ? level : -level
            let sample: [UInt8] =
                switch (tag, bits) {
                case (3, 32): little(Int(Float(value).bitPattern), 4)
                case (3, _): (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
                case (_, 8): [UInt8(128 + value * 127)]
                default: little(Int(value * Double(1 << (bits - 1))), bits / 8)
                }
            for _ in 0..<channels { samples += sample }
        }
        let head =
            Array("WAVEfmt ".utf8) + little(16, 4) + little(tag, 2) + little(channels, 2) + little(rate, 4)
            + little(rate * channels * bits / 8, 4) + little(channels * bits / 8, 2) + little(bits, 2)
        let data = Array("data".utf8) + little(length ?? samples.count, 4) + samples
        return Array("RIFF".utf8) + little(head.count + data.count, 4) + head + data
    }

    @Test(arguments: [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
    func `a WAVE file tells its format, its length and how loud it is when`(tag: Int, bits: Int) throws {
        let url = try folder.file("a.wav", Data(Self.wave(tag: tag, bits: bits)))
        let card = try #require(try reader.card(of: url))
        #expect((card.kind, card.format, card.duration) == (.audio, "wav", 1))
        #expect(card.details == ["8 kHz", "stereo", "\(bits) bit"])
        #expect(card.advice == nil)
        let (peaks, duration) = try reader.waveform(of: url) { false }
        #expect(peaks.count == Waveform.mostParts && duration == 1)
        #expect(peaks.prefix(Waveform.mostParts / 2 - 1).allSatisfy { $0 <= 1 })
        #expect(peaks.suffix(Waveform.mostParts / 2 - 1).allSatisfy { abs(Int($0) - 127) <= 2 })
        #expect(try reader.waveform(of: url) { true }.peaks.isEmpty)
    }

    @Test func `a WAVE file that was written as a stream is read to its end`() throws {
        for length in [0, 0xFFFF_FFFF] {
            #expect(try card("s.wav", Self.wave(length: length))?.duration == 1)
        }
        // Its head says more than there is.
        #expect(try card("cut.wav", Array(Self.wave().dropLast(16_000)))?.duration == 0.5)
    }

    @Test func `of a damaged WAVE file the kind is told`() throws {
        for bytes in [Array(Self.wave().prefix(30)), Array("RIFF".utf8) + Self.little(36, 4) + Array("WAVEfmt ".utf8)] {
            let card = try #require(try card("d.wav", bytes))
            #expect((card.kind, card.format, card.duration) == (.audio, "wav", nil))
        }
    }

    @Test func `an MP3 tells its length by its frames, else by its bitrate`() throws {
        let frame: [UInt8] = [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0, count: 413)
        let plain = try #require(try card("a.mp3", Array(repeatElement(frame, count: 100).joined())))
        #expect(plain.format == "mp3" && plain.details == ["44.1 kHz", "stereo"])
        #expect(abs((plain.duration ?? 0) - 41_700 * 8 / 128_000) < 0.001)
        #expect(plain.advice?.contains("install ffmpeg") == true)
        var first = frame
        first.replaceSubrange(36..<48, with: Array("Xing".utf8) + Self.big(1, 4) + Self.big(441, 4))
        let tag = Array("ID3\u{4}\0\0".utf8) + [0, 0, 0, 20] + [UInt8](repeating: 0, count: 20)
        let tagged = try #require(try card("b.mp3", tag + first + frame))
        #expect(abs((tagged.duration ?? 0) - Double(441 * 1152) / 44_100) < 0.001)
    }

    @Test func `FLAC, Ogg and AIFF tell rate, channels and length`() throws {
        let bits = 44_100 << 44 | 1 << 41 | 15 << 36 | 88_200
        let flac = Array("fLaC".utf8) + [0x80, 0, 0, 34] + [UInt8](repeating: 0, count: 10) + Self.big(bits, 8)
        let flacCard = try #require(try card("a.flac", flac + [UInt8](repeating: 0, count: 16)))
        #expect(flacCard.details == ["44.1 kHz", "stereo", "16 bit"] && flacCard.duration == 2)

        func page(_ granule: Int, _ packet: [UInt8]) -> [UInt8] {
            Array("OggS\0\u{2}".utf8) + Self.little(granule, 8) + [UInt8](repeating: 0, count: 12) + [
                1, UInt8(packet.count),
            ]
                + packet
        }
        let head = Array("OpusHead\u{1}\u{2}".utf8) + Self.little(312, 2) + Self.little(24_000, 4) + [0, 0, 0]
        let opus = try #require(try card("a.ogg", page(0, head) + page(48_000 * 3 + 312, [1, 2, 3])))
        #expect(opus.details == ["48 kHz", "stereo"] && opus.duration == 3 && opus.format == "ogg (opus)")

        let common = Self.big(1, 2) + Self.big(16_000, 4) + Self.big(16, 2) + [0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0]
        let aiff = Array("FORM".utf8) + Self.big(40, 4) + Array("AIFFCOMM".utf8) + Self.big(18, 4) + common
        let aiffCard = try #require(try card("a.aiff", aiff))
        #expect(aiffCard.details == ["8 kHz", "mono", "16 bit"] && aiffCard.duration == 2)
    }

    @Test func `a zip tells how many entries it has, and their names`() throws {
        func entry(_ name: String) -> [UInt8] {
            [0x50, 0x4B, 1, 2] + [UInt8](repeating: 0, count: 24) + Self.little(name.utf8.count, 2)
                + [UInt8](repeating: 0, count: 16) + Array(name.utf8)
        }
        let start: [UInt8] = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26)
        let directory = entry("weights.safetensors") + entry("logo/a.png")
        let end =
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(2, 2) + Self.little(2, 2) + Self.little(directory.count, 4)
            + Self.little(start.count, 4) + [0, 0]
        let card = try #require(try card("a.zip", start + directory + end))
        #expect((card.kind, card.format, card.details) == (.archive, "zip", ["2 entries"]))
        #expect(card.names == ["weights.safetensors", "logo/a.png"])
        let cut = try #require(try self.card("cut.zip", start + directory))
        #expect(cut.kind == .archive && cut.details.isEmpty)
        #expect(try self.card("model.usdz", start + directory + end)?.kind == .model3D)
    }

    @Test func `a tar archive is counted, a compressed one is not`() throws {
        func entry(_ name: String, _ size: Int) -> [UInt8] {
            var head = [UInt8](repeating: 0, count: 512)
            head.replaceSubrange(0..<name.utf8.count, with: name.utf8)
            let digits = String(size, radix: 8)
            let octal = String(repeating: "0", count: 11 - digits.count) + digits
            head.replaceSubrange(124..<135, with: Array(octal.utf8))
            head[156] = UInt8(ascii: "0")
            head.replaceSubrange(257..<262, with: Array("ustar".utf8))
            return head + [UInt8](repeating: 7, count: (size + 511) / 512 * 512)
        }
        let bytes = entry("a.txt", 3) + entry("b/c.bin", 1_000) + [UInt8](repeating: 0, count: 1_024)
        let card = try #require(try card("a.tar", bytes))
        #expect(card.details == ["2 entries"] && card.names == ["a.txt", "b/c.bin"])
        let packed = try #require(try self.card("a.tar.gz", [0x1F, 0x8B, 8, 0] + [UInt8](repeating: 1, count: 30)))
        #expect((packed.kind, packed.format, packed.details) == (.archive, "tar.gz", []))
    }

    @Test func `models, documents and unknown files tell what they are`() throws {
        let filling = [UInt8](repeating: 1, count: 60)
        let glb = try #require(try card("a.glb", Array("glTF".utf8) + Self.little(2, 4) + filling))
        #expect((glb.kind, glb.format, glb.details) == (.model3D, "glb", ["glTF 2"]))
        let ply = "ply\nformat ascii 1.0\nelement vertex 12\nelement face 20\nend_header\nelement face 3\n"
        #expect(try card("a.ply", Array(ply.utf8))?.details == ["12 vertices", "20 faces"])
        let stl = [UInt8](repeating: 0x20, count: 80) + Self.little(2, 4) + [UInt8](repeating: 0, count: 100)
        #expect(try card("a.stl", stl)?.details == ["2 triangles"])
        #expect(try card("a.obj", Array("v 0 0 0\nf 1 1 1\n".utf8))?.kind == .model3D)
        #expect(try card("a.pdf", Array("%PDF-1.7\n".utf8) + filling)?.kind == .document)
        let other = try #require(try card("a.bin", filling + [0]))
        #expect((other.kind, other.format, other.text) == (.other, "bin", ""))
        #expect(try card("empty", [])?.kind == .other)
    }

    @Test func `texts are there to be read, whatever says that they are text`() throws {
        for (name, text, format) in [
            ("a.csv", "a,b\n1,2\n", "csv"), ("a.html", "<!DOCTYPE html><p>a plot", "html"),
            ("a.json", "{\"a\": 1}", "json"),
            ("a.png", "<html><body>502 Bad Gateway", "html"), ("readme", "plain wörds\n", "txt"),
            ("a.md", "# Title", "md"),
        ] {
            let card = try #require(try card(name, Array(text.utf8)))
            #expect((card.kind, card.text, card.format) == (.text, text, format))
        }
        let units = "hé".utf16.map { Self.little(Int($0), 2) }
        let wide: [UInt8] = [0xFF, 0xFE] + units.joined()
        #expect(try card("w.txt", wide)?.text == "hé")
        let long = Array(repeatElement(Array("wörter ".utf8), count: 200_000).joined())
        let card = try #require(try card("long.txt", long))
        #expect(card.text.utf8.count <= FileCardReader.mostText && card.text.utf8.count > FileCardReader.mostText - 4)
        #expect(!card.text.contains("\u{FFFD}") && !card.details.isEmpty)
    }

    @Test func `pictures and films have no card, damaged or not`() throws {
        let png = Sample.png(Sample.gradient(8, 8))
        #expect(try card("a.png", Array(png)) == nil)
        #expect(try card("a.png", Array(png.prefix(20))) == nil)
        #expect(try card("a.avif", [0, 0, 0, 28] + Array("ftypavif".utf8)) == nil)
        let film = MovieMuxer(samples: [Sample.jpeg(Sample.gradient(8, 8))])
        #expect(try card("a.mp4", Array(film.data)) == nil)
    }

    @Test func `no cut of any of them is a crash`() throws {
        let whole = Self.wave(rate: 400)
        for length in stride(from: 0, to: whole.count, by: 7) {
            let url = try folder.file("cut.wav", Data(whole.prefix(length)))
            _ = try reader.card(of: url)
            _ = try reader.waveform(of: url) { false }
        }
        for head in ["fLaC", "OggS", "ID3\u{4}", "FORM1234AIFFCOMM", "PK\u{5}\u{6}", "glTF", "ply\n"] {
            for count in 0..<60 {
                _ = try card("x", Array(head.utf8) + [UInt8](repeating: 0xFF, count: count))
            }
        }
    }

    @Test func `sound that is not read here comes from ffmpeg`() throws {
        // Half a second of silence, half a second as loud as can be, in 8,000 samples a second.
        _ = try folder.script(
            "ffmpeg",
            "head -c 8000 /dev/zero; head -c 8000 /dev/zero | tr '\\0' '\\177'"
        )
        let path = "\(folder.url.path):/usr/bin:/bin"
        let frame: [UInt8] = [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0, count: 413)
        let url = try folder.file("a.mp3", Data(frame + frame))
        let reader = FileCardReader(searchPath: path)
        #expect(try reader.card(of: url)?.advice == nil)
        let (peaks, duration) = try reader.waveform(of: url) { false }
        #expect(duration == 1)
        #expect(peaks.prefix(peaks.count / 2 - 1).allSatisfy { $0 == 0 })
        #expect(peaks.suffix(peaks.count / 2 - 1).allSatisfy { $0 > 250 })
        let nothing = try FileCardReader(searchPath: "").waveform(of: url) { false }
        #expect(nothing.peaks.isEmpty && nothing.duration == nil)
    }

    @Test func `a waveform stays small however long the sound is`() {
        var waveform = Waveform(length: 1)
        for part in 0..<50 { waveform.add(repeatElement(Int16(part * 600), count: 1_000)) }
        #expect(waveform.count == 50_000)
        #expect(waveform.peaks.count <= Waveform.mostParts * 2)
        #expect(waveform.peaks == waveform.peaks.sorted())
        #expect(waveform.peaks.last == Waveform.level(Double(49 * 600) / 32_768))
    }

    @Test func `a picture of another format is drawn by ffmpeg, else says what to install`() async throws {
        let avif = try folder.file("a.avif", Data([0, 0, 0, 28] + Array("ftypavif".utf8)))
        await #expect(throws: PictureError.noPictureDecoder("avif")) {
            try await PictureReader.read(avif, searchPath: "")
        }
        #expect(PictureError.noPictureDecoder("avif").description.contains("AVIF"))
        let picture = try folder.file("drawn.png", Sample.png(Sample.gradient(32, 24)))
        _ = try folder.script("ffmpeg", "/bin/cat '\(picture.path)'")
        let (bitmap, facts) = try await PictureReader.read(avif, fitting: (16, 16), searchPath: folder.url.path)
        #expect((bitmap.width, bitmap.height) == (16, 12))
        #expect(facts == PictureFacts(width: 32, height: 24, format: "avif"))
    }
}
