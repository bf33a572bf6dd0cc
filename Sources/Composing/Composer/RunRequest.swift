package import Money
package import ReplicateAPI

/// One run that is to be journaled and sent: exactly what was priced.
package struct RunRequest: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`, as the API spells it.
    package let model: String
    /// What the history keeps as the prompt; empty where there is none.
    package let prompt: String
    package let input: JSONObject
    package let estimate: Estimate
    /// Files whose placeholders stand in ``input``, each once, in order.
    package let files: [InputFile]
    /// Names of inputs whose values are never kept.
    package let secretInputs: Set<String>

    package init(
        model: String,
        prompt: String,
        input: JSONObject,
        estimate: Estimate,
        files: [InputFile] = [],
        secretInputs: Set<String> = []
    ) {
        self.model = model
        self.prompt = prompt
        self.input = input
        self.estimate = estimate
        self.files = files
        self.secretInputs = secretInputs
    }

    /// The request with the addresses that the files have been uploaded to, by path.
    package func sending(_ addresses: [String: String]) -> RunRequest {
        guard !files.isEmpty else { return self }
        var places: [String: String] = [:]
        for file in files { places[file.placeholder] = addresses[file.path] }
        let left = files.filter { addresses[$0.path] == nil }
        let filled = input.mapValues { $0.replacing(places) }
        return RunRequest(
            model: model,
            prompt: prompt,
            input: filled,
            estimate: estimate,
            files: left,
            secretInputs: secretInputs
        )
    }
}

extension JSONValue {
    /// With other texts in place of the whole texts that `places` names, at any depth.
    fileprivate func replacing(_ places: [String: String]) -> JSONValue {
        switch self {
        case .string(let text):
            // A list in one text has an address on each line.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return .string(lines.map { places[$0] ?? $0 }.joined(separator: "\n"))
        case .array(let values): return .array(values.map { $0.replacing(places) })
        case .object(let members): return .object(members.mapValues { $0.replacing(places) })
        default: return self
        }
    }
}
