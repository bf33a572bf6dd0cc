package import History
package import ReplicateAPI

/// The values of secret inputs of the runs that are under way: in memory only, from the draft until the record's end.
package struct RunSecrets: Sendable {
    /// What a secret's value is replaced with in the server's words, and where an input is shown.
    package static let placeholder = "<secret>"
    /// Shorter values would replace parts of ordinary words.
    private static let shortest = 4

    private var values: [RunRecord.ID: JSONObject] = [:]

    /// Parts an input into what may be kept and what may not.
    ///
    /// - Parameter names: inputs of the model whose values are secret.
    package static func split(_ input: JSONObject, names: Set<String>) -> (kept: JSONObject, secret: JSONObject) {
        guard !names.isDisjoint(with: input.keys) else { return (input, [:]) }
        return (input.filter { !names.contains($0.key) }, input.filter { names.contains($0.key) && !$0.value.isNull })
    }

    mutating func keep(_ secret: JSONObject, of id: RunRecord.ID) { if !secret.isEmpty { values[id] = secret } }

    mutating func forget(_ id: RunRecord.ID) { values[id] = nil }

    /// The whole input, to be sent; nil when a secret of it is known to nobody any more, as after a restart.
    func input(of run: RunRecord) -> JSONObject? {
        let secret = values[run.id] ?? [:]
        guard run.secretInputs.allSatisfy({ secret[$0] != nil }) else { return nil }
        return run.input.merging(secret) { $1 }
    }

    /// What the server says of the run, without its secrets, wherever a model may have repeated them.
    func cleaned(_ prediction: Prediction, of run: RunRecord) -> Prediction {
        guard !run.secretInputs.isEmpty, var members = prediction.raw.object else { return prediction }
        if let input = members["input"]?.object {
            members["input"] = .object(input.filter { !run.secretInputs.contains($0.key) })
        }
        let words = words(of: run)
        let cleaned = words.isEmpty ? .object(members) : Self.replacing(words, in: .object(members))
        return Prediction(json: cleaned) ?? prediction
    }

    /// A refusal of the run, which may repeat what was sent.
    func cleaned(_ error: APIError, of run: RunRecord) -> APIError {
        let words = words(of: run)
        guard !words.isEmpty else { return error }
        func clean(_ text: String) -> String { Self.replacing(words, in: text) }
        var error = error
        error.message = clean(error.message)
        error.invalidFields = error.invalidFields.map { field in
            APIError.InvalidField(type: clean(field.type), field: clean(field.field), message: clean(field.message))
        }
        return error
    }

    private func words(of run: RunRecord) -> [String] {
        (values[run.id] ?? [:]).values.map(\.plain).filter { $0.count >= Self.shortest }
    }

    private static func replacing(_ words: [String], in text: String) -> String {
        words.reduce(text) { $0.contains($1) ? $0.replacing($1, with: placeholder) : $0 }
    }

    private static func replacing(_ words: [String], in value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(replacing(words, in: text))
        case .array(let elements): .array(elements.map { replacing(words, in: $0) })
        case .object(let members): .object(members.mapValues { replacing(words, in: $0) })
        case .null, .bool, .integer, .unsigned, .number: value
        }
    }
}

extension RunRecord {
    /// What the server says of this run, without its secret inputs.
    package func withoutSecrets(_ prediction: Prediction) -> Prediction { RunSecrets().cleaned(prediction, of: self) }
}
