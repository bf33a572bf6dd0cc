/// A model as the API describes it. It carries no price and no hardware: the API publishes neither.
package struct Model: Hashable, Sendable {
    package let owner: String
    package let name: String
    package let summary: String?
    /// Official models run by name, are always warm, and are priced by output rather than by time.
    package let isOfficial: Bool
    package let isPublic: Bool
    package let runCount: Int?
    package let coverImageURL: String?
    /// A complete prediction whose input is a working sample.
    package let defaultExample: Prediction?
    package let latestVersion: ModelVersion?
    package let raw: JSONValue

    /// `owner/name`.
    package var path: String { "\(owner)/\(name)" }

    /// nil when `json` names no owner and model.
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
