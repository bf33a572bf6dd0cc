/// What comes out of a model.
package enum ModelKind: String, CaseIterable, Hashable, Sendable {
    case image
    /// A picture from a picture that it needs.
    case edit
    case video
    case audio
    case text
    /// 3D models, archives, values.
    case other
}

/// A model that can be picked.
package struct ModelSummary: Hashable, Sendable {
    /// A kind of file that a model takes.
    package enum Taken: String, Hashable, Sendable {
        case image
        case images
        case mask
        case video
        case audio
    }

    /// One input of the model's example.
    package struct ExampleInput: Hashable, Sendable {
        package let name: String
        /// As text; not safe for a terminal yet.
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// `owner/name`.
    package let path: String
    /// The model's description, not safe for a terminal yet; empty: none.
    package let summary: String
    /// Priced by output and run without a version.
    package let isOfficial: Bool
    /// How often it was run by everybody; nil when not said.
    package let runCount: Int?
    /// nil: its schema is not known, or does not say.
    package var kind: ModelKind?
    /// Besides texts and numbers; empty: nothing, or its schema is not known.
    package var takes: [Taken] = []
    /// Empty: it has none.
    package var example: [ExampleInput] = []
    /// Seconds that a run of it usually took here; nil: fewer than two have ended.
    package var usualSeconds: Double?
    /// Only the price book names it: nobody has said that it is still there.
    package var isOnlyPriced = false

    package init(path: String, summary: String, isOfficial: Bool, runCount: Int? = nil) {
        self.path = path
        self.summary = summary
        self.isOfficial = isOfficial
        self.runCount = runCount
    }

    /// The part after the slash.
    package var name: Substring { path.split(separator: "/").last ?? Substring(path) }
}
