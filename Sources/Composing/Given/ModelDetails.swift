package import ReplicateAPI

/// What composing needs to know of a model.
package struct ModelDetails: Hashable, Sendable {
    /// `owner/name` as the API spells it, with `:version` where one was asked for.
    package let path: String
    package let summary: String
    package let isOfficial: Bool
    /// Of the version that will be run.
    package let schema: InputSchema

    package init(path: String, summary: String, isOfficial: Bool, schema: InputSchema) {
        self.path = path
        self.summary = summary
        self.isOfficial = isOfficial
        self.schema = schema
    }

    /// - Parameters:
    ///   - reference: as the model was asked for.
    ///   - version: the one that was asked for; nil: the latest.
    package init(_ model: Model, as reference: ModelReference, version: ModelVersion? = nil) {
        self.init(
            path: reference.version.map { "\(model.path):\($0)" } ?? model.path,
            summary: model.summary ?? "",
            isOfficial: model.isOfficial,
            schema: (version ?? model.latestVersion)?.inputSchema ?? InputSchema(fields: [])
        )
    }

    /// `owner/name`: what prices, history and budgets go by.
    package var pricedPath: String { String(path.prefix { $0 != ":" }) }

    /// The input that the prompt goes into; nil when the model takes no text. A model that publishes no schema is taken at
    /// the usual names.
    package var promptField: String? { schema.fields.isEmpty ? "prompt" : schema.promptField }

    /// How the model takes images; nil when it takes none.
    package var images: ImageBinding? {
        schema.fields.isEmpty ? .array(field: "image_urls", most: nil) : schema.images
    }
}
