/// A model as the API describes it. The API publishes neither prices nor hardware.
package struct Model: Hashable, Sendable {
    /// The part before the slash; not empty.
    package let owner: String
    /// The part after the slash; not empty.
    package let name: String
    /// The field `description`; nil when the owner wrote none.
    package let summary: String?
    /// True for official models: they run without a version, are always warm, and are priced by output rather than by
    /// time. False when the answer does not say.
    package let isOfficial: Bool
    /// False only when `visibility` is `private`.
    package let isPublic: Bool
    /// How often the model has been run, by all accounts; nil when the answer does not say.
    package let runCount: Int?
    /// The address of a picture for the model; nil when it has none.
    package let coverImageURL: String?
    /// A complete prediction, whose input is a working sample; nil when the model has none.
    package let defaultExample: Prediction?
    /// The newest version with its schema; nil when the model has none.
    package let latestVersion: ModelVersion?
    /// The whole object as it was received.
    package let raw: JSONValue

    /// `owner/name`.
    package var path: String { "\(owner)/\(name)" }

    /// Reads a model object of the API. Nil when `owner` or `name` is missing or empty.
    package init?(json: JSONValue) {
        guard let owner = json["owner"]?.string, let name = json["name"]?.string, !owner.isEmpty, !name.isEmpty
        else { return nil }
        self.owner = owner
        self.name = name
        summary = json["description"]?.string
        isOfficial = json["is_official"]?.bool ?? false
        isPublic = json["visibility"]?.string != "private"
        runCount = json["run_count"]?.integer.flatMap(Int.init(exactly:))
        coverImageURL = json["cover_image_url"]?.string
        defaultExample = json["default_example"].flatMap(Prediction.init(json:))
        latestVersion = json["latest_version"].flatMap(ModelVersion.init(json:))
        raw = json
    }
}
