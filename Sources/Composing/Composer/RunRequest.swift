package import Money
package import ReplicateAPI

/// One run to be journaled and sent, with exactly the input that was priced.
package struct RunRequest: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`, as the API spells it.
    package let model: String
    /// The prompt for the history; empty where there is none.
    package let prompt: String
    /// The input as it is sent, with placeholders for files that are not uploaded yet.
    package let input: JSONObject
    /// What the run is expected to cost.
    package let estimate: Estimate
    /// Files that must be uploaded before; their placeholders stand in ``input``. Each of them once, in order.
    package let files: [InputFile]
    /// Names of inputs whose values must not be stored.
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

    /// The request with the addresses of uploaded files in place of their placeholders.
    ///
    /// - Parameter addresses: addresses by path. Files that are not among them stay in ``files``.
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
    /// The document, where each string that is a key of `places` is replaced, at any depth.
    fileprivate func replacing(_ places: [String: String]) -> JSONValue {
        switch self {
        case .string(let text):
            // A list in one text has one address on each line.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return .string(lines.map { places[$0] ?? $0 }.joined(separator: "\n"))
        case .array(let values): return .array(values.map { $0.replacing(places) })
        case .object(let members): return .object(members.mapValues { $0.replacing(places) })
        default: return self
        }
    }
}
