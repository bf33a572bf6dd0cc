import Composing
import ReplicateAPI
import Testing

@testable import Studio

/// Inputs that are more than a text, a number or a choice.
struct OddSchemaTests {
    private static let fields = [
        InputField(name: "prompt", kind: .text, isRequired: true, order: 0),
        InputField(name: "styles", kind: .list(ValueType(.choice(["ink", "oil", "chalk"]))), order: 1),
        InputField(
            name: "size",
            kind: .union([
                ValueType(.choice(["small", "large"])), ValueType(.integer(minimum: 1, maximum: 9)),
                ValueType(.boolean),
            ]),
            order: 2
        ),
        InputField(
            name: "camera",
            kind: .object([
                InputField(name: "lens", kind: .text, isRequired: true),
                InputField(name: "f", kind: .number(minimum: 1, maximum: 32), defaultValue: 8),
            ]),
            order: 3
        ),
        InputField(name: "upscale", kind: .boolean, isNullable: true, order: 4),
        InputField(name: "tiling", kind: .boolean, defaultValue: true, isNullable: true, order: 5),
        InputField(name: "voice", kind: .file, order: 6),
        InputField(name: "old_width", kind: .integer(minimum: 1, maximum: nil), isDeprecated: true, order: 7),
        InputField(name: "key", kind: .secret, order: 8),
    ]

    private func bench(selecting name: String) -> Bench {
        let details = ModelDetails(
            path: "lab/odd",
            summary: "",
            isOfficial: true,
            schema: InputSchema(fields: Self.fields)
        )
        var bench = Bench(details, prompt: "a fox")
        bench.press(.focusInputs)
        bench.state.compose.inputs.select(named: name)
        return bench
    }

    private func row(_ name: String, _ bench: Bench) throws -> InputRow {
        try #require(bench.state.compose.inputs.rows.first { $0.name == name })
    }

    // MARK: Ticks

    @Test func `of a list of choices each is ticked, in the order of the schema`() throws {
        var bench = bench(selecting: "styles")
        #expect(try row("styles", bench).control == .ticks)
        bench.press(.editInput)
        #expect(bench.state.picker?.kind == .ticks("styles"))
        bench.press(.down, .down, .choose)
        bench.press(.up, .up)
        bench.send(.typed(" "))
        #expect(bench.state.compose.inputs.values["styles"] == ["ink", "chalk"])
        #expect(bench.state.picker?.items.map(\.isTicked) == [true, false, true])
        #expect(try row("styles", bench).text == "ink, chalk")
        bench.press(.choose, .down, .down, .choose, .back)
        #expect(bench.state.picker == nil)
        #expect(bench.state.compose.inputs.values["styles"] == nil)
    }

    // MARK: Several types

    @Test func `of several types one is chosen, and then edited as what it is`() throws {
        var bench = bench(selecting: "size")
        #expect(try row("size", bench).control == .branch)
        bench.press(.editInput)
        #expect(
            bench.state.picker?.items.map(\.title) == [
                "one of small, large", "a whole number from 1 to 9", "true or false",
            ]
        )
        bench.press(.down, .choose)
        #expect(bench.state.compose.inputs.editing?.field == "size")
        bench.send(.typed("12"))
        bench.press(.acceptField)
        #expect(bench.state.compose.inputs.editing?.issue == "must be at most 9")
        bench.press(.deleteBackward, .acceptField)
        #expect(bench.state.compose.inputs.values["size"] == 1)
        #expect(try row("size", bench).control == .stepper)
        bench.press(.increaseInput)
        #expect(bench.state.compose.inputs.values["size"] == 2)
    }

    @Test func `choosing another type takes a value of the first away, and lists what it can be`() {
        var bench = bench(selecting: "size")
        bench.state.compose.inputs.set(4, for: "size")
        bench.press(.editInput)
        #expect(bench.state.picker?.selection == 1)
        bench.press(.up, .choose)
        #expect(bench.state.compose.inputs.values["size"] == nil)
        #expect(bench.state.picker?.kind == .choices("size"))
        bench.send(.typed("large"))
        bench.press(.choose)
        #expect(bench.state.compose.inputs.values["size"] == "large")
    }

    // MARK: Switches

    @Test func `a switch that need not be set has three states`() throws {
        var bench = bench(selecting: "upscale")
        var seen: [InputRow.Control] = [try row("upscale", bench).control]
        for _ in 0..<3 {
            bench.press(.increaseInput)
            seen.append(try row("upscale", bench).control)
        }
        #expect(seen == [.toggle(isOn: nil), .toggle(isOn: true), .toggle(isOn: false), .toggle(isOn: nil)])
        #expect(bench.state.compose.inputs.values["upscale"] == nil)
        bench.press(.decreaseInput)
        #expect(bench.state.compose.inputs.values["upscale"] == false)
    }

    @Test func `null stands for neither where the default is one of both`() throws {
        var bench = bench(selecting: "tiling")
        #expect(try row("tiling", bench).control == .toggle(isOn: true))
        bench.press(.increaseInput, .increaseInput)
        #expect(bench.state.compose.inputs.values["tiling"] == .null)
        #expect(try row("tiling", bench).control == .toggle(isOn: nil))
        #expect(try row("tiling", bench).isChanged)
        bench.press(.increaseInput)
        #expect(bench.state.compose.inputs.values["tiling"] == nil)
    }

    // MARK: Deprecated

    @Test func `deprecated inputs stand behind a row that shows and hides them`() throws {
        var bench = bench(selecting: "key")
        let names = bench.state.compose.inputs.rows.map(\.name)
        #expect(names.last == "1 deprecated input" && !names.contains("old_width"))
        bench.press(.down)
        #expect(bench.state.compose.inputs.isFoldSelected)
        #expect(bench.state.compose.inputs.selection == names.count - 1)
        bench.press(.increaseInput)
        #expect(bench.state.toast?.notice.text.contains("shows or hides the deprecated inputs") == true)
        bench.press(.editInput, .down)
        #expect(bench.state.compose.inputs.selected?.name == "old_width")
        #expect(try row("old_width", bench).isDeprecated)
        bench.press(.increaseInput)
        bench.press(.up, .editInput)
        // What is set is seen.
        #expect(bench.state.compose.inputs.rows.map(\.name).suffix(2) == ["1 deprecated input", "old_width"])
    }

    // MARK: The editor

    @Test func `an object goes to the editor as JSON, and is checked when it returns`() throws {
        var bench = bench(selecting: "camera")
        #expect(
            bench.press(.editExternally)
                == [.terminal(.editExternally(.input("camera"), "{\n  \"f\": 8,\n  \"lens\": \"\"\n}\n"))]
        )
        bench.send(.editorReturned(.input("camera"), "{\"lens\": \"50 mm\", \"f\": 99}\n"))
        #expect(bench.state.compose.inputs.values["camera"] == nil)
        #expect(try row("camera", bench).issue == "f must be at most 32")
        #expect(bench.state.compose.quote.obstacle?.reason == "camera f must be at most 32")
        // What is wrong goes back to the editor as it is.
        #expect(
            bench.press(.editExternally)
                == [.terminal(.editExternally(.input("camera"), "{\n  \"f\": 99,\n  \"lens\": \"50 mm\"\n}\n"))]
        )
        bench.send(.editorReturned(.input("camera"), "{\"lens\": \"50 mm\", \"f\": 2}\n"))
        #expect(bench.state.compose.inputs.values["camera"] == ["lens": "50 mm", "f": 2])
        #expect(bench.state.compose.inputs.editing == nil)
        #expect(try row("camera", bench).text == "2 members  {\"f\":2,\"lens\":\"50 mm\"}")
    }

    @Test func `what is no JSON says so and stays`() throws {
        var bench = bench(selecting: "camera")
        bench.send(.editorReturned(.input("camera"), "{lens: 50}\n"))
        #expect(bench.state.compose.inputs.editing?.editor.text == "{lens: 50}")
        #expect(try row("camera", bench).issue == "must be an object")
    }

    @Test func `a secret goes to no file`() {
        var bench = bench(selecting: "key")
        #expect(bench.press(.editExternally) == [])
        #expect(bench.state.toast?.notice.text == "A secret is not written to a file for the editor")
    }

    @Test func `a filter does not go to the editor in the prompt's place`() {
        var bench = bench(selecting: "key")
        bench.press(.focusPredictions, .filterRuns)
        #expect(bench.press(.editExternally) == [])
    }

    // MARK: Files

    @Test func `a path is uploaded, and until then nothing can be run`() throws {
        var bench = bench(selecting: "voice")
        bench.press(.editInput)
        bench.send(.typed("~/Music/hum.wav"))
        #expect(bench.press(.acceptField) == [.world(.uploadInput("voice", path: "~/Music/hum.wav"))])
        #expect(try row("voice", bench).text == "~/Music/hum.wav")
        #expect(bench.state.compose.quote.obstacle?.reason == "voice is still being uploaded")
        #expect(bench.press(.run).isEmpty)
        bench.send(.inputUploaded(name: "voice", path: "~/Music/other.wav", .success("https://api.replicate.com/v1/x")))
        #expect(bench.state.compose.inputs.values["voice"] == nil)
        let address = "https://api.replicate.com/v1/files/hum"
        bench.send(.inputUploaded(name: "voice", path: "~/Music/hum.wav", .success(address)))
        #expect(bench.state.compose.inputs.values["voice"] == .string(address))
        #expect(bench.state.compose.quote.obstacle == nil)
    }

    @Test func `a file that is not uploaded says why, and can be taken back`() throws {
        var bench = bench(selecting: "voice")
        bench.press(.editInput)
        bench.send(.typed("/no/hum.wav"))
        bench.press(.acceptField)
        let failure = InputUploadFailure(reason: "cannot be sent: the file does not exist")
        bench.send(.inputUploaded(name: "voice", path: "/no/hum.wav", .failure(failure)))
        #expect(try row("voice", bench).issue == failure.reason)
        #expect(bench.state.compose.quote.obstacle?.reason == "voice cannot be sent: the file does not exist")
        bench.press(.resetInput)
        #expect(bench.state.compose.quote.obstacle == nil)
        #expect(bench.state.compose.inputs.uploads.isEmpty)
    }

    @Test func `Tab goes on with a path, and lists files of any kind`() {
        var bench = bench(selecting: "voice")
        bench.press(.editInput)
        #expect(bench.state.contexts.first == .address)
        bench.send(.typed("~/Music/h"))
        let purpose = FolderListing.Purpose.completing("~/Music/h", .files)
        #expect(bench.press(.completePath) == [.world(.listFolder("~/Music/", purpose))])
        let entries = [FolderListing.Entry(name: "hum.wav", isFolder: false)]
        bench.send(.folderListed(FolderListing(path: "~/Music", entries: entries), purpose))
        #expect(bench.state.compose.inputs.editing?.editor.text == "~/Music/hum.wav")
        #expect(bench.press(.acceptField) == [.world(.uploadInput("voice", path: "~/Music/hum.wav"))])
    }

    @Test func `a file that is chosen from a folder is the input's, not an image`() {
        var bench = bench(selecting: "voice")
        bench.press(.editInput, .completePath)
        let entries = [FolderListing.Entry(name: "hum.wav", isFolder: false)]
        bench.send(.folderListed(FolderListing(path: "/m", entries: entries), .browsing(query: "", .files)))
        #expect(bench.press(.choose) == [.world(.uploadInput("voice", path: "/m/hum.wav"))])
        #expect(bench.state.compose.images.items.isEmpty)
    }

    @Test(arguments: [
        ("./a.wav", "./a.wav"), ("/a b.mp3", "/a b.mp3"), ("\"/a b.mp3\"", "/a b.mp3"), ("file:///m/a.wav", "/m/a.wav"),
        ("https://h.org/a.wav", nil), ("data:audio/wav;base64,AA", nil), ("voice", nil),
    ])
    func `what is a path`(text: String, path: String?) { #expect(InputUpload.path(in: text) == path) }
}
