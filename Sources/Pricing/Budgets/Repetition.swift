package import ReplicateAPI

/// Runs that would repeat an existing result: the same model, inputs and seed give the same picture, which is charged
/// again.
package struct Repetition: Hashable, Sendable {
    /// A run by all that decides its result: `owner/name` and the complete input.
    package typealias Run = (model: String, input: JSONObject)

    private struct Key: Hashable {
        let model: String
        let input: JSONObject
    }

    /// The fixed seed that the sentence names.
    private let seed: String
    /// The number of runs that repeat another one of them.
    private let duplicates: Int
    private let all: Int
    /// Whether one of them repeats an earlier run.
    private let matchesEarlierRun: Bool

    /// Nil when each run makes something new, or may do so because its seed is not fixed.
    ///
    /// - Parameters:
    ///   - runs: the runs that are to be started.
    ///   - made: runs that have succeeded or are in flight.
    package init?(of runs: [Run], made: [Run] = []) {
        let keys = runs.filter { Self.seed(of: $0.input) != nil }.map { Key(model: $0.model, input: $0.input) }
        guard let first = keys.first else { return nil }
        let distinct = Set(keys)
        let earlier = Set(
            made.lazy.filter { Self.seed(of: $0.input) != nil }.map { Key(model: $0.model, input: $0.input) }
        )
        let before = distinct.intersection(earlier)
        duplicates = keys.count - distinct.count
        all = runs.count
        matchesEarlierRun = !before.isEmpty
        guard duplicates > 0 || matchesEarlierRun else { return nil }
        seed = (before.first ?? first).input.lazy.compactMap(Self.fixed).first ?? ""
    }

    /// A sentence, such as `Seed 7 is fixed: 2 of these 3 runs make what another one makes, and each is paid.`
    package var text: String {
        if duplicates > 0 {
            return "Seed \(seed) is fixed: \(duplicates) of these \(all) runs make what another one makes, "
                + "and each is paid."
        }
        return "With the same inputs and seed \(seed) it was made before: it comes out the same, and is paid again."
    }

    private static func seed(of input: JSONObject) -> String? { input.lazy.compactMap(fixed).first }

    /// The value of a fixed seed; nil for other inputs. A value below zero means that the model chooses at random.
    private static func fixed(_ name: String, _ value: JSONValue) -> String? {
        guard name == "seed" || name.hasSuffix("_seed") else { return nil }
        return value.integer.flatMap { $0 < 0 ? nil : "\($0)" }
    }
}
