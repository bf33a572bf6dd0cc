package import ReplicateAPI

/// Runs that would make what there is already: the same model, inputs and seed give the same picture, and are paid again.
package struct Repetition: Hashable, Sendable {
    package typealias Run = (model: String, input: JSONObject)

    private struct Key: Hashable {
        let model: String
        let input: JSONObject
    }

    /// The seed that they share.
    private let seed: String
    /// How many of the runs make what another of them makes.
    private let again: Int
    private let all: Int
    /// Whether one of them was made before.
    private let isMade: Bool

    /// nil where each run makes something new, or may do so because its seed is not fixed.
    ///
    /// - Parameter made: runs that have succeeded or are under way.
    package init?(of runs: [Run], made: [Run] = []) {
        let keys = runs.filter { Self.seed(of: $0.input) != nil }.map { Key(model: $0.model, input: $0.input) }
        guard let first = keys.first else { return nil }
        let distinct = Set(keys)
        let earlier = Set(
            made.lazy.filter { Self.seed(of: $0.input) != nil }.map { Key(model: $0.model, input: $0.input) }
        )
        let before = distinct.intersection(earlier)
        again = keys.count - distinct.count
        all = runs.count
        isMade = !before.isEmpty
        guard again > 0 || isMade else { return nil }
        seed = (before.first ?? first).input.lazy.compactMap(Self.fixed).first ?? ""
    }

    /// A sentence, such as `Seed 7 is fixed: 2 of these 3 runs make what another one makes, and each is paid.`
    package var text: String {
        if again > 0 {
            return "Seed \(seed) is fixed: \(again) of these \(all) runs make what another one makes, "
                + "and each is paid."
        }
        return "With the same inputs and seed \(seed) it was made before: it comes out the same, and is paid again."
    }

    private static func seed(of input: JSONObject) -> String? { input.lazy.compactMap(fixed).first }

    /// The value of a seed that is fixed; below zero the model throws the dice.
    private static func fixed(_ name: String, _ value: JSONValue) -> String? {
        guard name == "seed" || name.hasSuffix("_seed") else { return nil }
        return value.integer.flatMap { $0 < 0 ? nil : "\($0)" }
    }
}
