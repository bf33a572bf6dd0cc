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

    var json: JSONValue {
        var members: JSONObject = [
            "type": .string(type), "loc": .array(["body"] + path), "msg": .string(message), "input": input,
        ]
        if let context { members["ctx"] = .object(context) }
        return .object(members)
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

    static func type(_ path: [JSONValue], _ name: String, _ what: String, _ input: JSONValue) -> FieldIssue {
        FieldIssue(path: path, type: name, message: "Input should be a valid \(what)", input: input)
    }
}
