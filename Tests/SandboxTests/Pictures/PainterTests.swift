import Foundation
import Testing

@testable import Sandbox

struct PainterTests {
    static let words = [
        "red", "fox", "forest", "sea", "night", "snow", "cat", "house", "abstract", "city", "desert", "storm", "moon",
        "waves", "bokeh", "mountains", "morning", "fog", "夜", "🦊",
    ]

    @Test(arguments: 0..<24)
    func `any prompt, seed and shape makes a picture`(round: Int) {
        let sizes = [(48, 48), (64, 27), (27, 64), (16, 90)]
        for seed in 0..<8 {
            let index = round * 8 + seed
            let prompt = "\(Self.words[index % 20]) \(Self.words[index * 7 % 20])"
            let (width, height) = sizes[index % 4]
            let canvas = Painter.paint(prompt: prompt, seed: index, width: width, height: height)
            #expect(canvas.width == width && canvas.height == height)
        }
    }

    @Test func `the same prompt and seed make the same picture, another seed another one`() {
        func bytes(_ seed: Int) -> Data? {
            Painter.paint(prompt: "a red fox", seed: seed, width: 40, height: 40).encoded(.png, quality: 80)
        }
        #expect(bytes(1) == bytes(1))
        #expect(bytes(1) != bytes(2))
    }
}
