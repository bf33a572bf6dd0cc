import Foundation
import TestSupport
import Testing

@testable import Pictures

struct MP4MovieTests {
    @Test(arguments: [4_294_967_295.0 * 4_294_967_295, .infinity, .nan, -1])
    func `a rate and a length that no film has are not known`(number: Double) {
        let header = PictureHeader(format: .mp4, width: 1, height: 1, duration: number, framesPerSecond: number)
        #expect(header.framesPerSecond == nil)
        #expect(header.duration == nil)
    }

    private let frame = Sample.gradient(32, 24)

    private func header(_ data: Data) -> PictureHeader? { PictureHeaderReader.read(data) }

    @Test(arguments: [false, true])
    func `size, duration and first sample are found`(isWide: Bool) throws {
        let samples = [Sample.jpeg(frame), Sample.jpeg(Sample.plain(32, 24, [0, 0, 0, 255]))]
        var muxer = MovieMuxer(samples: samples)
        muxer.isWide = isWide
        muxer.hasLongMediaBox = isWide
        let data = muxer.data
        let movie = try #require(MP4Movie(ByteSource(data)))
        let header = PictureHeader(format: .mp4, width: 32, height: 24, duration: 2.5, framesPerSecond: 2 / 2.5)
        #expect(movie.header == header)
        let offset = try #require(data.firstRange(of: samples[0])?.lowerBound)
        #expect(movie.firstSamples == [MP4Movie.Sample(offset: offset, count: samples[0].count)])
    }

    @Test func `a display matrix of a quarter turn swaps the sides`() {
        var muxer = MovieMuxer(samples: [Data([1])])
        muxer.isTurned = true
        #expect(header(muxer.data) == PictureHeader(format: .mp4, width: 24, height: 32, duration: 2.5))
    }

    @Test func `the duration of a fragmented movie is read from its own box`() {
        var muxer = MovieMuxer(samples: [Data([1])])
        muxer.isFragmented = true
        #expect(header(muxer.data) == PictureHeader(format: .mp4, width: 32, height: 24, duration: 2.5))
        muxer.isWide = true
        #expect(header(muxer.data) == PictureHeader(format: .mp4, width: 32, height: 24, duration: 2.5))
    }

    @Test func `an unknown duration is nil, not zero`() {
        for duration in [0, 0xFFFF_FFFF] {
            var muxer = MovieMuxer(samples: [Data([1])])
            muxer.duration = duration
            #expect(header(muxer.data) == PictureHeader(format: .mp4, width: 32, height: 24, duration: nil))
        }
        var stopped = MovieMuxer(samples: [Data([1])])
        stopped.timescale = 0
        #expect(header(stopped.data)?.duration == nil)
    }

    @Test func `a file without video has no header`() {
        var muxer = MovieMuxer(samples: [Data([1])])
        muxer.handler = "soun"
        #expect(header(muxer.data) == nil)
        #expect(MP4Movie(ByteSource(MovieMuxer.box("ftyp", Data("isom".utf8)))) == nil)
    }

    @Test func `a movie in front of its media is read as well`() {
        let samples = [Sample.jpeg(frame)]
        let muxer = MovieMuxer(samples: samples)
        let type = MovieMuxer.box("ftyp", Data("isom".utf8))
        let length = muxer.movie(samplesAt: 0).count
        let data = type + muxer.movie(samplesAt: type.count + length + 8) + MovieMuxer.box("mdat", samples[0])
        #expect(header(data) == PictureHeader(format: .mp4, width: 32, height: 24, duration: 2.5))
    }

    @Test(arguments: [0, 1, 2, 7, 0x7FFF_FFFF, 0xFFFF_FFFF])
    func `a hostile length ends the reading without harm`(length: Int) {
        let data = MovieMuxer(samples: [Sample.jpeg(frame)]).data
        let names = [
            "ftyp", "mdat", "moov", "mvhd", "trak", "tkhd", "mdia", "mdhd", "hdlr", "minf", "stbl", "stsd", "stsz",
        ]
        for name in names {
            guard let range = data.firstRange(of: Data(name.utf8)) else { continue }
            var changed = data
            changed.replaceSubrange(range.lowerBound - 4..<range.lowerBound, with: MovieMuxer.number(length, 4))
            for sample in MP4Movie(ByteSource(changed))?.firstSamples ?? [] {
                #expect(sample.offset >= 0 && sample.count >= 0 && sample.offset + sample.count <= changed.count)
            }
        }
    }

    @Test func `a 64-bit length beyond every file is refused`() {
        for length in [0, 15, 16, Int.max, -1] {
            let box = MovieMuxer.number(1, 4) + Data("moov".utf8) + MovieMuxer.number(length, 8)
            let movie = MP4Movie(ByteSource(MovieMuxer.box("ftyp", Data("isom".utf8)) + box))
            #expect((movie != nil) == (length == 16))
        }
    }

    @Test func `boxes nested in themselves end with the data`() {
        var nested = Data()
        for _ in 0..<400 { nested = MovieMuxer.box("moov", nested) }
        #expect(MP4Movie(ByteSource(nested))?.header == nil)
        let flat = Data(repeatElement(MovieMuxer.box("trak"), count: 10_000).joined())
        #expect(MP4Movie(ByteSource(MovieMuxer.box("moov", flat)))?.header == nil)
    }

    @Test func `a sample outside the file is refused`() {
        let muxer = MovieMuxer(samples: [Sample.jpeg(frame)])
        for offset in [1 << 31, 0xFFFF_FFFF] {
            let data = MovieMuxer.box("ftyp", Data("isom".utf8)) + muxer.movie(samplesAt: offset)
            #expect(MP4Movie(ByteSource(data))?.firstSamples == [])
        }
    }

    @Test func `a movie that is cut or changed anywhere is at worst unreadable`() {
        let data = MovieMuxer(samples: [Data(count: 40)]).data
        for length in 0..<data.count {
            let header = PictureHeaderReader.read(data.prefix(length))
            #expect(header.map { $0.width > 0 && $0.height > 0 } ?? true)
        }
        var generator = SeededGenerator(seed: 14496)
        for _ in 0..<3000 {
            var changed = data
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                changed[Int.random(in: 0..<data.count, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            _ = MP4Movie(ByteSource(changed))
        }
    }
}
