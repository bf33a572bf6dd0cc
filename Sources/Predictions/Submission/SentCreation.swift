import Foundation
package import ReplicateAPI

/// What a creating request asked for, and how a prediction that the server lists compares with it. Pure.
///
/// The server shows an input in its own words: `7.0` as `7`, a `data:` URI as the address of the stored file, defaults
/// filled in, secrets left out, and after an hour nothing at all.
package struct SentCreation: Hashable, Sendable {
    /// How well a prediction of the list fits what was sent.
    package enum Likeness: Hashable, Sendable {
        /// It says what was sent wherever the server repeats it.
        case certain
        /// Nothing speaks against it, but not enough speaks for it.
        case possible
        /// It is another one.
        case none
    }

    private let model: String
    private let version: String?
    private let deployment: String?
    private let input: JSONObject
    private let unrepeated: Set<String>

    /// - Parameters:
    ///   - model: `owner/name`, `owner/name:version` or `deployments/owner/name`, in any spelling of letters.
    ///   - unrepeated: inputs that the server need not repeat as they were sent, such as secrets.
    package init(model text: String, input: JSONObject, unrepeated: Set<String> = []) {
        let parts = text.split(separator: ":", maxSplits: 1)
        let path = parts.first.map(String.init) ?? text
        let marker = "deployments/"
        deployment = path.hasPrefix(marker) ? String(path.dropFirst(marker.count)).lowercased() : nil
        model = path.lowercased()
        version = parts.count == 2 ? String(parts[1]) : nil
        self.input = input
        self.unrepeated = unrepeated
    }

    /// Compares by value: what the server may write in its own words, such as `7` for `7.0`, is the same.
    package func likeness(to prediction: Prediction) -> Likeness {
        guard prediction.source != "web" else { return .none }
        var evidence = min(place(of: prediction), prediction.createdAt == nil ? .weak : .same)
        var isSaid = input.values.allSatisfy(\.isNull)
        for (key, value) in input {
            let found = Self.compare(value, prediction.input[key], isRepeated: !unrepeated.contains(key))
            if found == .same, !value.isNull { isSaid = true }
            evidence = min(evidence, found)
        }
        return switch evidence {
        case .contradiction: .none
        case .weak: .possible
        case .neutral, .same: isSaid ? .certain : .possible
        }
    }

    // MARK: Comparing

    private enum Evidence: Int, Comparable {
        /// It says something else.
        case contradiction
        /// It does not say it, although the server usually does.
        case weak
        /// It cannot be expected to say it.
        case neutral
        case same

        static func < (left: Evidence, right: Evidence) -> Bool { left.rawValue < right.rawValue }
    }

    private func place(of prediction: Prediction) -> Evidence {
        if let version, ModelReference.isVersion(prediction.version), prediction.version != version {
            return .contradiction
        }
        if let deployment { return prediction.deployment?.lowercased() == deployment ? .same : .contradiction }
        if prediction.model.isEmpty { return .weak }
        return prediction.model.lowercased() == model ? .same : .contradiction
    }

    private static func compare(_ sent: JSONValue, _ listed: JSONValue?, isRepeated: Bool) -> Evidence {
        guard let listed else { return sent.isNull || !isRepeated || isStored(sent) ? .neutral : .weak }
        switch (sent, listed) {
        case (.null, _): return listed.isNull ? .same : .neutral
        case (.array(let sent), .array(let listed)):
            guard sent.count == listed.count else { return isRepeated ? .contradiction : .neutral }
            return zip(sent, listed).map { compare($0, $1, isRepeated: isRepeated) }.min() ?? .same
        case (.object(let sent), .object(let listed)):
            return sent.map { compare($1, listed[$0], isRepeated: isRepeated) }.min() ?? .same
        default: break
        }
        if isSame(sent, listed) { return .same }
        if !isRepeated || isStored(sent) { return .neutral }
        // Of two addresses, one may be the server's own copy of what the other names.
        return isAddress(sent) && isAddress(listed) ? .weak : .contradiction
    }

    /// By value: numbers as numbers, also within quotes; text without the white space around it.
    private static func isSame(_ sent: JSONValue, _ listed: JSONValue) -> Bool {
        if sent == listed { return true }
        if let first = number(sent), let second = number(listed) { return first == second }
        return trimmed(sent.plain) == trimmed(listed.plain)
    }

    private static func number(_ value: JSONValue) -> Double? {
        // Whole numbers were compared exactly: beyond 2^53 two of them share a double.
        if case .integer(let whole) = value, whole.magnitude > 1 << 53 { return nil }
        return value.double ?? value.string.flatMap { Double($0) }
    }

    private static func trimmed(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether the server keeps such a value under an address of its own.
    private static func isStored(_ value: JSONValue) -> Bool {
        guard let text = value.string else { return false }
        return text.hasPrefix("data:") || text.hasPrefix("http") && text.contains("/v1/files/")
    }

    private static func isAddress(_ value: JSONValue) -> Bool {
        value.string.map { text in ["http://", "https://", "data:"].contains { text.hasPrefix($0) } } ?? false
    }
}
