import Money
import Pixels
import Pricing
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

struct FileCardViewTests {
    private static let size = Size(columns: 120, rows: 36)

    private func opened(_ path: String, _ card: FileCard, text: String? = nil) throws -> StudioState {
        var state = SampleStudio.opened(
            runs: [
                RunItem(
                    id: .init(rawValue: "a"),
                    model: "owner/name",
                    prompt: "a fox asleep in the snow",
                    input: ["image": "https://example.org/oak.jpg"],
                    stage: .succeeded,
                    createdAt: SampleStudio.now,
                    estimate: .unknown(reason: "x"),
                    outputs: [RunOutput(url: "u", path: path, size: card.bytes)],
                    text: text
                )
            ],
            size: Self.size
        )
        SampleStudio.send(.command(.focusDetail), to: &state)
        let key = try #require(state.preview?.key)
        SampleStudio.send(.cardRead(key, card), to: &state)
        SampleStudio.fit(&state, to: Self.size)
        return state
    }

    private func text(_ state: StudioState, glyphs: Glyphs = Glyphs(isUnicode: true)) -> [String] {
        SampleStudio.draw(state, size: Self.size, glyphs: glyphs).surface.text()
    }

    @Test func `sound shows its format, its length and its waveform`() throws {
        let card = FileCard(
            kind: .audio,
            format: "mp3",
            bytes: 412_000,
            duration: 3.25,
            details: ["44.1 kHz", "stereo"],
            waveform: (0..<256).map { UInt8($0 < 128 ? 0 : 255) }
        )
        let shown = text(try opened("/made/a.mp3", card))
        #expect(shown.contains { $0.contains("sound · mp3 · 3.3 s") })
        #expect(shown.contains { $0.contains("44.1 kHz · stereo · 412 kB") })
        #expect(!shown.contains { $0.contains("use as image") })
        // Silence is a line, and the rest as high as there is room.
        #expect(shown.contains { $0.contains("▄▄▄▄▄▄▄▄") && $0.contains("████████") })
        #expect(shown.filter { $0.contains("████████") }.count >= 4)
        let plain = text(try opened("/made/a.mp3", card), glyphs: Glyphs(isUnicode: false))
        #expect(plain.contains { $0.contains("########") } && plain.joined().allSatisfy(\.isASCII))
    }

    @Test func `what is missing for the waveform is said`() throws {
        let card = FileCard(kind: .audio, format: "ogg", bytes: 10, advice: "install ffmpeg to see its waveform")
        #expect(text(try opened("/made/a.ogg", card)).contains { $0.contains("install ffmpeg to see its waveform") })
    }

    @Test func `an archive shows the names in it, safe for the terminal`() throws {
        let card = FileCard(
            kind: .archive,
            format: "zip",
            bytes: 2_000,
            details: ["2 entries"],
            names: ["weights.safetensors", "a\u{1B}[2Jb"]
        )
        let shown = text(try opened("/made/a.zip", card)).joined(separator: "\n")
        #expect(shown.contains("archive · zip") && shown.contains("2 entries · 2 kB"))
        #expect(shown.contains("weights.safetensors") && !shown.contains("\u{1B}"))
    }

    @Test func `a text is there to be read, with a mark of where one is`() throws {
        let card = FileCard(
            kind: .text,
            format: "md",
            bytes: 4_000,
            text: "# A title\n" + (0..<200).map { "**line** \($0)" }.joined(separator: "\n")
        )
        var state = try opened("/made/a.md", card)
        let shown = text(state)
        #expect(shown.contains { $0.contains("A title") && !$0.contains("#") })
        #expect(shown.contains { $0.contains("line 3") && !$0.contains("*") })
        #expect(shown.contains { $0.hasSuffix("█") })
        SampleStudio.send(.command(.last), to: &state)
        #expect(text(state).contains { $0.contains("line 199") })
        // Over the whole screen as well.
        SampleStudio.send(.command(.zoom), to: &state)
        SampleStudio.fit(&state, to: Self.size)
        SampleStudio.send(.command(.first), to: &state)
        #expect(text(state).contains { $0.contains("A title") })
        SampleStudio.send(.command(.pageDown), to: &state)
        #expect(!text(state).contains { $0.contains("A title") })
    }

    @Test func `under the picture stand what came beside it, its prompt and what it was made from`() throws {
        let card = FileCard(kind: .model3D, format: "glb", bytes: 2_000)
        let state = try opened("/made/a.glb", card, text: "caption: a fox\nscore: 0.5")
        let shown = text(state)
        let lines = ["caption: a fox · score: 0.5", "a fox asleep in the snow", "from  oak.jpg", "saved /made/a.glb"]
        let places = lines.map { line in shown.lastIndex { $0.contains(line) } }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    @Test func `a picture that cannot be shown says so in the middle, and is not zoomed`() throws {
        var state = try opened("/made/a.png", FileCard(kind: .other, format: "", bytes: 1))
        let key = try #require(state.preview?.key)
        SampleStudio.send(.previewFailed(key, reason: "This png file is damaged"), to: &state)
        SampleStudio.send(.command(.zoom), to: &state)
        SampleStudio.fit(&state, to: Self.size)
        if let key = state.preview?.key {
            SampleStudio.send(.previewFailed(key, reason: "This png file is damaged"), to: &state)
        }
        let shown = text(state)
        #expect(shown[(Self.size.rows - 3) / 2...(Self.size.rows + 1) / 2].contains { $0.contains("damaged") })
        #expect(shown.last?.contains("larger") == false && shown.last?.contains("back") == true)
    }

    @Test func `a home folder is shown as a tilde, by the environment`() {
        #expect(DisplayPath.abbreviated("/home/me/a.png", home: "/home/me") == "~/a.png")
        #expect(DisplayPath.abbreviated("/home/mean/a.png", home: "/home/me") == "/home/mean/a.png")
        #expect(DisplayPath.abbreviated("/a.png", home: "/") == "/a.png")
        #expect(DisplayPath.abbreviated("/a.png", home: "") == "/a.png")
    }
}
