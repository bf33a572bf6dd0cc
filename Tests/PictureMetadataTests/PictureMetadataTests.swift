import CImageCodecs
import Foundation
import ReplicateAPI
import Testing

@testable import PictureMetadata

struct PictureMetadataTests {
    private let made = PictureMetadata(
        model: "black-forest-labs/flux-schnell",
        version: "abc123",
        prompt: "a \"red\" fox & an owl <3\nat night, 85 mm — 狐",
        inputs: ["seed": .integer(42), "aspect_ratio": .string("16:9")],
        predictionID: "xk3f9q",
        cost: "$0.003",
        createdAt: Date(timeIntervalSince1970: 1_764_288_000)
    )

    private func encoded(_ encode: (UnsafePointer<UInt8>, inout UnsafeMutablePointer<UInt8>?, inout Int) -> Bool)
        -> Data
    {
        let rgb = (0..<(16 * 16 * 3)).map { UInt8($0 % 256) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var size = 0
        guard encode(rgb, &bytes, &size), let bytes else { return Data() }
        defer { image_codecs_free(bytes) }
        return Data(bytes: bytes, count: size)
    }

    private var png: Data { encoded { image_codecs_encode_png($0, 16, 16, &$1, &$2) } }
    private var jpeg: Data { encoded { image_codecs_encode_jpeg($0, 16, 16, 90, &$1, &$2) } }
    private func webp(lossless: Bool) -> Data {
        let rgb = (0..<(16 * 16 * 3)).map { UInt8($0 % 256) }
        var bytes: UnsafeMutablePointer<UInt8>?
        let size =
            lossless
            ? WebPEncodeLosslessRGB(rgb, 16, 16, 48, &bytes) : WebPEncodeRGB(rgb, 16, 16, 48, 80, &bytes)
        guard let bytes else { return Data() }
        defer { WebPFree(bytes) }
        return Data(bytes: bytes, count: size)
    }

    private func pixels(_ file: Data) -> [UInt8]? {
        var pixels = [UInt8](repeating: 0, count: 16 * 16 * 4)
        let isRead = file.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: UInt8.self).baseAddress
            return pixels.withUnsafeMutableBufferPointer { buffer in
                let canvas = image_codecs_canvas(pixels: buffer.baseAddress, width: 16, height: 16)
                return image_codecs_decode_png(start, bytes.count, 16, 16, canvas)
                    || image_codecs_decode_jpeg(start, bytes.count, 16, 16, canvas)
                    || WebPDecodeRGBAInto(start, bytes.count, buffer.baseAddress, buffer.count, 64) != nil
            }
        }
        return isRead ? pixels : nil
    }

    @Test func `what made a picture is read from its file again, and no pixel has changed`() throws {
        for file in [png, jpeg, webp(lossless: false), webp(lossless: true)] {
            let before = try #require(pixels(file))
            let written = try #require(made.embedded(in: file))
            #expect(pixels(written) == before)
            let found = try #require(FoundMetadata(file: written))
            #expect(found.origin == .darkroom)
            #expect(found.own == made)
            #expect(found.seed == 42)
            // Written once more it takes the place of what was there.
            let again = try #require(made.embedded(in: written))
            #expect(FoundMetadata(file: again)?.own == made)
        }
    }

    @Test func `the same run gives the same bytes`() {
        #expect(made.embedded(in: png) == made.embedded(in: png))
        #expect(made.embedded(in: webp(lossless: false)) == made.embedded(in: webp(lossless: false)))
    }

    @Test func `a file that is no picture, or cut off anywhere, is left as it is`() {
        #expect(made.embedded(in: Data("no picture".utf8)) == nil)
        #expect(made.embedded(in: Data()) == nil)
        for file in [png, jpeg, webp(lossless: false)] {
            for length in stride(from: 0, to: file.count - 4, by: 3) {
                let cut = file.prefix(length)
                if let written = made.embedded(in: cut) {
                    // A JPEG's header may be whole where its picture is not: then the rest is as it was.
                    #expect(written.suffix(16) == cut.suffix(16))
                }
                _ = FoundMetadata(file: cut)
            }
        }
    }

    @Test func `a prompt too long for a JPEG's segment leaves the file as it is`() {
        var long = made
        long.prompt = String(repeating: "fox ", count: 20_000)
        #expect(long.embedded(in: jpeg) == nil)
        #expect(long.embedded(in: png) != nil)
    }

    @Test func `a damaged length never leads beyond the file`() {
        for file in [png, jpeg, webp(lossless: true)] {
            for place in 0..<min(file.count, 64) {
                var bytes = file
                bytes[place] = 0xFF
                _ = FoundMetadata(file: bytes)
                _ = made.embedded(in: bytes)
            }
        }
    }
}

struct OtherProgramsTests {
    @Test func `Automatic1111`() throws {
        let text = """
            a red fox, masterpiece
            second line
            Negative prompt: blurry, low quality
            Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1234567890, Size: 512x768, Model hash: abc, Model: sd15
            """
        let found = try #require(OtherPrograms.automatic1111(text))
        #expect(found.prompt == "a red fox, masterpiece\nsecond line")
        #expect(found.negativePrompt == "blurry, low quality")
        #expect((found.seed, found.width, found.height) == (1_234_567_890, 512, 768))
        #expect(found.model == "sd15")
        #expect(OtherPrograms.automatic1111("only a prompt") == nil)
    }

    @Test func `ComfyUI`() throws {
        let text = """
            {"3": {"class_type": "KSampler", "inputs": {"seed": 8566257, "positive": ["6", 0], "negative": ["7", 0]}},
             "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5.safetensors"}},
             "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 640}},
             "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox", "clip": ["4", 1]}},
             "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "text, watermark"}}}
            """
        let found = try #require(OtherPrograms.read(texts: ["prompt": text], comment: nil))
        #expect(found.origin == .comfyUI)
        #expect((found.prompt, found.negativePrompt) == ("a fox", "text, watermark"))
        #expect((found.seed, found.width, found.height) == (8_566_257, 512, 640))
        #expect(found.model == "v1-5.safetensors")
        // A graph that goes round ends.
        let round = """
            {"1": {"class_type": "KSampler", "inputs": {"positive": ["2", 0]}},
             "2": {"class_type": "X", "inputs": {"conditioning": ["2", 0]}}}
            """
        #expect(OtherPrograms.comfyUI(round) == nil)
    }

    @Test func `InvokeAI, new and old`() throws {
        let new =
            #"{"positive_prompt": "a fox", "negative_prompt": "", "seed": 7, "width": 1024, "height": 576, "model": {"name": "flux"}}"#
        let found = try #require(OtherPrograms.invokeAI(new))
        #expect((found.prompt, found.seed, found.width, found.height) == ("a fox", 7, 1_024, 576))
        #expect(found.model == "flux")
        let old = #"{"image": {"prompt": [{"prompt": "an owl", "weight": 1}], "seed": 9, "width": 512, "height": 512}}"#
        #expect(OtherPrograms.invokeAI(old)?.prompt == "an owl")
        #expect(OtherPrograms.invokeAI("[]") == nil)
    }

    @Test(arguments: [true, false])
    func `the comment of an EXIF block, in either order of bytes`(isLittle: Bool) {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            let bytes = (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) }
            return isLittle ? bytes : bytes.reversed()
        }
        let text = Array("fox".utf16).flatMap { number(Int($0), 2) }
        let comment = Array("UNICODE\0".utf8) + text
        var block = Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
        block += number(1, 2) + number(0x8769, 2) + number(4, 2) + number(1, 4) + number(26, 4) + number(0, 4)
        block +=
            number(1, 2) + number(0x9286, 2) + number(7, 2) + number(comment.count, 4) + number(44, 4) + number(0, 4)
        block += comment
        #expect(ExifComment.read(block) == "fox")
        for length in 0..<block.count { _ = ExifComment.read(Array(block.prefix(length))) }
    }
}
