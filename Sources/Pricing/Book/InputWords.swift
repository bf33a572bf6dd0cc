import Foundation
import ReplicateAPI

/// The words in the name of an input: `numFrames` and `num_frames` both have `num` and `frames`.
struct InputWords {
    private let words: [String]
    private let joined: String

    init(_ name: String) {
        var words: [String] = [""]
        var wasLower = false
        for character in name {
            if !character.isLetter, !character.isNumber {
                words.append("")
            } else {
                if character.isUppercase, wasLower { words.append("") }
                words[words.count - 1] += character.lowercased()
            }
            wasLower = character.isLowercase
        }
        self.words = words.filter { !$0.isEmpty }
        joined = self.words.joined(separator: "_")
    }

    /// Whether one of `parts` occurs anywhere in the name.
    func names(_ parts: [String]) -> Bool { parts.contains { joined.contains($0) } }
    func begins(with parts: [String]) -> Bool { parts.contains { joined.hasPrefix($0) } }
    func isOneOf(_ names: Set<String>) -> Bool {
        names.contains(joined) || words.contains(where: Self.plurals.contains)
    }
    func hasWord(of set: Set<String>) -> Bool { words.contains(where: set.contains) }

    /// Whether it is the quality of a compressed file, 0 to 100. That does not change the picture's price.
    func isFileQuality(_ value: JSONValue) -> Bool {
        guard words.contains("quality"), value.double != nil else { return false }
        return words.contains { ["output", "jpeg", "jpg", "webp", "compression"].contains($0) }
    }

    // MARK: Meaning of names

    /// Parts of names that mean a quantity.
    static let amounts = [
        "duration", "second", "minute", "frame", "fps", "count", "megapixel", "pixel", "resolution", "length", "width",
        "height", "batch", "number", "how_many", "area", "upscal",
    ]
    /// Those of them that mean the side of an area.
    static let sides = ["resolution", "upscal"]
    static let counting = ["num_", "nb_", "no_of_", "n_", "max_", "total_"]
    static let counts: Set<String> = ["n", "num", "amount", "quantity", "max", "t"]
    /// Plurals of things that are made; as a name they mean a number of them.
    private static let plurals: Set<String> = [
        "outputs", "images", "pictures", "photos", "videos", "clips", "samples", "variations", "variants", "results",
        "copies", "generations", "takes", "iterations", "repeats", "loops", "tokens", "words", "characters", "pages",
        "scenes", "shots", "segments", "tiles", "rows", "columns", "views",
    ]
    static let areas: Set<String> = ["size", "dimension", "dimensions", "zoom"]
    /// Parts of names of inputs that make a run slower without more output.
    static let work: Set<String> = ["steps", "step", "iterations", "passes", "ensemble", "beams", "refine"]
    static let tiers: Set<String> = [
        "mode", "tier", "quality", "hd", "uhd", "audio", "sound", "interpolate", "interpolation", "variant", "version",
        "model", "turbo", "speed",
    ]
    /// Settings of the content that no model bills.
    static let harmless: Set<String> = [
        "seed", "guidance", "guide", "cfg", "strength", "tolerance", "temperature", "top", "penalty", "threshold",
        "weight", "weights", "lora", "conditioning", "adapter", "control", "style", "safety", "compression", "shift",
        "eta",
    ]
    static let prose: Set<String> = [
        "prompt", "text", "caption", "description", "instruction", "instructions", "script",
    ]

    enum Phrase { case amount, side }

    /// The meaning of a number, from its title and description; nil when they do not tell.
    static func phrase(in texts: [String?]) -> Phrase? {
        let text = texts.compactMap { $0?.lowercased() }.joined(separator: " ")
        guard !text.isEmpty else { return nil }
        if ["times as large", "resolution", "upscal", "how large", "pixels"].contains(where: text.contains) {
            return .side
        }
        let amounts = [
            "how many", "number of", "in seconds", "seconds", "duration", "how long", "length", "frames", "megapixel",
            "amount of", "minutes", "count of", "per second",
        ]
        return amounts.contains(where: text.contains) ? .amount : nil
    }
}
