import CImageCodecs
import Foundation
import Pixels
import Testing

@testable import Pictures

struct FilmReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let size = PixelSize(width: 4, height: 4)

    /// A GIF of 4×4 pixels in black, red, green and blue; each frame covers a part of the canvas.
    private static func gif(
        _ frames: [(index: Int, left: Int, width: Int, disposal: Int, hundredths: Int)]
    ) -> Data {
        var file = Data("GIF89a".utf8) + Data([4, 0, 4, 0, 0x81, 0, 0])
        file += Data([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])
        for frame in frames {
            let time = UInt8(frame.hundredths)
            file += Data([0x21, 0xF9, 4, UInt8(frame.disposal << 2), time, 0, 0, 0])
            file += Data([0x2C, UInt8(frame.left), 0, 0, 0, UInt8(frame.width), 0, 4, 0, 0, 2])
            // Three bits a code: clear (4), a pixel, again and again, so that no code is ever made of two.
            var (bits, count) = (0, 0)
            for _ in 0..<(frame.width * 4) {
                bits |= (4 | frame.index << 3) << count
                count += 6
            }
            bits |= 5 << count
            let bytes = (0...(count + 2) / 8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
            file += Data([UInt8(bytes.count)]) + Data(bytes) + Data([0])
        }
        return file + Data([0x3B])
    }

    private static func frames(_ data: Data) throws(PictureError) -> GIFFrames {
        let source = ByteSource(data)
        guard let header = PictureHeaderReader.read(source) else { throw .damaged(.gif) }
        return try GIFFrames(source, header, fitting: size)
    }

    /// The pixels of the first row.
    private func row(_ bitmap: Bitmap?) -> String? {
        bitmap.map { bitmap in
            (0..<4).map { column in
                switch Array(bitmap.pixels[(column * 4)..<(column * 4 + 4)]) {
                case [255, 0, 0, 255]: "r"
                case [0, 255, 0, 255]: "g"
                case [0, 0, 255, 255]: "b"
                case [0, 0, 0, 0]: "."
                default: "?"
                }
            }.joined()
        }
    }

    // MARK: GIF

    @Test func `frames of a GIF lie one over the other, and give way as they say`() throws {
        // 64 bits hold ten pixels of codes: frames are two columns wide at most.
        let frames = try Self.frames(
            Self.gif([
                (1, 0, 2, 1, 10), (2, 1, 2, 2, 20), (3, 3, 1, 3, 10), (1, 2, 1, 1, 10),
            ])
        )
        #expect(row(try frames.frame(at: 0)) == "rr..")
        #expect(row(try frames.frame(at: 0.15)) == "rgg.")
        #expect(row(try frames.frame(at: 0.31)) == "r..b")
        #expect(row(try frames.frame(at: 0.45)) == "r.r.")
        #expect(try frames.frame(at: 0.5) == nil)
        // Back, and over several at once.
        #expect(row(try frames.frame(at: 0.05)) == "rr..")
        #expect(row(try frames.frame(at: 0.45)) == "r.r.")
    }

    @Test func `a GIF says how long it is, a still one does not move, and its first frame is a picture`() throws {
        let moving = Self.gif([(1, 0, 2, 1, 10), (2, 0, 2, 1, 30)])
        let header = try #require(PictureHeaderReader.read(moving))
        #expect((header.width, header.height) == (4, 4))
        #expect(abs((header.duration ?? 0) - 0.4) < 0.001)
        #expect(abs((header.framesPerSecond ?? 0) - 5) < 0.01)
        let still = Self.gif([(3, 0, 2, 1, 10)])
        #expect(PictureHeaderReader.read(still)?.duration == nil)
        #expect(row(try PictureDecoder.decode(still)) == "bb..")
    }

    @Test func `a GIF that is cut off or changed anywhere never leads beyond its bytes`() {
        let whole = Self.gif([(1, 0, 2, 2, 10), (2, 1, 2, 3, 10), (3, 3, 1, 1, 10)])
        for length in 0..<whole.count {
            _ = try? Self.frames(whole.prefix(length)).frame(at: 0.25)
        }
        for place in 6..<whole.count {
            for value in [UInt8(0), 7, 0x3F, 0xFF] {
                var changed = whole
                changed[place] = value
                _ = try? Self.frames(changed).frame(at: 0.25)
            }
        }
    }

    @Test(arguments: 0..<64)
    func `codes that nobody wrote draw nothing beyond the canvas`(seed: Int) {
        var random = seed &* 0x9E37_79B9 &+ 1
        let codes = (0..<4_000).map { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: random >> 33)
        }
        var pixels = [UInt8](repeating: 7, count: 40 * 40 * 4 + 64)
        let frame = image_codecs_gif_frame(
            left: 5,
            top: 3,
            width: 90,
            height: 50,
            transparent: -1,
            is_interlaced: seed % 2 == 0
        )
        _ = pixels.withUnsafeMutableBufferPointer {
            image_codecs_gif_draw(
                codes,
                codes.count,
                Int32(1 + seed % 8),
                [UInt8](repeating: 200, count: 768),
                256,
                frame,
                image_codecs_canvas(pixels: $0.baseAddress, width: 40, height: 40)
            )
        }
        #expect(pixels.suffix(64).allSatisfy { $0 == 7 })
    }

    // MARK: WebP

    private func animatedWebP() throws -> Data {
        var options = WebPAnimEncoderOptions()
        try #require(WebPAnimEncoderOptionsInit(&options) != 0)
        let encoder = try #require(WebPAnimEncoderNew(16, 16, &options))
        defer { WebPAnimEncoderDelete(encoder) }
        for (index, color) in [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]].enumerated() {
            let bitmap = Sample.plain(16, 16, color.map { UInt8($0) })
            var picture = WebPPicture()
            try #require(WebPPictureInit(&picture) != 0)
            defer { WebPPictureFree(&picture) }
            var config = WebPConfig()
            try #require(WebPConfigInit(&config) != 0)
            config.lossless = 1
            picture.use_argb = 1
            picture.width = 16
            picture.height = 16
            try #require(WebPPictureImportRGBA(&picture, bitmap.pixels, 64) != 0)
            try #require(WebPAnimEncoderAdd(encoder, &picture, Int32(index * 100), &config) != 0)
        }
        try #require(WebPAnimEncoderAdd(encoder, nil, 300, nil) != 0)
        var data = WebPData()
        try #require(WebPAnimEncoderAssemble(encoder, &data) != 0)
        defer { WebPFree(UnsafeMutableRawPointer(mutating: data.bytes)) }
        return Data(bytes: data.bytes, count: data.size)
    }

    @Test func `an animated WebP is shown moment by moment, and again`() throws {
        let source = ByteSource(try animatedWebP())
        let header = try #require(PictureHeaderReader.read(source))
        #expect((header.duration, header.framesPerSecond) == (0.3, 10))
        let frames = try WebPFrames(source, header, fitting: Self.size)
        #expect(row(try frames.frame(at: 0)) == "rrrr")
        #expect(row(try frames.frame(at: 0.05)) == "rrrr")
        #expect(row(try frames.frame(at: 0.25)) == "bbbb")
        #expect(try frames.frame(at: 0.3) == nil)
        #expect(row(try frames.frame(at: 0.1)) == "gggg")
    }

    @Test func `a damaged animation is an error or a frame, and nothing else`() throws {
        let whole = try animatedWebP()
        for place in stride(from: 20, to: whole.count, by: 3) {
            var changed = whole
            changed[place] ^= 0x55
            let source = ByteSource(changed)
            guard let header = PictureHeaderReader.read(source), header.width <= 64, header.height <= 64 else {
                continue
            }
            let frames = try? WebPFrames(source, header, fitting: Self.size)
            _ = try? frames?.frame(at: 0.25)
        }
    }

    // MARK: Films

    @Test func `whole pictures in an MP4 are shown moment by moment`() throws {
        let colors: [[UInt8]] = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]]
        let muxer = MovieMuxer(samples: colors.map { Sample.jpeg(Sample.plain(32, 24, $0)) })
        let source = ByteSource(muxer.data)
        let frames = try #require(MotionPictureFrames(source, fitting: PixelSize(width: 8, height: 6)))
        let table = try #require(MP4SampleTable.videoTracks(of: source).first)
        #expect(table.count == 3)
        var seen: [Int?] = []
        for part in [0.01, 0.5, 0.99] {
            let bitmap = try #require(try frames.frame(at: table.duration * part))
            #expect((bitmap.width, bitmap.height) == (8, 6))
            seen.append(bitmap.pixels[..<3].firstIndex { $0 > 200 })
        }
        #expect(seen == [0, 1, 2])
        #expect(try frames.frame(at: table.duration) == nil)
    }

    private func film(_ script: String) throws -> (FilmReader, () -> String) {
        _ = try folder.script("ffmpeg", script)
        var muxer = MovieMuxer(samples: [Data("not a picture".utf8)])
        muxer.codec = "avc1"
        let url = try folder.file("clip.mp4", muxer.data)
        let reader = try FilmReader(
            contentsOf: url,
            columns: 8,
            rows: 3,
            display: PictureDisplay(),
            searchPath: folder.url.path + ":/usr/bin:/bin"
        )
        let log = folder.url.appending(path: "starts")
        return (reader, { (try? String(contentsOf: log, encoding: .utf8)) ?? "" })
    }

    @Test func `other films come from one ffmpeg, frame by frame, which starts anew for a moment before`() throws {
        // 32×24 pixels fit into 8 cells of one pixel by three of two as 8×6: 192 bytes a frame.
        let (reader, starts) = try film(
            """
            echo "$*" >> '\(folder.url.path)/starts'
            n=0
            while [ $n -lt 30 ]; do head -c 192 /dev/zero | tr '\\0' "\\$((200 + n / 10 * 20))"; n=$((n + 1)); done
            """
        )
        #expect(try reader.picture(at: 0) != nil)
        #expect(try reader.picture(at: 1) != nil)
        #expect(starts().split(separator: "\n").count == 1)
        #expect(try reader.picture(at: 3) == nil)
        #expect(try reader.picture(at: 0.5) != nil)
        let lines = starts().split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("-protocol_whitelist file,pipe -") && $0.contains("-f mov -i file:/") })
        #expect(lines[1].contains("-ss 0.5 "))
        #expect(lines[0].contains("scale=8:6") && !lines[0].contains("-ss"))
    }

    @Test func `an ffmpeg that cannot read the film is an error, and none is a sentence`() throws {
        let (reader, _) = try film("exit 1")
        #expect(throws: PictureError.decoderFailed) { try reader.picture(at: 0) }
        #expect(throws: PictureError.noDecoder) {
            _ = try FilmReader(
                contentsOf: folder.url.appending(path: "clip.mp4"),
                columns: 8,
                rows: 3,
                display: PictureDisplay(),
                searchPath: ""
            )
        }
    }

    @Test func `an ffmpeg that hangs is given up when the film is closed, and ends with it`() async throws {
        let mark = folder.url.appending(path: "pid")
        _ = try folder.script(
            "ffmpeg",
            "/bin/sleep 1000 & echo $! > '\(mark.path).part'; mv '\(mark.path).part' '\(mark.path)'; wait"
        )
        var muxer = MovieMuxer(samples: [Data("not a picture".utf8)])
        muxer.codec = "avc1"
        do {
            let reader = try FilmReader(
                contentsOf: try folder.file("clip.mp4", muxer.data),
                columns: 8,
                rows: 3,
                display: PictureDisplay(),
                searchPath: folder.url.path + ":/usr/bin:/bin",
                isOver: { FileManager.default.fileExists(atPath: mark.path) }
            )
            #expect(throws: PictureError.cancelled) { try reader.picture(at: 0) }
        }
        let text = try String(contentsOf: mark, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        try await waitUntilGone(try #require(Int32(text)))
    }

    @Test func `a still picture is no film`() throws {
        let url = try folder.file("still.png", Sample.png(Sample.gradient(8, 8)))
        #expect(throws: PictureError.unsupported(.png)) {
            _ = try FilmReader(contentsOf: url, columns: 8, rows: 3, display: PictureDisplay())
        }
    }

    private func waitUntilGone(_ id: Int32) async throws {
        while let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) {
            if status.contains(") Z ") || status.contains(") X ") { return }
            await Task.yield()
        }
    }

    @Test func `of a film that is zoomed into, a part of each frame is drawn at its own scale`() throws {
        let frames = [Sample.plain(64, 48, [255, 0, 0, 255]), Sample.plain(64, 48, [0, 0, 255, 255])]
        let url = try folder.file("clip.webp", Sample.animatedWebP(frames, milliseconds: 100))
        let reader = try FilmReader(
            contentsOf: url,
            columns: 10,
            rows: 5,
            display: PictureDisplay(),
            crop: PictureCrop(percent: 100, x: 32, y: 24)
        )
        for (second, color) in [(0.0, PixelColor.rgb(255, 0, 0)), (0.15, .rgb(0, 0, 255))] {
            let cells = try #require(try reader.picture(at: second)).cells
            #expect((cells.columns, cells.rows) == (10, 5))
            #expect(cells[column: 5, row: 2].foreground == color)
        }
    }
}
