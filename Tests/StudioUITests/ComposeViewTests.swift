import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

/// The panes in which a run is composed: what they say of models, images, inputs and prices.
struct ComposeViewTests {
    private static let size = Size(columns: 160, rows: 40)

    private func text(_ state: StudioState, size: Size = size, isUnicode: Bool = true) -> String {
        SampleStudio.draw(state, size: size, glyphs: Glyphs(isUnicode: isUnicode), depth: isUnicode ? .direct : .mono)
            .surface.text().joined(separator: "\n")
    }

    private func press(_ commands: Command..., state: inout StudioState, size: Size = size) {
        for command in commands { SampleStudio.send(.command(command), to: &state) }
        SampleStudio.fit(&state, to: size)
    }

    // MARK: Images

    @Test func `what is said of images and model is not cut beside rows that the prompt leaves empty`() {
        for size in [Size(columns: 120, rows: 36), Size(columns: 160, rows: 45)] {
            let state = SampleStudio.opened(draft: Draft(model: SampleStudio.skyreels.path), size: size)
            let layout = ScreenLayout(size: size, state: state)
            let images = layout.panes[.images]?.height ?? 0
            let model = layout.panes[.model] ?? Rect(origin: .zero, size: .zero)
            #expect(images - 2 >= ImagesView.hintRows(state, columns: model.width), "\(size)")
            #expect(model.height - 3 >= ModelView.statusRows(state.compose.model, columns: model.width), "\(size)")
        }
    }

    @Test func `that a model takes no images is said once`() {
        let images = ["a", "b", "c"].map { ImageList.Entry(text: "https://h.org/\($0).png", isOn: true) }
        let state = SampleStudio.opened(draft: Draft(images: images), size: Self.size)
        let shown = text(state)
        #expect(shown.contains("0 of 3 sent: model takes none"))
        #expect(!shown.contains("not sent"))
    }

    private static let checks: [(ImageList.CheckResult, String, String)] = [
        (.ok(ImageFacts(contentType: "image/png", width: 640, height: 480, bytes: 99_400)), "✓", "640×480  99 kB"),
        (.ok(ImageFacts(contentType: "image/webp")), "✓", "image/webp"),
        (.bad(reason: "404 not found"), "!", "404 not found"), (.unconfirmed(reason: "no answer"), "?", "no answer"),
    ]

    @Test(arguments: checks)
    func `an image says what is known of it`(result: ImageList.CheckResult, sign: String, words: String) throws {
        var state = SampleStudio.opened(
            draft: Draft(model: SampleStudio.skyreels.path, images: [.init(text: "https://h.org/a.png", isOn: true)]),
            size: Self.size
        )
        let item = try #require(state.compose.images.items.first)
        SampleStudio.send(.imageChecked(item.id, url: item.text, result), to: &state)
        press(.focusImages, state: &state)
        let shown = text(state)
        #expect(shown.contains(words), "\(shown)")
        #expect(shown.contains("\(sign) 1"), "\(sign)")
    }

    @Test func `an image that is off is not sent, and one that is typed stands where it will be`() throws {
        var state = SampleStudio.opened(
            draft: Draft(
                model: SampleStudio.skyreels.path,
                images: [
                    .init(text: "https://h.org/a.png", isOn: true), .init(text: "https://h.org/b.png", isOn: false),
                ]
            ),
            size: Self.size
        )
        press(.focusImages, state: &state)
        #expect(text(state).contains("○ 2"))
        press(.addImage, state: &state)
        SampleStudio.send(.typed("https://h.org/c"), to: &state)
        let shown = text(state)
        #expect(shown.contains("+   https://h.org/c"))
        let cursor = try #require(SampleStudio.draw(state, size: Self.size).cursor)
        #expect(cursor.isShown)
    }

    @Test func `a model that takes no images says so in its pane`() {
        var state = SampleStudio.opened(size: Self.size)
        press(.focusImages, state: &state)
        #expect(text(state).contains("this model takes none"))
        #expect(text(state).contains("picks a model that takes images"))
    }

    // MARK: Inputs

    @Test func `each kind of input shows how it is changed`() throws {
        var state = SampleStudio.opened(size: Self.size)
        press(.focusInputs, state: &state)
        let shown = text(state)
        #expect(shown.contains("1:1 ▾"), "a choice")
        #expect(shown.contains("4 ◂▸"), "a number")
        #expect(shown.contains("☑") && shown.contains("☐"), "switches")
        #expect(shown.contains("—"), "a seed that is not set")
        #expect(text(state, isUnicode: false).contains("[x]"))
    }

    @Test func `a changed input is marked and counted, and shown alone when asked`() {
        var state = SampleStudio.opened(size: Self.size)
        press(.focusInputs, .increaseInput, state: &state)
        #expect(text(state).contains("1 of 8 changed"))
        #expect(text(state).contains("• 16:9"))
        press(.changedInputs, state: &state)
        let shown = text(state)
        #expect(shown.contains("aspect_ratio") && !shown.contains("go_fast"))
        press(.resetInput, state: &state)
        #expect(text(state).contains("nothing is changed"))
    }

    @Test func `what is typed and refused stands beside its reason`() {
        var state = SampleStudio.opened(size: Self.size)
        press(.focusInputs, state: &state)
        SampleStudio.send(.clicked(Click(.input(1))), to: &state)
        press(.editInput, state: &state)
        SampleStudio.send(.typed("99"), to: &state)
        press(.open, state: &state)
        SampleStudio.send(.command(.acceptField), to: &state)
        #expect(text(state).contains("must be at most 4"))
        #expect(state.compose.inputs.values["num_outputs"] == nil)
    }

    @Test(arguments: [true, false]) func `a secret is not on the screen while it is typed, and the caret goes along`(
        isUnicode: Bool
    ) throws {
        let details = ModelDetails(
            path: "lab/keyed",
            summary: "",
            isOfficial: false,
            schema: InputSchema(fields: [InputField(name: "api_key", kind: .secret, isRequired: true)])
        )
        var state = SampleStudio.opened(size: Self.size)
        SampleStudio.send(.modelNamed(details.path), to: &state)
        SampleStudio.send(.modelLoaded(details), to: &state)
        press(.focusInputs, .editInput, state: &state)
        let start = try #require(SampleStudio.draw(state, size: Self.size).cursor)
        SampleStudio.send(.typed("r8_hush"), to: &state)
        press(.selectWordLeft, .lineEnd, state: &state)
        let shown = text(state, isUnicode: isUnicode)
        #expect(!shown.contains("r8") && !shown.contains("hush"))
        #expect(shown.contains(String(repeating: isUnicode ? "•" : "*", count: 7)))
        let caret = try #require(SampleStudio.draw(state, size: Self.size).cursor)
        #expect(caret.isShown && caret.point.column == start.point.column + 7)
        press(.acceptField, state: &state)
        #expect(!text(state, isUnicode: isUnicode).contains("hush"))
        #expect(state.compose.inputs.values["api_key"] == "r8_hush")
    }

    /// A studio at a model with these inputs, the focus on them.
    private func inputs(_ fields: [InputField], size: Size = size) -> StudioState {
        let details = ModelDetails(
            path: "lab/odd",
            summary: "",
            isOfficial: false,
            schema: InputSchema(fields: fields)
        )
        var state = SampleStudio.opened(size: size)
        SampleStudio.send(.modelNamed(details.path), to: &state)
        SampleStudio.send(.modelLoaded(details), to: &state)
        press(.focusInputs, state: &state, size: size)
        return state
    }

    @Test func `names are not cut beside rows that are free`() {
        let names = (0..<4).map { "control_net_conditioning_scale_\($0)" }
        let size = Size(columns: 200, rows: 50)
        let state = inputs(names.map { InputField(name: $0, kind: .integer(minimum: 0, maximum: 9)) }, size: size)
        let shown = text(state, size: size)
        for name in names { #expect(shown.contains(name), "\(name)") }
    }

    @Test(arguments: [(12, 4, 1), (12, 9, 1), (12, 10, 2), (5, 5, 1), (5, 6, 2)])
    func `inputs with long names stand below each other where there are rows for it`(
        rows: Int,
        count: Int,
        columns: Int
    ) {
        let size = Size(columns: 80, rows: rows)
        #expect(InputGrid.columns(in: size, count: count, longest: 30, isZoomed: false) == columns)
        #expect(InputGrid.columns(in: size, count: count, longest: 12, isZoomed: false) == 2)
        #expect(InputGrid.columns(in: size, count: count, longest: 12, isZoomed: true) == 1)
    }

    @Test func `that an input is missing is said in its row and in the estimate`() {
        var state = inputs([
            InputField(name: "sampler", kind: .choice(["euler", "ddim"]), isRequired: true, order: 0),
            InputField(name: "negative", summary: "What to keep out", kind: .text, defaultValue: "", order: 1),
        ])
        press(.focusPrompt, .run, state: &state)
        #expect(state.focus == .inputs && state.toast == nil)
        let shown = text(state)
        #expect(shown.contains("sampler is required"))
        #expect(shown.split(separator: "is required").count == 3, "\(shown)")
        #expect(!shown.contains("default"))
        press(.run, state: &state)
        #expect(state.toast != nil, "where nothing moves, the key still has an answer")
    }

    @Test func `a switch that is neither on nor off, ticks, a fold and a date show what they are`() {
        var limits = ValueLimits()
        limits.format = .date
        var state = inputs([
            InputField(name: "upscale", kind: .boolean, isNullable: true, order: 0),
            InputField(name: "styles", kind: .list(ValueType(.choice(["ink", "oil"]))), order: 1),
            InputField(name: "day", kind: .text, limits: limits, order: 2),
            InputField(name: "width", kind: .integer(minimum: 1, maximum: nil), isDeprecated: true, order: 3),
        ])
        let shown = text(state)
        #expect(!shown.contains("☐") && !shown.contains("☑"))
        #expect(shown.contains("2026-01-31") && shown.contains("▸ 1 deprecated input"))
        press(.down, .editInput, state: &state)
        let list = text(state)
        #expect(list.contains("☐ ink") && list.contains("tick"))
    }

    // MARK: Prices

    @Test(arguments: [
        Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 160, rows: 40),
        Size(columns: 200, rows: 50),
    ])
    func `the price of Run is on the screen wherever one composes`(size: Size) {
        for command in [Command.focusModel, .focusPrompt, .focusImages, .focusInputs] {
            var state = SampleStudio.opened(draft: Draft(prompt: "a fox"), size: size)
            press(command, .moreRuns, .moreRuns, state: &state, size: size)
            let rows = SampleStudio.draw(state, size: size).surface.text()
            #expect(rows.contains { $0.contains("$0.009") }, "\(command) at \(size)")
            // Beside its key too: nobody has to look for it before pressing.
            #expect(rows.last?.contains("$0.009") == true, "\(command) at \(size): \(rows.last ?? "")")
        }
    }

    @Test func `a price that is not known is a question mark, never nothing`() {
        var state = SampleStudio.opened(draft: Draft(prompt: "a fox"), size: Self.size)
        let details = ModelDetails(
            path: "lab/slow-diffusion",
            summary: "",
            isOfficial: false,
            schema: SampleStudio.flux.schema
        )
        SampleStudio.send(.modelNamed(details.path), to: &state)
        SampleStudio.send(.modelLoaded(details), to: &state)
        SampleStudio.fit(&state, to: Self.size)
        let rows = SampleStudio.draw(state, size: Self.size).surface.text()
        #expect(rows.last?.contains("Run ?") == true, "\(rows.last ?? "")")
        #expect(!rows.contains { $0.contains("Run $0.00") })
    }

    @Test func `what a run leaves of the budget is told, and a budget that is used up is an obstacle`() {
        var state = SampleStudio.opened(draft: Draft(prompt: "a fox"), size: Self.size)
        SampleStudio.send(
            .spendChanged(Spend(session: SpendSum(paid: Money("4.999")!), today: SpendSum(paid: Money("4.999")!))),
            to: &state
        )
        let shown = text(state)
        #expect(shown.contains("Over budget: $5.002 of $5.00"), "\(shown)")
    }

    // MARK: Models

    @Test func `a model that is asked for, is not there or cannot be had says which`() {
        var state = SampleStudio.opened(size: Self.size)
        SampleStudio.send(.modelNamed("lab/new"), to: &state)
        #expect(text(state).contains("asking the API…"))
        SampleStudio.send(.modelLoaded(SampleStudio.skyreels), to: &state)
        // An answer for another model changes nothing.
        #expect(text(state).contains("asking the API…"))
    }

    @Test(arguments: [(nil, "takes a list of images"), (4, "takes up to 4 images")] as [(Int?, String)])
    func `what images a model takes stands below its name`(most: Int?, words: String) {
        var state = SampleStudio.opened(size: Self.size)
        let details = ModelDetails(
            path: "lab/fox",
            summary: "A fox\nand more",
            isOfficial: false,
            schema: InputSchema(fields: [
                InputField(name: "prompt", kind: .text, isRequired: true, order: 0),
                InputField(name: "images", kind: .files(most: most), order: 1),
            ])
        )
        SampleStudio.send(.modelNamed(details.path), to: &state)
        SampleStudio.send(.modelLoaded(details), to: &state)
        let shown = text(state)
        #expect(shown.contains("\(words) · community · A fox") && !shown.contains("and more"), "\(shown)")
    }

    @Test func `the page of a model has its description, example and readme, as far as there is room`() {
        var canvas = Canvas(
            size: Size(columns: 50, rows: 20),
            theme: .darkroom,
            glyphs: Glyphs(isUnicode: true),
            depth: .direct
        )
        var model = ModelSummary(path: "lab/fox", summary: "Draws foxes.", isOfficial: true, runCount: 5_340_000)
        model.example = [.init(name: "prompt", value: "a fox\nasleep"), .init(name: "seed", value: "7")]
        var item = Picker.Item(value: "lab/fox", title: "lab/fox")
        item.model = model
        let readme = "# About\n\nA fox a day.\n\(String(repeating: "line\n", count: 50))"
        ModelPage.draw(item, readme: readme, in: canvas.surface.bounds, on: &canvas)
        let rows = canvas.surface.text().map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(rows[0] == "fox" && rows[1] == "official · 5.3 M runs" && rows[2] == "Draws foxes.")
        #expect(rows.contains("prompt  a fox asleep") && rows.contains("seed  7"))
        #expect(rows.contains("About") && rows.contains("A fox a day.") && rows.last == "line")
        // Without a page there is nothing, and nothing is drawn beyond a small one.
        var small = Canvas(
            size: Size(columns: 12, rows: 3),
            theme: .darkroom,
            glyphs: Glyphs(isUnicode: true),
            depth: .direct
        )
        ModelPage.draw(item, readme: readme, in: Rect(column: 1, row: 1, width: 11, height: 1), on: &small)
        #expect(small.surface.text()[0].allSatisfy { $0 == " " } && small.surface.text()[2].allSatisfy { $0 == " " })
    }

    // MARK: The first line

    @Test(arguments: [
        (Connectivity.online, "● online"), (.unknown, "○ …"), (.tokenRefused("No"), "○ token refused"),
    ])
    func `whether the API answers is in the first line`(connectivity: Connectivity, words: String) {
        var state = SampleStudio.opened(size: Self.size)
        SampleStudio.send(.connectivityChanged(connectivity), to: &state)
        #expect(SampleStudio.draw(state, size: Self.size).surface.text()[0].contains(words))
    }

    @Test func `a demo says that nothing is billed, also where there is little room`() {
        for (size, words) in [(Self.size, "demo · nothing is billed"), (Size(columns: 60, rows: 16), "demo")] {
            let state = SampleStudio.opened(mode: .demo, size: size)
            #expect(SampleStudio.draw(state, size: size).surface.text()[0].contains(words))
        }
    }
}
