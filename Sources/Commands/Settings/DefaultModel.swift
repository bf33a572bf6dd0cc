/// What runs where neither a person nor a setting names a model: `owner/name`.
enum DefaultModel {
    static let image = "black-forest-labs/flux-schnell"
    static let video = "fofr/skyreels-2"
}
