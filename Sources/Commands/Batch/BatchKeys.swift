import Predictions

/// Tells lines of a batch that have one key: the same order twice is one run, two orders are a mistake.
struct BatchKeys {
    private struct Seen {
        let line: Int
        /// Of what is ordered: a batch of any length keeps no inputs.
        let digest: Int
    }

    /// By the key's own digest, for the same reason.
    private var seen: [Int: Seen] = [:]

    /// Whether an earlier line has ordered the same under the same key. Throws ``CommandError`` when it has ordered anything
    /// else.
    mutating func take(_ prepared: PreparedOrder, line: Int) throws -> Bool {
        guard let key = prepared.order.key, !prepared.order.isForced else { return false }
        var hasher = Hasher()
        for draft in prepared.drafts {
            hasher.combine(draft.model)
            hasher.combine(draft.key?.input)
        }
        let digest = hasher.finalize()
        guard let before = seen[key.hashValue] else {
            seen[key.hashValue] = Seen(line: line, digest: digest)
            return false
        }
        guard before.digest == digest else {
            throw CommandError(
                .keyConflict,
                "has the key \(key), which stands for another order in line \(before.line)"
            )
        }
        return true
    }
}
