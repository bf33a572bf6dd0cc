import Composing
import ReplicateAPI
import Testing

@testable import Studio

struct InputsFormTests {
    static let schema = InputSchema(fields: [
        InputField(name: "prompt", kind: .text, isRequired: true),
        InputField(name: "image", kind: .file),
        InputField(name: "aspect_ratio", kind: .choice(["1:1", "16:9", "9:16"]), defaultValue: "1:1"),
        InputField(name: "num_outputs", kind: .integer(minimum: 1, maximum: 4), defaultValue: 1),
        InputField(name: "seed", kind: .integer(minimum: nil, maximum: nil), isNullable: true),
        InputField(name: "guidance", kind: .number(minimum: 0, maximum: 10), defaultValue: 3.5),
        InputField(name: "raw", kind: .boolean, defaultValue: false),
        InputField(name: "negative_prompt", kind: .text, defaultValue: "blur", isNullable: true),
        InputField(name: "api_key", kind: .secret),
        InputField(name: "extra", kind: .json),
        InputField(name: "style", kind: .choice(["photo", "ink"])),
    ])

    private func form(selecting name: String = "aspect_ratio") -> InputsForm {
        var form = InputsForm(schema: Self.schema)
        form.select(named: name)
        return form
    }

    private func typing(_ text: String, into name: String) -> InputsForm {
        var form = form(selecting: name)
        form.beginEditing()
        form.edit { _ = $0.replaceAll(text) }
        form.commitEditing()
        return form
    }

    @Test func `the form leaves prompt and images to their panes`() {
        let names = form().rows.map(\.name)
        #expect(
            names == [
                "aspect_ratio", "num_outputs", "seed", "guidance", "raw", "negative_prompt", "api_key", "extra",
                "style",
            ]
        )
        #expect(form().values.isEmpty)
        #expect(InputsForm().rows.isEmpty)
        #expect(InputsForm().selection == nil)
    }

    @Test func `a row shows the default until a value is set`() {
        var form = form(selecting: "num_outputs")
        #expect(
            form.rows[1]
                == InputRow(
                    name: "num_outputs",
                    title: "num_outputs",
                    summary: nil,
                    control: .stepper,
                    text: "1",
                    defaultText: "1",
                    hint: "1–4",
                    isChanged: false,
                    isRequired: false,
                    isDeprecated: false,
                    issue: nil,
                    isSelected: true,
                    isEditing: false
                )
        )
        form.step(by: 2)
        #expect(form.rows[1].text == "3")
        #expect(form.rows[1].isChanged)
        #expect(form.changedCount == 1)
        #expect(form.values == ["num_outputs": 3])
        #expect(form.rows.map(\.text) == ["1:1", "3", "—", "3.5", "false", "blur", "—", "—", "—"])
    }

    @Test func `a value that equals the default is not sent`() {
        var form = form(selecting: "num_outputs")
        form.step(by: 1)
        form.step(by: -1)
        #expect(form.values.isEmpty)
        #expect(typing("3.50", into: "guidance").values.isEmpty)
    }

    @Test(arguments: [
        ("num_outputs", " 4 ", JSONValue.integer(4)),
        ("seed", "-42", -42),
        ("guidance", "7.25", 7.25),
        ("negative_prompt", " blur, noise ", " blur, noise "),
        ("api_key", "s3cret", "s3cret"),
        ("extra", "{\"a\": [1, 2]}", .object(["a": .array([1, 2])])),
        ("negative_prompt", "", .null),
    ])
    func `typed text becomes a value of the field's kind`(name: String, text: String, value: JSONValue) {
        let form = typing(text, into: name)
        #expect(form.values == [name: value])
        #expect(form.editing == nil)
    }

    @Test(arguments: [
        ("num_outputs", "9", "must be at most 4"),
        ("num_outputs", "2.5", "must be a whole number from 1 to 4"),
        ("seed", "99999999999999999999", "must be at most 18446744073709551615"),
        ("guidance", "nan", "must be a number from 0 to 10"),
        ("guidance", "many", "must be a number from 0 to 10"),
        ("extra", "{\"a\":", "is not valid JSON"),
    ])
    func `refused text stays with its reason and changes nothing`(name: String, text: String, reason: String) {
        var form = form(selecting: name)
        form.beginEditing()
        form.edit { _ = $0.replaceAll(text) }
        let isTaken = form.commitEditing()
        #expect(!isTaken)
        #expect(form.values.isEmpty)
        #expect(form.editing?.issue == reason)
        #expect(form.editing?.editor.text == text)
        #expect(form.rows.first { $0.name == name }?.issue == reason)
        form.edit { $0.deleteBackward() }
        #expect(form.editing?.issue == nil)
        form.cancelEditing()
        #expect(form.editing == nil)
        #expect(form.values.isEmpty)
    }

    @Test(arguments: ["raw", "style", "aspect_ratio"])
    func `what is chosen cannot be typed`(name: String) {
        var form = form(selecting: name)
        let began = form.beginEditing()
        #expect(!began)
        #expect(form.editing == nil)
    }

    @Test func `an emptied field goes back to its default`() {
        var form = typing("7", into: "seed")
        form.beginEditing()
        #expect(form.editing?.editor.text == "7")
        form.edit { $0.clear() }
        form.commitEditing()
        #expect(form.values.isEmpty)
    }

    @Test func `opening and closing a field sets nothing`() {
        for index in form().rows.indices {
            var form = form()
            form.select(index)
            form.beginEditing()
            form.commitEditing()
            #expect(form.values.isEmpty)
        }
        var secret = typing("s3cret", into: "api_key")
        secret.beginEditing()
        #expect(secret.editing?.editor.text == "")
        secret.commitEditing()
        #expect(secret.values == ["api_key": "s3cret"])
    }

    @Test func `a secret is masked and kept out of history`() {
        let form = typing("s3cret", into: "api_key")
        let row = form.rows.first { $0.name == "api_key" }
        #expect(row?.text == "••••••••")
        #expect(row?.control == .secret)
        #expect(form.recordableValues.isEmpty)
    }

    static let steps: [(String, [Int], [JSONValue])] = [
        ("num_outputs", [1], [2]),
        ("num_outputs", [9], [4]),
        ("num_outputs", [-1], [.null]),
        ("seed", [1, 1, -5], [0, 1, -4]),
        ("guidance", [1, 1, -3], [4, 4.5, 3]),
        ("guidance", [.max], [10]),
        ("guidance", [.min], [0]),
        ("aspect_ratio", [1, 1, 1, -1], ["16:9", "9:16", .null, "9:16"]),
        ("style", [1, 1, 1, -1], ["photo", "ink", .null, "ink"]),
        ("raw", [1, 1], [true, .null]),
        ("negative_prompt", [1], [.null]),
    ]

    @Test(arguments: steps)
    func `steps stay in range and choices go round`(name: String, steps: [Int], values: [JSONValue]) {
        var form = form(selecting: name)
        for (step, value) in zip(steps, values) {
            let before = form.values[name]
            let isChanged = form.step(by: step)
            #expect(form.values[name] ?? .null == value)
            #expect(isChanged == (before ?? .null != value))
        }
    }

    @Test(arguments: [
        (InputField.Kind.integer(minimum: 256, maximum: 2048), JSONValue.integer(1024), 1, JSONValue.integer(1088)),
        (.integer(minimum: 1, maximum: 500), 50, 1, 51),
        (.integer(minimum: nil, maximum: nil), .integer(.max), 1, .integer(.max)),
        (.integer(minimum: nil, maximum: nil), .integer(.min + 1), .min, .integer(.min)),
        (.number(minimum: 0, maximum: 1), 0.3, 1, 0.35),
        (.number(minimum: 0, maximum: 1), 0.15, -1, 0.1),
        (.number(minimum: 0, maximum: 1), 0.12, 1, 0.15),
        (.number(minimum: 0, maximum: 1), 0.12, -1, 0.1),
        (.number(minimum: 1, maximum: 20), 7.5, 1, 8),
        (.number(minimum: nil, maximum: nil), 0.8, 1, 0.9),
        (.number(minimum: nil, maximum: nil), 7.5, 1, 8),
        (.number(minimum: 0, maximum: 1000), 10, 1, 50),
        (.number(minimum: 2, maximum: nil), .null, 1, 2),
    ])
    func `numbers step by what suits their range`(kind: InputField.Kind, from: JSONValue, steps: Int, to: JSONValue) {
        let field = InputField(name: "x", kind: kind)
        let next = field.value(stepping: from.isNull ? nil : from, by: steps)
        if case .integer = kind {
            let start = InputField(name: "x", kind: kind, defaultValue: from)
            #expect(start.value(stepping: nil, by: steps) == to)
        }
        #expect(next == to)
    }

    @Test func `stepping there and back returns on every grid`() {
        for (minimum, maximum) in [(0.0, 1.0), (0, 10), (-2, 2), (0, 0.1), (1, 20), (0, 30)] {
            let field = InputField(name: "x", kind: .number(minimum: minimum, maximum: maximum))
            var value = JSONValue.number(minimum)
            var seen = [value]
            while let next = field.value(stepping: value, by: 1), next != value, seen.count < 200 {
                value = next
                seen.append(next)
            }
            #expect(value.double == maximum)
            #expect(seen.count < 60)
            for earlier in seen.dropLast().reversed() {
                value = field.value(stepping: value, by: -1) ?? .null
                #expect(value.isSame(as: earlier))
            }
        }
    }

    @Test func `resetting takes a value away`() {
        var form = form(selecting: "raw")
        let toggled = form.toggle()
        #expect(toggled)
        #expect(form.values == ["raw": true])
        #expect(form.rows[4].control == .toggle(isOn: true))
        let resets = [form.reset(), form.reset()]
        #expect(resets == [true, false])
        form.select(named: "seed")
        let other = form.toggle()
        #expect(!other)
    }

    @Test func `the form can be narrowed to what was changed`() {
        var form = form(selecting: "seed")
        form.step(by: 1)
        form.select(named: "raw")
        form.toggle()
        form.toggleChangedOnly()
        #expect(form.rows.map(\.name) == ["seed", "raw"])
        #expect(form.selected?.name == "raw")
        form.reset()
        #expect(form.rows.map(\.name) == ["seed"])
        #expect(form.selected?.name == "seed")
        form.reset()
        #expect(form.selection == nil)
        form.moveSelection(by: 1)
        let acts = [form.step(by: 1), form.reset(), form.beginEditing()]
        #expect(acts == [false, false, false])
        form.toggleChangedOnly()
        #expect(form.rows.count == 9)
    }

    @Test func `letters jump to the next input that begins with them`() {
        var form = form(selecting: "seed")
        form.moveSelection(by: 1)
        form.select(startingWith: "S")
        #expect(form.selected?.name == "style")
        form.select(startingWith: "a")
        #expect(form.selected?.name == "aspect_ratio")
        let isFound = form.select(startingWith: "zz")
        #expect(!isFound)
        form.moveSelection(by: .max)
        #expect(form.selected?.name == "style")
    }

    @Test func `a change of model parks what does not fit and brings it back`() {
        let other = InputSchema(fields: [
            InputField(name: "prompt", kind: .text, isRequired: true),
            InputField(name: "num_outputs", kind: .integer(minimum: 1, maximum: 2), defaultValue: 1),
            InputField(name: "guidance", kind: .integer(minimum: 0, maximum: 20), defaultValue: 3),
            InputField(name: "seed", kind: .text),
            InputField(name: "raw", kind: .boolean, defaultValue: true),
            InputField(name: "api_key", kind: .text),
        ])
        var form = form()
        form.load(["num_outputs": 4, "guidance": 5, "seed": 42, "raw": true, "api_key": "s3cret", "style": "ink"])
        let start = form.values
        form.adopt(other)
        // `raw` is kept and happens to be this model's default.
        #expect(form.values == ["guidance": 5])
        #expect(form.parked == ["api_key", "num_outputs", "seed", "style"])
        form.select(named: "seed")
        form.beginEditing()
        form.edit { _ = $0.insert("fox") }
        form.commitEditing()
        form.adopt(Self.schema)
        #expect(form.values == start.filter { $0.key != "raw" })
        #expect(form.parked == ["seed"])
        form.adopt(other)
        #expect(form.values["seed"] == "fox")
        form.adopt(InputSchema(fields: []))
        #expect(form.rows.isEmpty)
        #expect(form.selection == nil)
    }

    @Test func `the inputs of an earlier run are taken as far as they fit`() {
        var form = form()
        form.select(named: "style")
        form.step(by: 1)
        let refused = form.load([
            "prompt": "a fox", "num_outputs": 3, "seed": .null, "guidance": 99, "style": "oil", "unknown": 1,
            "negative_prompt": .null,
        ])
        #expect(refused == ["guidance", "style"])
        #expect(form.values == ["num_outputs": 3, "negative_prompt": .null])
    }

    @Test func `required inputs without a value are named`() {
        let form = InputsForm(
            schema: InputSchema(fields: [
                InputField(name: "prompt", kind: .text), InputField(name: "voice", kind: .text, isRequired: true),
                InputField(name: "size", kind: .integer(minimum: nil, maximum: nil), isRequired: true),
            ])
        )
        #expect(form.issues.map(\.field) == ["voice", "size"])
        #expect(form.rows.map(\.issue) == ["is required", "is required"])
    }

    @Test func `text of several lines is edited as such and shown in one`() {
        var form = form(selecting: "negative_prompt")
        form.load(["negative_prompt": "blur\nnoise"])
        #expect(form.rows[5].text == "blur noise")
        form.beginEditing()
        #expect(form.editing?.editor.lines.count == 2)
        form.select(named: "seed")
        form.beginEditing()
        #expect(form.editing?.editor.isMultiline == false)
    }
}
