import Foundation
import TestSupport
import Testing

@testable import Sandbox

/// The schemas of all models, against inputs that fit and inputs that do not.
struct ValidationPropertyTests {
    private static func fitting(_ field: InputField, _ random: inout SeededGenerator) -> JSON {
        switch field.kind {
        case .text: ["", "a fox", "狐", "a\nb"].randomElement(using: &random)!
        case .file: ["https://h/a.png", "data:image/png;base64,AA", "http://h/b"].randomElement(using: &random)!
        case .files: .array((0..<Int.random(in: 0...3, using: &random)).map { .string("https://h/\($0).png") })
        case .integer(let range?): .integer(Int.random(in: range, using: &random))
        case .integer(nil): .integer([.min, -1, 0, 42, .max].randomElement(using: &random)!)
        case .number(let range?): .number(Double.random(in: range, using: &random))
        case .number(nil): .number(2.5)
        case .boolean: .bool(.random(using: &random))
        case .choice(let values): values.randomElement(using: &random)!
        }
    }

    /// A value that the field refuses, and the word for it.
    private static func unfitting(_ field: InputField) -> [(JSON, String)] {
        switch field.kind {
        case .text: [(3, "invalid_type"), ([], "invalid_type"), (true, "invalid_type")]
        case .file: [("fox.png", "format"), ("", "format"), (7, "invalid_type"), ("file:///x", "format")]
        case .files: [("https://h/a.png", "invalid_type"), ([1], "invalid_type"), (["fox.png"], "format")]
        case .integer(let range?):
            [
                (.integer(range.upperBound + 1), "number_lte"), (.integer(range.lowerBound - 1), "number_gte"),
                ("3", "invalid_type"), (1.5, "invalid_type"),
            ]
        case .integer(nil): [("3", "invalid_type"), (0.5, "invalid_type"), ([:], "invalid_type")]
        case .number(let range?):
            [
                (.number(range.upperBound + 1), "number_lte"), (.number(range.lowerBound - 1), "number_gte"),
                ("1", "invalid_type"),
            ]
        case .number(nil): [("1", "invalid_type"), (false, "invalid_type")]
        case .boolean: [("true", "invalid_type"), (1, "invalid_type")]
        case .choice: [("no such choice", "enum"), (999_999, "enum"), ([], "enum")]
        }
    }

    @Test(arguments: Catalogue.standard.models.map(\.slug))
    func `every model takes what fits its schema, and names what does not`(slug: String) throws {
        let model = try #require(Catalogue.standard.models.first { $0.slug == slug })
        let validation = InputValidation(fields: model.fields)
        var random = SeededGenerator(seed: UInt64(slug.utf8.count))
        for _ in 0..<60 {
            var input: [String: JSON] = [:]
            for field in model.fields where field.required || Bool.random(using: &random) {
                input[field.name] = Self.fitting(field, &random)
            }
            #expect(validation.complaints(about: input) == [], "\(input)")
            // The schema that the API shows says the same: every input is a property of it.
            #expect(Set(input.keys).isSubset(of: model.fields.map(\.name)))
            guard let field = model.fields.randomElement(using: &random) else { continue }
            for (value, type) in Self.unfitting(field) {
                var bad = input
                bad[field.name] = value
                let found = validation.complaints(about: bad)
                #expect(found.count == 1 && found[0].type == type, "\(field.name) \(value.plain): \(found)")
                #expect(found.first?.field.hasPrefix("input.\(field.name)") == true)
                #expect(found.first?.description.isEmpty == false)
            }
            if field.required {
                input[field.name] = nil
                #expect(validation.complaints(about: input).map(\.type) == ["required"])
            }
            input["no_such_input"] = 1
            #expect(validation.complaints(about: input).last?.type == "additional_property_not_allowed")
        }
    }

    @Test(arguments: Catalogue.standard.models.map(\.slug))
    func `what the API shows of an input is what it checks`(slug: String) throws {
        let model = try #require(Catalogue.standard.models.first { $0.slug == slug })
        for (order, field) in model.fields.enumerated() {
            let shown = field.property(order: order)
            #expect(shown["x-order"]?.integerValue == order)
            // As the API does, a choice bears its title where its values stand.
            let titled = field.enumeration ?? shown
            #expect(titled["title"]?.stringValue?.isEmpty == false)
            #expect(shown["default"] == field.standard)
            switch field.kind {
            case .integer(let range?):
                #expect(
                    shown["minimum"] == .integer(range.lowerBound) && shown["maximum"] == .integer(range.upperBound)
                )
            case .number(let range?):
                #expect(shown["minimum"]?.numberValue == range.lowerBound)
                #expect(shown["maximum"]?.numberValue == range.upperBound)
            case .choice(let values):
                #expect(shown.at("allOf.0.$ref")?.stringValue == "#/components/schemas/\(field.name)")
                #expect(field.enumeration?["enum"] == .array(values))
            case .file: #expect(shown["format"] == "uri")
            case .files: #expect(shown.at("items.format") == "uri")
            default: #expect(field.enumeration == nil)
            }
            #expect((shown["nullable"] == true) == (!field.required && field.standard == nil && !field.isChoice))
        }
    }
}

extension InputField {
    fileprivate var isChoice: Bool { if case .choice = kind { true } else { false } }
}
