import Composing
import ReplicateAPI

/// One complaint about a body, as FastAPI with pydantic 2 words it: `{type, loc, msg, input}`, and `ctx` where it has one.
///
/// Source: answers of FastAPI 0.165 with pydantic 2.14, kept with the tests.
struct FieldIssue: Hashable, Sendable {
    /// Where in the body; empty: the body itself.
    let path: [JSONValue]
    let type: String
    let message: String
    let input: JSONValue
    var context: JSONObject?

    /// - Parameter repeatsInput: whether the value is sent back; otherwise null stands for it.
    fileprivate func json(repeatsInput: Bool) -> JSONValue {
        var members: JSONObject = [
            "type": .string(type), "loc": .array(["body"] + path), "msg": .string(message),
            "input": repeatsInput ? input : .null,
        ]
        if let context { members["ctx"] = .object(context) }
        return .object(members)
    }
}

extension [FieldIssue] {
    /// The largest number of issues in an answer.
    private static var most: Int { 100 }
    /// The largest number of input bytes in an answer, of all issues together.
    private static var mostRepeated: Int { 65_536 }

    /// The issues as JSON. It is never much larger than the body that the client has sent.
    var json: JSONValue {
        var left = Self.mostRepeated
        return .array(
            prefix(Self.most).map { issue in
                let size = issue.input.serialized().count
                let fits = size <= left
                if fits { left -= size }
                return issue.json(repeatsInput: fits)
            }
        )
    }
}

extension FieldIssue {
    static func syntax(_ error: JSONTextError) -> FieldIssue {
        FieldIssue(
            path: [.integer(Int64(error.position))],
            type: "json_invalid",
            message: "JSON decode error",
            input: .object([:]),
            context: ["error": .string(error.message)]
        )
    }

    static func missing(_ path: [JSONValue], in body: JSONValue) -> FieldIssue {
        FieldIssue(path: path, type: "missing", message: "Field required", input: body)
    }

    /// A field that the route does not take.
    static func extra(_ path: [JSONValue], _ input: JSONValue) -> FieldIssue {
        FieldIssue(path: path, type: "extra_forbidden", message: "Extra inputs are not permitted", input: input)
    }

    static func noObject(_ body: JSONValue) -> FieldIssue {
        FieldIssue(
            path: [],
            type: "model_attributes_type",
            message: "Input should be a valid dictionary or object to extract fields from",
            input: body
        )
    }

    /// `message` reads after the field's name.
    static func value(_ path: [JSONValue], _ message: String, _ input: JSONValue) -> FieldIssue {
        FieldIssue(
            path: path,
            type: "value_error",
            message: "Value error, \(message)",
            input: input,
            context: ["error": .string(message)]
        )
    }

    enum Collection: String {
        case list = "List"
        case dictionary = "Dictionary"
    }

    static func tooLong(_ name: String, _ kind: Collection, most: Int, count: Int, _ input: JSONValue) -> FieldIssue {
        FieldIssue(
            path: [.string(name)],
            type: "too_long",
            message: "\(kind.rawValue) should have at most \(most) items after validation, not \(count)",
            input: input,
            context: [
                "field_type": .string(kind.rawValue), "max_length": .integer(Int64(most)),
                "actual_length": .integer(Int64(count)),
            ]
        )
    }

    static func type(_ path: [JSONValue], _ name: String, _ what: String, _ input: JSONValue) -> FieldIssue {
        FieldIssue(path: path, type: name, message: "Input should be a valid \(what)", input: input)
    }
}

extension FieldIssue {
    /// An issue of composing the run, at its place in the body.
    ///
    /// - Parameter ownFields: inputs of the model that are fields of the body itself.
    init(_ issue: RunIssue, ownFields: Set<String>) {
        let path: [JSONValue] =
            switch issue.subject {
            case .model, .count: ["model"]
            case .prompt: ["prompt"]
            case .images(nil): ["image_urls"]
            case .images(let index?): ["image_urls", .integer(Int64(index))]
            case .input(let name) where ownFields.contains(name): [.string(name)]
            case .input(let name): ["input", .string(name)]
            }
        self = .value(path, issue.shortSentence, issue.value)
    }
}
