package import Foundation
package import Pricing
package import ReplicateAPI

/// An order for runs as the studio, the command line or the service received it, before anything is checked or added.
package struct GivenRun: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`, as it was ordered.
    package var model: String
    /// The model's description from the API; nil when it was not requested or could not be. Then only what needs no
    /// schema is checked.
    package var details: ModelDetails?
    /// The prompt; nil when none was given.
    package var prompt: String?
    /// Whether `{a|b}` in the prompt stands for one prompt with each alternative.
    package var readsAlternatives: Bool
    /// Images without an input name, in order. They go into the input that takes the model's images.
    package var images: [GivenImage]
    /// The named inputs in the order in which they were given; a name may occur twice.
    package var inputs: [GivenInput]
    /// The number of runs for each prompt.
    package var count: Int
    /// Whether required inputs may be missing: for an estimate before the order is complete.
    package var mayBeIncomplete = false
    /// Earlier runs of the model, and the hardware that it is known to run on; nil: not known.
    package var history: RunHistory?
    /// The sizes of pictures in megapixels, by address; pictures of unknown size are left out.
    package var megapixels: [String: Decimal]

    package init(
        model: String,
        details: ModelDetails?,
        prompt: String? = nil,
        readsAlternatives: Bool = false,
        images: [GivenImage] = [],
        inputs: [GivenInput] = [],
        count: Int = 1,
        history: RunHistory? = nil,
        megapixels: [String: Decimal] = [:]
    ) {
        self.model = model
        self.details = details
        self.prompt = prompt
        self.readsAlternatives = readsAlternatives
        self.images = images
        self.inputs = inputs
        self.count = count
        self.history = history
        self.megapixels = megapixels
    }
}

extension GivenRun {
    /// Whether both have a prompt, and all else is the same.
    func differsInWordsOnly(from other: GivenRun) -> Bool {
        guard prompt != nil, let words = other.prompt else { return false }
        var same = self
        same.prompt = words
        return same == other
    }
}

/// A value for a named input.
package struct GivenInput: Hashable, Sendable {
    /// The forms in which a value is given.
    package enum Value: Hashable, Sendable {
        /// Text that is read by the type of the input.
        case typed(String)
        case json(JSONValue)
        case file(InputFile)
    }

    /// The name of the input; it need not exist in the model.
    package let name: String
    /// The value that was given.
    package let value: Value

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// Inputs from a JSON object, sorted by name.
    package static func values(_ inputs: JSONObject) -> [GivenInput] {
        inputs.sorted { $0.key < $1.key }.map { GivenInput($0.key, .json($0.value)) }
    }
}

/// An image without an input name.
package enum GivenImage: Hashable, Sendable {
    case address(String)
    case file(InputFile)
    /// An image that cannot be sent now, such as one that is still being uploaded; `reason` reads after the text.
    case blocked(String, reason: String)
}
