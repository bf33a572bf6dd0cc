package import Foundation
package import Pricing
package import ReplicateAPI

/// What somebody wants run, as a door was given it: nothing is left out and nothing is added yet.
package struct GivenRun: Hashable, Sendable {
    /// `owner/name` or `owner/name:version`, as it was asked for.
    package var model: String
    /// nil: nobody has asked the API for the model, or it could not be asked. What can be checked without is.
    package var details: ModelDetails?
    /// nil: none was given.
    package var prompt: String?
    /// Whether `{a|b}` in the prompt makes a prompt of each.
    package var readsAlternatives: Bool
    /// Images that have no name, in order: they go where the model takes its images.
    package var images: [GivenImage]
    /// In the order in which they were given; a name may come twice.
    package var inputs: [GivenInput]
    /// Runs of each prompt.
    package var count: Int
    /// Whether inputs that the model requires may be left out: for a price that is asked for before all is there.
    package var mayBeIncomplete = false
    /// Earlier runs of the model, with the hardware it is known to run on; nil: not known.
    package var history: RunHistory?
    /// How large pictures are whose size is known, by address.
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

/// An input by its name.
package struct GivenInput: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// Text that is read as the input's type wants it.
        case typed(String)
        case json(JSONValue)
        case file(InputFile)
    }

    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// Inputs that are JSON already, sorted by name.
    package static func values(_ inputs: JSONObject) -> [GivenInput] {
        inputs.sorted { $0.key < $1.key }.map { GivenInput($0.key, .json($0.value)) }
    }
}

/// An image without a name.
package enum GivenImage: Hashable, Sendable {
    case address(String)
    case file(InputFile)
    /// Wanted, and not to be sent as things stand; `reason` reads after the text.
    case held(String, reason: String)
}
