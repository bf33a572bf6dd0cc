import ReplicateAPI
import Search
import TestSupport
import Testing

@testable import Studio

struct PickerTests {
    private static let items = ["flux-schnell", "flux-dev", "imagen-4", "kling-v3"].map {
        Picker.Item(value: "a/\($0)", title: $0)
    }

    private func picker(_ kind: Picker.Kind = .models) -> Picker {
        Picker(kind: kind, title: "Model", items: Self.items)
    }

    private func typed(_ text: String, _ kind: Picker.Kind = .models) -> Picker {
        var picker = picker(kind)
        picker.query = TextEditor(text, isMultiline: false)
        picker.refresh()
        return picker
    }

    @Test func `nothing typed shows everything in its order, the first selected`() {
        #expect(picker().matches == Self.items)
        #expect(picker().selected == Self.items[0])
    }

    @Test func `what is typed filters, the best match first`() {
        #expect(typed("fd").matches.map(\.title) == ["flux-dev"])
        #expect(typed("flux").matches.count == 2)
        #expect(typed("zzz").matches.isEmpty)
        #expect(typed("zzz").selected == nil)
    }

    @Test func `hardware is selected by a person only`() {
        #expect(picker(.hardware).selected == nil)
        #expect(typed("flux", .hardware).selected != nil)
        var moved = picker(.hardware)
        moved.move(by: 1)
        #expect(moved.selected == Self.items[0])
    }

    @Test func `what comes later is selected where it fits best, unless somebody has moved`() {
        let better = Picker.Item(value: "lab/flux", title: "lab/flux")
        for hasMoved in [false, true] {
            var picker = typed("flux", .commands)
            if hasMoved { picker.move(by: 1) }
            let before = picker.selected
            picker.replaceItems([better] + Self.items)
            #expect(picker.selected == (hasMoved ? before : picker.matches.first))
        }
        var untyped = picker()
        untyped.select(Self.items[2].value)
        untyped.replaceItems([better] + Self.items)
        #expect(untyped.selected == Self.items[2])
    }

    @Test func `the selection stops at both ends and stays on its value`() {
        var picker = picker()
        picker.move(by: -5)
        #expect(picker.selection == 0)
        picker.move(by: 99)
        #expect(picker.selected == Self.items[3])
        picker.replaceItems([Picker.Item(value: "new", title: "new")] + Self.items)
        #expect(picker.selected == Self.items[3])
        picker.replaceItems([Picker.Item(value: "new", title: "new")])
        #expect(picker.selected?.value == "new")
        picker.replaceItems([])
        #expect(picker.selected == nil)
        picker.move(by: 1)
        #expect(picker.selected == nil)
        picker.select("gone")
        #expect(picker.selected == nil)
    }

    @Test func `the selection is always inside the window`() {
        var random = SeededGenerator(seed: 1)
        var picker = Picker(
            kind: .prompts,
            title: "",
            items: (0..<40).map { Picker.Item(value: "\($0)", title: "prompt \($0)") }
        )
        for _ in 0..<500 {
            picker.move(by: Int.random(in: -9...9, using: &random))
            let height = Int.random(in: 1...12, using: &random)
            picker.reveal(height: height)
            #expect((picker.top..<picker.top + height).contains(picker.selection))
        }
    }
}

struct KeyNameTests {
    @Test(arguments: [
        ("alt+enter", "alt+⏎"), ("ctrl+p", "^P"), ("ctrl+alt+p", "ctrl+alt+p"), ("f5", "F5"),
        ("shift+f12", "shift+F12"), ("esc", "esc"),
        ("up", "↑"), ("ctrl++", "^+"), ("alt++", "alt++"), ("+", "+"), ("g g", "g g"), ("pageup", "pgup"), ("f", "f"),
        ("space", "space"),
    ])
    func `keys are shown as people read them`(notation: String, shown: String) {
        #expect(KeyName.shown(notation) == shown)
    }

    @Test func `every key of the table has a name that is not empty, and no two of one context share it`() {
        for context in Context.allCases {
            let bindings = KeyTable.standard.bindings(in: [context])
            let names = bindings.flatMap { $0.keys.map(KeyName.shown) }
            #expect(names.allSatisfy { !$0.isEmpty })
            #expect(Set(names).count == names.count, "\(context): \(names)")
        }
    }
}

struct CommandWordTests {
    @Test(arguments: Command.allCases)
    func `every command has a hint and an explanation, in plain sentences`(command: Command) {
        #expect(!command.entry.hint.isEmpty)
        #expect(!command.entry.explanation.isEmpty)
        #expect(!command.entry.explanation.hasSuffix("."))
        #expect(command.entry.hint.count <= 24, "\(command.entry.hint)")
        #expect(Command(rawValue: command.rawValue) == command)
    }

    @Test func `other keys take the place of the standard ones in one context only`() {
        var table = KeyTable.standard
        table.set(["f9"], for: .run, in: .everywhere)
        #expect(table.key(for: .run, in: [.everywhere]) == "F9")
        let before = KeyTable.standard.bindings.filter { $0.command != .run }.count
        #expect(table.bindings.filter { $0.command != .run }.count == before)
        table.set([], for: .run, in: .everywhere)
        #expect(table.key(for: .run, in: [.everywhere]) == nil)
    }
}

struct ImagePlacementTests {
    private func list(_ binding: ImageBinding?, _ texts: [String]) -> ImageList { ImageList(texts, binding: binding) }

    @Test func `frames are named by what their inputs are called`() {
        func labels(_ fields: [String]) -> [String] { ImageSlot.slots(of: .slots(fields: fields)).map(\.label) }
        #expect(labels(["start_image", "end_image"]) == ["first frame", "last frame"])
        #expect(labels(["image", "last_frame_image"]) == ["first frame", "last frame"])
        #expect(labels(["image", "mask"]) == ["image", "mask"])
        #expect(labels(["style_reference"]) == ["style reference"])
        #expect(labels(["blend_image", "tail_image"]) == ["first frame", "last frame"])
        #expect(ImageSlot.slots(of: nil).isEmpty)
    }

    @Test func `an image is sent, or says why not`() {
        var images = list(
            .array(field: "image_urls", most: 2),
            ["https://h/1.png", "ftp://h/2", "https://h/3.png", "https://h/4.png"]
        )
        #expect(
            images.placements == [.sent(index: 0, slot: nil), .unusable, .sent(index: 1, slot: nil), .beyond(most: 2)]
        )
        #expect(images.summary == "2 of 4 sent")
        #expect(images.inputs == ["image_urls": ["https://h/1.png", "https://h/3.png"]])
        images.binding = nil
        #expect(images.placements == [.notTaken, .unusable, .notTaken, .notTaken])
        #expect(images.inputs.isEmpty)
        #expect(
            images.placements.map(\.note) == [
                "not sent: the model takes no images", nil, "not sent: the model takes no images",
                "not sent: the model takes no images",
            ]
        )
        #expect(list(nil, []).summary == "none")
    }

    @Test func `prompts are looked for in everything ever run, and only for what is typed now`() throws {
        var bench = Bench(prompt: "")
        bench.press(.promptHistory)
        bench.send(.promptsLoaded(["a red fox", "an owl"]))
        let first = bench.send(.typed("fox"))
        guard case .world(.searchPrompts(let query, "fox"))? = first.first else {
            Issue.record("nothing is looked for")
            return
        }
        #expect(query.terms == [.init(.word("fox"))])
        bench.send(.typed(" red"))
        bench.send(.promptsFound(text: "fox", ["stale fox"]))
        #expect(bench.state.picker?.matches.contains { $0.value == "stale fox" } == false)
        bench.send(.promptsFound(text: "fox red", ["the red door of a fox", "a red fox"]))
        #expect(bench.state.picker?.matches.map(\.value).sorted() == ["a red fox", "the red door of a fox"])
        #expect(bench.state.picker?.isLoading == false)
        // A term that makes no sense asks nobody.
        #expect(
            bench.send(.typed(" colour:")).allSatisfy { if case .world(.searchPrompts) = $0 { false } else { true } }
        )
    }
}
