import Foundation
import Testing

@testable import Sandbox

struct MovieTests {
    /// The boxes of a part of an ISO file: name, and range of the content.
    private func boxes(_ data: Data, _ range: Range<Int>) throws -> [(name: String, content: Range<Int>)] {
        var found: [(String, Range<Int>)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            try #require(start + 8 <= range.upperBound)
            let size = data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            try #require(size >= 8 && start + size <= range.upperBound, "a box of \(size) bytes at \(start)")
            found.append((String(decoding: data[start + 4..<start + 8], as: UTF8.self), start + 8..<start + size))
            start += size
        }
        return found
    }

    private func number(_ data: Data, _ place: Int) -> Int { data[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }

    private func movie(_ count: Int) throws -> (file: Data, frames: [Data]) {
        let frames = try (0..<count).map { number in
            try #require(Painter.paint(prompt: "a fox", seed: number, width: 32, height: 24).encoded(.jpg, quality: 70))
        }
        return (MotionJPEGMovie(width: 32, height: 24, framesPerSecond: 12, frames: frames).encoded(), frames)
    }

    @Test func `a film is a row of boxes, its index in front of its frames`() throws {
        let (file, _) = try movie(3)
        let top = try boxes(file, 0..<file.count)
        #expect(top.map(\.name) == ["ftyp", "moov", "mdat"])
        let movie = try boxes(file, top[1].content)
        #expect(movie.map(\.name) == ["mvhd", "trak"])
        let track = try boxes(file, movie[1].content)
        #expect(track.map(\.name) == ["tkhd", "mdia"])
        let media = try boxes(file, track[1].content)
        #expect(media.map(\.name) == ["mdhd", "hdlr", "minf"])
        let table = try boxes(file, try boxes(file, media[2].content).first { $0.name == "stbl" }!.content)
        #expect(table.map(\.name) == ["stsd", "stts", "stsc", "stsz", "stco"])
    }

    @Test(arguments: [1, 2, 7])
    func `the index finds every frame, byte for byte`(count: Int) throws {
        let (file, frames) = try movie(count)
        func content(_ path: [String]) throws -> Range<Int> {
            var range = 0..<file.count
            for name in path { range = try #require(try boxes(file, range).first { $0.name == name }).content }
            return range
        }
        let table = ["moov", "trak", "mdia", "minf", "stbl"]
        let sizes = try content(table + ["stsz"])
        #expect(number(file, sizes.lowerBound + 8) == count)
        var place = number(file, try content(table + ["stco"]).lowerBound + 8)
        for (index, frame) in frames.enumerated() {
            let size = number(file, sizes.lowerBound + 12 + 4 * index)
            #expect(size == frame.count)
            #expect(file[place..<place + size] == frame)
            place += size
        }
        #expect(place == file.count)
        // 1,000 units a second.
        #expect(number(file, try content(["moov", "mvhd"]).lowerBound + 16) == count * 1_000 / 12)
    }

    @Test(
        arguments: [(1, 2.0, nil, 24), (3, 1, nil, 4), (5, 0.1, nil, 1), (2, 4, 16.0 / 9, 24)]
            as [(Int, Double, Double?, Int)]
    )
    func `pictures share the time, and the shape is that of the first or the one asked for`(
        count: Int,
        duration: Double,
        aspect: Double?,
        frames: Int
    ) throws {
        let pictures = (0..<count).map { _ in PixelCanvas(width: 40, height: 20) }
        let show = try #require(Slideshow(pictures: pictures, duration: duration, aspect: aspect))
        #expect(show.framesPerSlide == frames)
        #expect(show.width == 480 && show.height == (aspect == nil ? 240 : 270))
        #expect(show.width % 2 == 0 && show.height % 2 == 0)
    }

    @Test func `without a picture there is no film, and no shape is too long`() throws {
        #expect(Slideshow(pictures: [], duration: 2, aspect: nil) == nil)
        let long = try #require(Slideshow(pictures: [PixelCanvas(width: 1, height: 500)], duration: 0.1, aspect: nil))
        #expect((long.width, long.height) == (160, 480))
    }

    @Test func `every frame of a show is a picture of its size`() async throws {
        let pictures = (0..<2).map { Painter.paint(prompt: "a fox", seed: $0, width: 60, height: 40) }
        let show = try #require(Slideshow(pictures: pictures, duration: 0.5, aspect: nil))
        let frames = await show.frames()
        #expect(frames.count == show.framesPerSlide * 2)
        for frame in frames {
            let picture = try #require(PixelCanvas.decoded(frame))
            #expect((picture.width, picture.height) == (show.width, show.height))
        }
        #expect(Set(frames).count > 1)
    }
}

struct PictureSourceTests {
    private func failure(_ url: String) async -> String? {
        do {
            _ = try await PictureSource(upload: { _ in nil }).picture(at: url)
            return nil
        } catch { return "\(error)" }
    }

    @Test func `a data address is read, and what is none says so`() async throws {
        let picture = try #require(
            Painter.paint(prompt: "a fox", seed: 1, width: 20, height: 10).encoded(.png, quality: 80)
        )
        let source = PictureSource(upload: { $0 == "mine" ? picture : nil })
        let read = try await source.picture(at: "data:image/png;base64,\(picture.base64EncodedString())")
        #expect((read.width, read.height) == (20, 10))
        #expect(try await source.picture(at: "mine").width == 20)
        #expect(await failure("data:image/png;base64,***")?.contains("base64") == true)
        #expect(await failure("data:image/png,abc")?.contains("base64") == true)
        #expect(await failure("data:text/plain;base64,aGVsbG8=")?.contains("is not a picture") == true)
        #expect(await failure("ftp://h/a.png")?.contains("is not a URL") == true)
        #expect(await failure("nonsense")?.contains("is not a URL") == true)
    }

    @Test func `an address is fetched, and an answer that is none is told`() async throws {
        try await withRawSandbox { client, _ in
            let prediction = try await client.prediction(client.create().id)
            let url = try #require(prediction.at("output.0")?.stringValue)
            let picture = try await PictureSource(upload: { _ in nil }).picture(at: url)
            #expect(picture.width == 768)
            #expect(await failure("http://127.0.0.1:\(client.port)/delivery/none/a.png")?.contains("HTTP 404") == true)
        }
        #expect(await failure("http://127.0.0.1:1/a.png")?.contains("could not be fetched") == true)
    }

    @Test func `a long address is shortened in what is said of it`() async {
        let text = await failure("data:image/png;base64," + String(repeating: "*", count: 5_000))
        #expect((text?.count ?? 0) < 200)
    }
}
