import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import Studio

/// The form under any hand: what is sent always fits its field.
struct InputsFormPropertyTests {
    private static let kinds: [(InputField.Kind, JSONValue?)] = [
        (.integer(minimum: 1, maximum: 4), 1), (.integer(minimum: nil, maximum: nil), nil),
        (.integer(minimum: 256, maximum: 1_440), 1_024), (.integer(minimum: -5, maximum: nil), nil),
        (.number(minimum: 0, maximum: 10), 3.5), (.number(minimum: nil, maximum: nil), nil),
        (.number(minimum: 0, maximum: 1), 0.8), (.number(minimum: -1e6, maximum: 1e6), nil),
        (.choice(["1:1", "16:9", "9:16"]), "1:1"), (.choice(["photo", "ink"]), nil), (.choice([1, 2, 3]), 2),
        (.boolean, false), (.boolean, true), (.boolean, nil), (.text, "blur"), (.text, nil), (.secret, nil),
        (.json, nil),
    ]

    private func schema(_ random: inout SeededGenerator, count: Int) -> InputSchema {
        InputSchema(
            fields: [InputField(name: "prompt", kind: .text, isRequired: true)]
                + (0..<count).map { number in
                    let (kind, standard) = Self.kinds.randomElement(using: &random)!
                    return InputField(
                        name: "input_\(number)",
                        kind: kind,
                        defaultValue: standard,
                        isNullable: Bool.random(using: &random),
                        order: number
                    )
                }
        )
    }

    private func expectSound(_ form: InputsForm, _ comment: String) {
        for (name, value) in form.values {
            guard let field = form[name] else {
                Issue.record("\(comment): \(name) is not in the form")
                continue
            }
            #expect(field.issue(with: value) == nil, "\(comment): \(name) is \(value.plain)")
            // What equals the default is not sent.
            let isDefault = field.defaultValue.map { value.isSame(as: $0) } ?? value.isNull
            #expect(!isDefault, "\(comment): \(name)")
        }
        #expect(form.changedCount == form.values.count)
        let rows = form.rows
        #expect(rows.count == form.rowCount)
        #expect(rows.filter(\.isSelected).count == (rows.isEmpty ? 0 : 1), "\(comment)")
        #expect(rows.filter(\.isEditing).count <= 1)
        let isOnShow = form.selection.map { rows.indices.contains($0) } ?? rows.isEmpty
        #expect(isOnShow)
        for row in rows {
            #expect(row.isChanged == (form.values[row.name] != nil))
            let hasLines = row.text.contains { $0.isNewline }
            #expect(!hasLines)
            if row.control == .secret, row.isChanged { #expect(row.text.allSatisfy { $0 == "•" }) }
        }
        for name in form.recordableValues.keys {
            #expect(form[name]?.kind != .secret, "a secret would be written down")
        }
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `whatever is done, what is sent fits, and one input is selected`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var form = InputsForm(schema: schema(&random, count: Int.random(in: 0...9, using: &random)))
        let texts = [
            "", "4", "-3", "2.5", "1e3", "nan", "true", "16:9", "ink", "{\"a\": 1}", "[", "99999999999999999999", "漢",
            " 7 ",
            "two\nlines",
        ]
        for step in 0..<150 {
            let what: String
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                form.moveSelection(by: [-1, 1, 3, .max, .min].randomElement(using: &random)!)
                what = "move"
            case 1, 2:
                form.step(by: [-1, 1, 2, -7, 1_000_000, .max, .min].randomElement(using: &random)!)
                what = "step"
            case 3:
                form.toggle()
                what = "toggle"
            case 4:
                form.reset()
                what = "reset"
            case 5:
                form.toggleChangedOnly()
                what = "changed only"
            case 6, 7:
                let text = texts.randomElement(using: &random)!
                if form.beginEditing() {
                    form.edit { _ = $0.replaceAll(text) }
                    if !form.commitEditing(), Bool.random(using: &random) { form.cancelEditing() }
                }
                what = "type \(text.debugDescription)"
            case 8:
                let name = "input_\(Int.random(in: 0...9, using: &random))"
                let before = form.values
                let refusal = form.type(texts.randomElement(using: &random)!, into: name)
                if refusal != nil { #expect(form.values == before, "refused, and changed") }
                what = "name \(name)"
            default:
                form.adopt(schema(&random, count: Int.random(in: 0...9, using: &random)))
                what = "another model"
            }
            expectSound(form, "step \(step): \(what)")
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `what another model does not take returns with the first one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let first = schema(&random, count: 8)
        var form = InputsForm(schema: first)
        for index in 0..<form.rowCount {
            form.select(index)
            form.step(by: 1)
            if form.beginEditing() {
                form.edit { _ = $0.replaceAll("word") }
                if !form.commitEditing() { form.cancelEditing() }
            }
        }
        let before = form.values
        // A model without any of them, and back.
        form.adopt(InputSchema(fields: [InputField(name: "prompt", kind: .text, isRequired: true)]))
        #expect(form.values.isEmpty && form.parked == before.keys.sorted())
        form.adopt(first)
        #expect(form.values == before && form.parked.isEmpty)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `an earlier run's inputs are taken as far as they fit, and the others are named`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var form = InputsForm(schema: schema(&random, count: 8))
            var input: JSONObject = ["prompt": "a fox", "gone": 1]
            let values: [JSONValue] = [1, 3, 0.5, 1_024, "1:1", "ink", true, .null, "x", .array([1]), 2, -1]
            for number in 0..<8 where Bool.random(using: &random) {
                input["input_\(number)"] = values.randomElement(using: &random)!
            }
            let refused = form.load(input)
            expectSound(form, "\(input)")
            #expect(refused == refused.sorted() && Set(refused).isSubset(of: input.keys))
            for (name, value) in input where form[name] != nil && !refused.contains(name) {
                let taken = form.values[name] ?? form[name]?.defaultValue ?? .null
                #expect(taken.isSame(as: value), "\(name)")
            }
            #expect(form.values["gone"] == nil && form.values["prompt"] == nil)
        }
    }

    @Test func `steps of a number stop at both ends and come back the way they went`() {
        for (kind, standard) in Self.kinds {
            let field = InputField(name: "x", kind: kind, defaultValue: standard)
            var form = InputsForm(schema: InputSchema(fields: [field]))
            switch kind {
            case .integer(let minimum?, let maximum?):
                for _ in 0..<5_000 { form.step(by: 1) }
                #expect(form.values["x"]?.whole ?? standard?.whole == maximum)
                for _ in 0..<5_000 { form.step(by: -1) }
                #expect(form.values["x"]?.whole ?? standard?.whole == minimum)
            case .number(let minimum?, let maximum?):
                for _ in 0..<5_000 { form.step(by: 1) }
                #expect(form.values["x"]?.double ?? standard?.double == maximum)
                for _ in 0..<5_000 { form.step(by: -1) }
                #expect(form.values["x"]?.double ?? standard?.double == minimum)
            case .choice, .boolean:
                let start = form.values
                let count = form.rows[0].hint?.split(separator: " ").count ?? 2
                // Around, through every choice and, where there is none by default, through not choosing.
                for _ in 0..<(standard == nil && kind != .boolean ? count + 1 : count) { form.step(by: 1) }
                if standard != nil || kind != .boolean { #expect(form.values == start, "\(kind)") }
            default: break
            }
        }
    }

    @Test func `numbers that are stepped have no dust of binary fractions`() {
        var random = SeededGenerator(seed: 5)
        for (minimum, maximum, standard) in [(0.0, 1.0, 0.8), (0, 10, 3.5), (-2, 2, 0), (0, 0.1, 0.05), (1, 20, 7.5)] {
            let field = InputField(
                name: "x",
                kind: .number(minimum: minimum, maximum: maximum),
                defaultValue: .number(standard)
            )
            var form = InputsForm(schema: InputSchema(fields: [field]))
            for _ in 0..<60 {
                let isMoved = form.step(by: Bool.random(using: &random) ? 1 : -1)
                let text = form.rows[0].text
                #expect(text.count <= 6, "\(text) of \(minimum)…\(maximum)")
                if !isMoved { #expect([minimum, maximum].contains(form.values["x"]?.double ?? standard)) }
            }
        }
    }
}
