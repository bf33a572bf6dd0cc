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

    /// The whole file; nil where it is to be left as it is.
    private func embedded(_ metadata: PictureMetadata, in file: Data) -> Data? {
        MetadataEmbedding(metadata).pieces(for: FileContent(file)).map { pieces in
            pieces.reduce(into: Data()) { written, piece in
                switch piece {
                case .copied(let range):
                    written += file[file.startIndex + range.lowerBound..<file.startIndex + range.upperBound]
                case .written(let bytes): written += bytes
                }
            }
        }
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
            let written = try #require(embedded(made, in: file))
            #expect(pixels(written) == before)
            let found = try #require(FoundMetadata(FileContent(written)))
            #expect(found.origin == .darkroom)
            #expect(found.own == made)
            #expect(found.seed == 42)
            // Written once more it takes the place of what was there.
            let again = try #require(embedded(made, in: written))
            #expect(FoundMetadata(FileContent(again))?.own == made)
        }
    }

    @Test func `the same run gives the same bytes`() {
        #expect(embedded(made, in: png) == embedded(made, in: png))
        #expect(embedded(made, in: webp(lossless: false)) == embedded(made, in: webp(lossless: false)))
    }

    @Test func `a file that is no picture, or cut off anywhere, is left as it is`() {
        #expect(embedded(made, in: Data("no picture".utf8)) == nil)
        #expect(embedded(made, in: Data()) == nil)
        for file in [png, jpeg, webp(lossless: false)] {
            for length in stride(from: 0, to: file.count - 4, by: 3) {
                let cut = file.prefix(length)
                if let written = embedded(made, in: cut) {
                    // A JPEG's header may be whole where its picture is not: then the rest is as it was.
                    #expect(written.suffix(16) == cut.suffix(16))
                }
                _ = FoundMetadata(FileContent(cut))
            }
        }
    }

    @Test func `what is too long for a JPEG's segment is left out and named, the longest first`() throws {
        var long = made
        long.inputs["story"] = .string(String(repeating: "owl ", count: 20_000))
        let read = try #require(embedded(long, in: jpeg).flatMap { FoundMetadata(FileContent($0)) }?.own)
        #expect(read.omitted == ["story"])
        #expect((read.prompt, read.inputs["seed"]) == (made.prompt, .integer(42)))
        long.prompt = String(repeating: "fox ", count: 20_000)
        let short = try #require(embedded(long, in: jpeg).flatMap { FoundMetadata(FileContent($0)) }?.own)
        #expect(Set(short.omitted) == ["story", "prompt"])
        #expect(short.predictionID == made.predictionID)
        // The others have room.
        for file in [png, webp(lossless: false)] {
            #expect(embedded(long, in: file).flatMap { FoundMetadata(FileContent($0)) }?.own == long)
        }
    }

    @Test func `a packet of another program is kept, and ours is in it once`() throws {
        let foreign = """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
            xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" \
            Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
            """
        let once = try #require(XMPPacket.text(of: made, in: foreign, hasDescription: true))
        #expect(once.contains("trainedAlgorithmicMedia"))
        #expect(XMPPacket.metadata(in: once) == made)
        var other = made
        other.predictionID = "another"
        let twice = try #require(XMPPacket.text(of: other, in: once, hasDescription: true))
        #expect(XMPPacket.metadata(in: twice) == other)
        #expect(twice.count == once.count + "another".count - made.predictionID.count)
        #expect(twice.components(separatedBy: "darkroom:run").count == 2)
        #expect(XMPPacket.text(of: made, in: "no packet", hasDescription: true) == nil)
    }

    @Test func `a signed file stays as it is`() {
        let box = Array("JP\0\u{1}\0\0\0\u{1}jumb".utf8)
        let segment = Data([0xFF, 0xEB, 0, UInt8(box.count + 2)] + box)
        #expect(embedded(made, in: jpeg.prefix(2) + segment + jpeg.dropFirst(2)) == nil)
        let chunk = Data([0, 0, 0, 4] + Array("caBXjumb".utf8) + [0, 0, 0, 0])
        #expect(embedded(made, in: png.prefix(33) + chunk + png.dropFirst(33)) == nil)
    }

    @Test func `what follows a picture in its file stays there`() throws {
        for file in [png, jpeg, webp(lossless: false)] {
            let written = try #require(embedded(made, in: file + Data("appended".utf8)))
            #expect(written.suffix(8) == Data("appended".utf8))
        }
    }

    @Test func `the EXIF block of a file is left alone, and one is made where there is none`() throws {
        let written = try #require(embedded(made, in: jpeg))
        let block = try #require(JPEGFile(FileContent(written))?.exif)
        #expect(String(decoding: block, as: UTF8.self).contains("2025:11:28 00:00:00"))
        var other = made
        other.prompt = "another"
        let again = try #require(embedded(other, in: written))
        #expect(JPEGFile(FileContent(again))?.exif == block)
        #expect(WebPFile(FileContent(try #require(embedded(made, in: webp(lossless: true)))))?.exif == block)
    }

    @Test func `inputs that are nobody else's business are named and not written`() {
        let inputs = KeptInputs([
            "seed": .integer(1), "width": .null, "hf_token": .string("x"), "openai_api_key": .string("x"),
            "max_tokens": .integer(9), "notes": .string("/imagine a fox"),
            "image": .string("data:image/png;base64,AAAA"),
            "mask": .string("/home/ada/mask.png"), "style": .string("https://example.org/a.png?w=1080"),
            "pose": .string("https://example.org/a.png?X-Amz-Signature=1"),
            "images": .array([.string("https://ada:pw@example.org/a.png")]), "lora": .string("r8_abcdef"),
            "file": .string("file:///etc/passwd"),
        ])
        #expect(inputs.kept.keys.sorted() == ["max_tokens", "notes", "seed", "style"])
        #expect(
            inputs.omitted == ["file", "hf_token", "image", "images", "lora", "mask", "openai_api_key", "pose"]
        )
    }

    @Test func `a damaged length never leads beyond the file`() {
        for file in [png, jpeg, webp(lossless: true)] {
            for place in 0..<min(file.count, 64) {
                var bytes = file
                bytes[place] = 0xFF
                _ = FoundMetadata(FileContent(bytes))
                _ = embedded(made, in: bytes)
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
