import Foundation
import Testing

@testable import Sandbox

struct PictureTests {
    @Test(arguments: [PictureFormat.webp, .jpg, .png])
    func `a picture that was written is read again in its size and about its colours`(format: PictureFormat) throws {
        for (width, height) in [(1, 1), (7, 3), (64, 48), (3, 200)] {
            let canvas = PixelCanvas(width: width, height: height)
            canvas.fill([RGB(0xFF8000), RGB(0x0080FF)], top: 0, bottom: height)
            let data = try #require(canvas.encoded(format, quality: 95))
            let read = try #require(PixelCanvas.decoded(data))
            #expect((read.width, read.height) == (width, height))
            for index in 0..<canvas.count {
                let (one, other) = (Int(canvas.pixels[index]), Int(read.pixels[index]))
                #expect(abs(one - other) <= (format == .png ? 0 : 60), "byte \(index)")
            }
        }
    }

    @Test func `what is no picture, or is cut off, is none, and ends nothing`() throws {
        let canvas = Painter.paint(prompt: "a fox", seed: 1, width: 40, height: 30)
        for format in [PictureFormat.webp, .jpg, .png] {
            let data = try #require(canvas.encoded(format, quality: 80))
            for length in stride(from: 0, to: data.count, by: max(1, data.count / 60)) {
                _ = PixelCanvas.decoded(data.prefix(length))
            }
            var random = SeededRandom(seed: 5)
            for _ in 0..<60 {
                var broken = data
                for _ in 0..<6 { broken[random.index(below: broken.count)] = UInt8(random.index(below: 256)) }
                _ = PixelCanvas.decoded(broken)
            }
        }
        for text in ["", "RIFF", "a text that is no picture at all", "<svg xmlns='x'></svg>"] {
            #expect(PixelCanvas.decoded(Data(text.utf8)) == nil)
        }
    }

    @Test func `drawing beyond the edges changes nothing there and breaks nothing`() {
        let canvas = PixelCanvas(width: 20, height: 10)
        for (x, y) in [(-50.0, -50.0), (10, 5), (19, 9), (100, 3), (0, 0)] {
            for radius in [0.1, 0.5, 3, 80] {
                for profile in [PixelCanvas.Profile.glow, .soft, .disc, .lens] {
                    canvas.ellipse(x: x, y: y, radiusX: radius, radiusY: radius * 0.7, RGB(0xFFFFFF), 0.6, profile)
                }
            }
            canvas.blend(Int(x), Int(y), RGB(0xFF0000), 256)
        }
        canvas.fill([RGB(0), RGB(0xFFFFFF)], top: -5, bottom: 40)
        canvas.fill([RGB(0), RGB(0xFFFFFF)], top: 8, bottom: 2)
        canvas.blend(3, 3, RGB(0x102030), 256)
        #expect([0, 1, 2].map { canvas.pixels[(3 * 20 + 3) * 3 + $0] } == [0x10, 0x20, 0x30])
    }

    @Test(
        arguments: [
            ([:], 768, 768), (["aspect_ratio": "16:9"], 768, 432), (["aspect_ratio": "9:16"], 432, 768),
            (["aspect_ratio": "1:100"], 256, 768),
            (["aspect_ratio": "100:1"], 768, 256), (["megapixels": "0.25"], 512, 512),
            (["size": "1365x1024"], 768, 576),
            (["aspect_ratio": "custom", "width": 1_000, "height": 500], 768, 384),
            (["aspect_ratio": "match_input_image"], 768, 768),
            (["aspect_ratio": "0:1"], 768, 768), (["aspect_ratio": "wide"], 768, 768),
        ] as [([String: JSON], Int, Int)]
    )
    func `the size follows the inputs, within three to one`(input: [String: JSON], width: Int, height: Int) {
        let size = PictureSize(input: input, original: nil)
        #expect((size.width, size.height) == (width, height))
        #expect(size.width % 2 == 0 && size.height % 2 == 0)
    }

    @Test func `without a shape the original gives it`() {
        let size = PictureSize(
            input: ["aspect_ratio": "match_input_image"],
            original: PixelCanvas(width: 40, height: 20)
        )
        #expect((size.width, size.height) == (768, 384))
    }

    @Test func `colours mix from one end to the other`() {
        let (black, white) = (RGB(0x000000), RGB(0xFFFFFF))
        #expect(black.mixed(with: white, 0) == black)
        #expect(black.mixed(with: white, 1) == white)
        #expect(RGB(200, 200, 200).scaled(2) == RGB(255, 255, 255))
        for position in [-1, 0, 0.3, 1, 2] {
            let colour = RGB.gradient([black, RGB(0xFF0000), white], at: position)
            #expect((0...255).contains(colour.red) && (0...255).contains(colour.green))
        }
        #expect(RGB.gradient([black, white], at: 0) == black)
        #expect(RGB.gradient([black, white], at: 1) == white)
    }

    @Test(arguments: [
        ("a fox in the FOREST", SceneKind.forest), ("waves, at night", .sea), ("a city street", .city),
        ("neon planet", .city), ("abstract silk", .ribbons),
    ])
    func `the first telling word decides the scene`(prompt: String, kind: SceneKind) {
        var random = SeededRandom(seed: 1)
        #expect(Scene(prompt: prompt, random: &random).kind == kind)
    }

    @Test func `night is dark`() {
        for seed in 0..<20 {
            var random = SeededRandom(seed: UInt64(seed))
            let scene = Scene(prompt: "mountains at night", random: &random)
            #expect(scene.isNight && scene.palette.isDark)
        }
    }

    @Test func `a restyled picture has its new shape, and depends on picture, prompt and seed`() throws {
        let (one, other) = (
            Painter.paint(prompt: "a fox", seed: 1, width: 60, height: 40),
            Painter.paint(prompt: "the sea", seed: 1, width: 60, height: 40)
        )
        func bytes(_ picture: PixelCanvas, _ prompt: String, _ seed: Int) -> Data? {
            Restyling.restyled(picture, prompt: prompt, seed: seed, width: 32, height: 48).encoded(.png, quality: 80)
        }
        #expect(bytes(one, "snow", 1) == bytes(one, "snow", 1))
        #expect(bytes(one, "snow", 1) != bytes(other, "snow", 1))
        #expect(bytes(one, "snow", 1) != bytes(one, "a night", 1))
        let result = Restyling.restyled(one, prompt: "snow", seed: 1, width: 32, height: 48)
        #expect((result.width, result.height) == (32, 48))
    }
}
