import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import PictureMetadata

struct MetadataContentTests {
    private static let files = [
        RawPictures.png(), RawPictures.jpeg(), RawPictures.webp([RawPictures.lossless(width: 16, height: 9)]),
    ]

    private func made(_ prompt: String, inputs: JSONObject = [:]) -> PictureMetadata {
        PictureMetadata(
            model: "lab/fox",
            prompt: prompt,
            inputs: inputs,
            predictionID: "p1",
            createdAt: Date(timeIntervalSince1970: 1_764_288_000)
        )
    }

    @Test(arguments: [
        "", " ", "a red fox", "\"quoted\" 'twice'", "a < b > c & d", "&amp; &lt; &quot; &#10; &", "]]>", "\"/>",
        "</rdf:RDF>",
        "<darkroom:run>x</darkroom:run>", "darkroom:run=\"{}\"", "<?xpacket end=\"r\"?>", "line\nline\r\nline\ttab",
        "狐 🦊 👨‍👩‍👧 🇩🇪 e\u{301}", "\u{0}\u{1}\u{1B}[31m\u{7F}\u{85}\u{2028}", "\u{FEFF}mark", "\u{10FFFD}", "\\\"\\n\\u0041",
        "{\"program\": \"darkroom\"}", "Negative prompt: x\nSteps: 1, Seed: 2",
    ])
    func `any prompt comes back as it was, from every kind of file`(prompt: String) throws {
        let metadata = made(prompt, inputs: ["style": .string(prompt), "seed": .integer(7)])
        for file in Self.files {
            let written = try #require(RawPictures.embedding(metadata, in: file))
            let own = try #require(RawPictures.found(in: written)?.own)
            #expect(Array(own.prompt.unicodeScalars) == Array(prompt.unicodeScalars))
            #expect(own == metadata)
        }
    }

    @Test(arguments: ["\u{301}", "\u{FE0F}", "\u{200D}", "\u{1F3FD}", "\u{94D}", "\u{20E3}"])
    func `a mark that joins what is before it does not hide the end of an entity`(mark: String) throws {
        // Behind each character that the packet writes as an entity: `&quot;` and a mark end with one character, not two.
        for prompt in ["\(mark)fox", "a\"\(mark)", "a&\(mark)", "a<\(mark)", "a>\(mark)", "a'\(mark)", "a\n\(mark)"] {
            let metadata = made(prompt, inputs: ["style": .string(prompt)])
            for file in Self.files {
                let written = try #require(RawPictures.embedding(metadata, in: file))
                let own = RawPictures.found(in: written)?.own
                #expect(own == metadata, "\(prompt.debugDescription)")
                #expect(own.map { Array($0.prompt.utf8) } == Array(prompt.utf8))
            }
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `random texts come back, and the packet stays XML`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var prompt = ""
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                let value = [0...0x7F, 0x80...0x2FF, 0x300...0x36F, 0x2000...0x206F, 0x1F300...0x1F6FF]
                    .randomElement(using: &random)!
                prompt.unicodeScalars.append(Unicode.Scalar(UInt32(Int.random(in: value, using: &random)))!)
            }
            let metadata = made(prompt)
            let packet = try #require(XMPPacket.text(of: metadata, in: nil, hasDescription: true))
            #expect(XMPPacket.metadata(in: packet) == metadata, "\(prompt.debugDescription)")
            // Every quote and bracket in the value is an entity: the attribute ends where it should.
            let start = try #require(packet.range(of: "darkroom:run=\"", options: .literal))
            let value = packet[start.upperBound...].unicodeScalars.prefix { $0 != "\"" }
            #expect(!value.contains("<") && !value.contains("\n"))
            #expect(packet.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0xFFFE || $0.value > 0xFFFF })
        }
    }

    @Test func `our packet is found where another program has written the file anew`() {
        let json = #"{&quot;program&quot;:&quot;darkroom&quot;,&quot;model&quot;:&quot;lab/fox&quot;}"#
        for packet in [
            "<rdf:Description darkroom:run=\"\(json)\"/>", "<rdf:Description darkroom:run='\(json)'/>",
            "<darkroom:run>\(json)</darkroom:run>",
        ] {
            #expect(XMPPacket.metadata(in: packet)?.model == "lab/fox")
        }
        for packet in [
            "", "darkroom:run=", "darkroom:run=\"", "darkroom:run=\"{}\"", "darkroom:run=\"[1]\"", "darkroom:run=\"{\"",
            "darkroom:run=\"{&quot;program&quot;:&quot;another&quot;,&quot;model&quot;:&quot;m&quot;}\"",
            "<darkroom:run><",
        ] {
            #expect(XMPPacket.metadata(in: packet) == nil, "\(packet)")
        }
    }

    @Test func `all that is known is written, and what is not known is missing and not empty`() throws {
        var metadata = made("fox", inputs: ["width": .integer(512), "go_fast": .bool(true), "list": .array([.null])])
        #expect(PictureMetadata(json: metadata.json) == metadata)
        for name in ["version", "seed", "cost", "omitted"] { #expect(!metadata.json.contains("\"\(name)\"")) }
        metadata.version = "abc"
        metadata.chosenSeed = .max
        metadata.cost = "$0.003"
        metadata.omitted = ["image"]
        #expect(PictureMetadata(json: metadata.json) == metadata)
        #expect(!metadata.json.contains("\n"))
        let found = try #require(RawPictures.found(in: RawPictures.embedding(metadata, in: RawPictures.png()) ?? []))
        #expect(found.seed == .max)
        // The input's seed is the one that was asked for.
        metadata.inputs["seed"] = .integer(3)
        #expect(RawPictures.found(in: RawPictures.embedding(metadata, in: RawPictures.png()) ?? [])?.seed == 3)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", "{\"program\":\"darkroom\"}", "{\"program\":\"other\",\"model\":\"m\"}",
        "{\"program\":\"darkroom\",\"model\":7}", "{\"program\":\"darkroom\",\"model\":\"m\"",
    ])
    func `JSON that is not ours is nothing`(text: String) {
        #expect(PictureMetadata(json: text) == nil)
    }

    @Test func `a value of the wrong kind is as good as missing`() throws {
        let text =
            #"{"program":"darkroom","model":"m","prompt":1,"inputs":[],"seed":"x","omitted":[1,"a"],"created":"soon"}"#
        let read = try #require(PictureMetadata(json: text))
        #expect((read.prompt, read.inputs, read.chosenSeed, read.omitted) == ("", [:], nil, ["a"]))
        #expect(read.createdAt == .distantPast)
    }
}

/// What any EXIF reader would find.
struct ExifBlockTests {
    private func metadata(_ prompt: String) -> PictureMetadata {
        PictureMetadata(
            model: "lab/fox",
            prompt: prompt,
            predictionID: "p1",
            createdAt: Date(timeIntervalSince1970: 1_764_288_000)
        )
    }

    /// Texts by tag; nil: an offset leads beyond the block.
    private func texts(_ block: [UInt8]) -> [Int: String]? {
        guard block.starts(with: Array("MM".utf8) + [0, 42]) else { return nil }
        let start = block.number(at: 4, count: 4)
        var found: [Int: String] = [:]
        var before = 0
        for index in 0..<block.number(at: start, count: 2) {
            let entry = start + 2 + 12 * index
            let (tag, kind) = (block.number(at: entry, count: 2), block.number(at: entry + 2, count: 2))
            let count = block.number(at: entry + 4, count: 4)
            let place = count <= 4 ? entry + 8 : block.number(at: entry + 8, count: 4)
            guard kind == 2, tag > before, place + count <= block.count, place % 2 == 0, block[place + count - 1] == 0
            else { return nil }
            before = tag
            found[tag] = String(decoding: block[place..<(place + count - 1)], as: UTF8.self)
        }
        return found
    }

    @Test(arguments: ["a red fox", "odd", "four", "fox 狐", "abc", "x", "with\0zeros\0"])
    func `the prompt is the description, with program and time`(prompt: String) throws {
        let texts = try #require(self.texts(ExifBlock.bytes(of: metadata(prompt))))
        #expect(texts[0x010E] == prompt.replacing("\0", with: ""))
        #expect(texts[0x0131] == "darkroom")
        #expect(texts[0x0132] == "2025:11:28 00:00:00")
    }

    @Test func `a prompt that has no place, or none, is left out`() throws {
        for prompt in ["", "\0", String(repeating: "fox ", count: 17_000)] {
            let texts = try #require(self.texts(ExifBlock.bytes(of: metadata(prompt))))
            #expect(texts.keys.sorted() == [0x0131, 0x0132])
        }
        #expect(ExifBlock.bytes(of: metadata(String(repeating: "x", count: 65_000))).count <= JPEGFile.longestExif)
    }

    @Test(
        arguments: [
            [], [0x4D], Array("MM\0*".utf8), Array("XX\0*\0\0\0\u{8}\0\0".utf8),
            Array("MM\0*".utf8) + [0xFF, 0xFF, 0xFF, 0xFF, 0],
            Array("II*\0".utf8) + [8, 0, 0, 0, 0xFF, 0xFF], Array("II*\0".utf8) + [0xFE, 0xFF, 0xFF, 0x7F, 0, 0],
        ] as [[UInt8]]
    )
    func `a block that leads nowhere has no comment`(block: [UInt8]) {
        #expect(ExifComment.read(block) == nil)
        #expect(ExifComment.read(Array("Exif\0\0".utf8) + block) == nil)
    }
}
