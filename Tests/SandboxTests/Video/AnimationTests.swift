import CImageCodecs
import Foundation
import Testing

@testable import Sandbox

struct AnimationTests {
    private static func animation() throws -> Animation {
        let picture = Painter.paint(prompt: "a lake", seed: 1, width: 96, height: 64)
        let show = try #require(Slideshow(pictures: [picture], duration: 1, aspect: 1.5, longSide: 48))
        return Animation(frames: show.canvases(), milliseconds: 80)
    }

    @Test func `an animated WebP has all of its frames, and the time of each`() throws {
        let file = try #require(try Self.animation().webp())
        try file.withUnsafeBytes { bytes in
            var data = WebPData(bytes: bytes.bindMemory(to: UInt8.self).baseAddress, size: bytes.count)
            let decoder = try #require(WebPAnimDecoderNew(&data, nil))
            defer { WebPAnimDecoderDelete(decoder) }
            var (frames, end) = (0, Int32(0))
            var pixels: UnsafeMutablePointer<UInt8>?
            while WebPAnimDecoderHasMoreFrames(decoder) != 0, WebPAnimDecoderGetNext(decoder, &pixels, &end) != 0 {
                frames += 1
            }
            #expect(end == 12 * 80)
            #expect((2...12).contains(frames))
        }
    }

    @Test func `a GIF ends as it should, and has a frame for each`() throws {
        let file = try #require(try Self.animation().gif())
        #expect(file.starts(with: Data("GIF89a".utf8)))
        #expect(file.last == 0x3B)
        #expect(file.count > 12 * 48 * 32 * 9 / 8)
        #expect(Animation(frames: [], milliseconds: 80).gif() == nil)
        #expect(Animation(frames: [], milliseconds: 80).webp() == nil)
    }
}
