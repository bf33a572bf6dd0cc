package import History
package import ReplicateAPI

/// The name under which a run is ordered, so that the same order is not paid twice: over processes, kills and restarts.
package struct OrderKey: Hashable, Sendable {
    /// Bytes that a key may have.
    package static let longest = 200

    package let text: String
    /// The place of the run among those that are ordered together under the key, from 0.
    package let index: Int
    /// The inputs as they are ordered, with files by their content.
    package let input: JSONObject
    /// Makes a new run whatever there is.
    package var isForced: Bool

    package init(_ text: String, index: Int = 0, input: JSONObject, isForced: Bool = false) {
        self.text = text
        self.index = index
        self.input = input
        self.isForced = isForced
    }

    /// Why `text` cannot be a key, to be read after it; nil when it can.
    package static func issue(with text: String) -> String? {
        if text.isEmpty { return "must not be empty" }
        if text.utf8.count > longest { return "is longer than \(longest) bytes" }
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        return isPlain ? nil : "must hold no line breaks or other control characters"
    }

    /// What an order under the key is to be compared by: without what the model would take anyway, and without secrets.
    static func request(_ input: JSONObject, _ schema: InputSchema?, secrets: Set<String>) -> JSONObject {
        input.filter { name, value in
            guard !secrets.contains(name) else { return false }
            return schema?[name]?.defaultValue != value
        }
    }
}

/// An order under a key that was used for another one; nothing was journaled or sent.
package struct KeyConflict: Error, Hashable, Sendable, CustomStringConvertible {
    package let key: String
    /// The run that has the key.
    package let run: String
    /// What differs, by name; each as it was and as it is ordered now, null where it is not given.
    package let differences: [Difference]

    package struct Difference: Hashable, Sendable {
        /// `model`, or the name of an input.
        package let name: String
        package let before: JSONValue
        package let now: JSONValue
    }

    package var description: String {
        func short(_ value: JSONValue) -> String {
            if value.isNull { return "not given" }
            let text = value.text()
            return text.count <= 120 ? text : "\(text.prefix(100))… (\(text.utf8.count) bytes)"
        }
        let list = differences.map { "\($0.name) was \(short($0.before)), now \(short($0.now))" }
        return "the key \(key) stands for another run (\(run)): \(list.joined(separator: "; "))"
    }
}

/// Whether an order under a key makes a run. Pure.
package enum KeyRule {
    package enum Decision: Hashable, Sendable {
        case make
        /// This run is there already: it ended well, is under way, or waits for a person's word.
        case reuse(RunRecord)
    }

    /// - Parameters:
    ///   - model: `owner/name` or `owner/name:version`, as it is ordered.
    ///   - request: as ``OrderKey/request(_:_:secrets:)`` gives it.
    ///   - known: runs that were ordered under this key at this place, newest first.
    static func decide(
        _ key: OrderKey,
        model: String,
        request: JSONObject,
        known: [RunRecord]
    ) throws(KeyConflict) -> Decision {
        guard !key.isForced, let run = known.first(where: stands) else { return .make }
        let differences = differences(from: run, model: model, request: request)
        guard differences.isEmpty else {
            throw KeyConflict(key: key.text, run: run.prediction?.id.rawValue ?? run.id, differences: differences)
        }
        return .reuse(run)
    }

    /// A run that failed, was canceled or was refused is made again.
    private static func stands(_ run: RunRecord) -> Bool {
        run.isInFlight || run.stage == .resendable || run.hasEndedWell
    }

    private static func differences(
        from run: RunRecord,
        model: String,
        request: JSONObject
    ) -> [KeyConflict.Difference] {
        var found: [KeyConflict.Difference] = []
        if run.model != model {
            found.append(.init(name: "model", before: .string(run.model), now: .string(model)))
        }
        let before = run.keyRequest ?? [:]
        for name in Set(before.keys).union(request.keys).sorted() where before[name] != request[name] {
            found.append(.init(name: name, before: before[name] ?? .null, now: request[name] ?? .null))
        }
        return found
    }
}

/// A run that was ordered.
package struct OrderedRun: Hashable, Sendable {
    package let run: RunRecord
    /// It was there already: nothing was journaled or sent for it.
    package let isReused: Bool

    package init(_ run: RunRecord, isReused: Bool = false) {
        self.run = run
        self.isReused = isReused
    }
}
