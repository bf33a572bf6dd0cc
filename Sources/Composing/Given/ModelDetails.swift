package import ReplicateAPI

/// The parts of a model that composing needs.
package struct ModelDetails: Hashable, Sendable {
    /// `owner/name` as the API spells it, with `:version` if a version was ordered.
    package let path: String
    /// The model's description; empty when it has none.
    package let summary: String
    /// Whether the model is official: priced by output and run without a version.
    package let isOfficial: Bool
    /// The inputs of the version that will be run.
    package let schema: InputSchema

    package init(path: String, summary: String, isOfficial: Bool, schema: InputSchema) {
        self.path = path
        self.summary = summary
        self.isOfficial = isOfficial
        self.schema = schema
    }

    /// Details of a model as it was ordered.
    ///
    /// - Parameters:
    ///   - model: the API's answer.
    ///   - reference: the reference by which it was ordered.
    ///   - version: the version that was ordered; nil: the latest one.
    package init(_ model: Model, as reference: ModelReference, version: ModelVersion? = nil) {
        self.init(
            path: reference.version.map { "\(model.path):\($0)" } ?? model.path,
            summary: model.summary ?? "",
            isOfficial: model.isOfficial,
            schema: (version ?? model.latestVersion)?.inputSchema ?? InputSchema(fields: [])
        )
    }

    /// `owner/name`, the key of prices, history and budgets.
    package var pricedPath: String { String(path.prefix { $0 != ":" }) }

    /// The input that takes the prompt; nil when the model takes no text. For a model without a schema the usual name,
    /// `prompt`.
    package var promptField: String? { schema.fields.isEmpty ? "prompt" : schema.promptField }

    /// How the model takes images; nil when it takes none. For a model without a schema the usual name, `image_urls`.
    package var images: ImageBinding? {
        schema.fields.isEmpty ? .array(field: "image_urls", most: nil) : schema.images
    }
}
