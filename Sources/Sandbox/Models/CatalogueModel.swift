import Foundation

/// A model that the sandbox knows and can run.
struct CatalogueModel: Sendable {
    enum OutputKind: Sendable { case file, files, text, anything }

    struct Version: Sendable {
        var id: String
        var createdAt: Date
    }

    var owner: String
    var name: String
    var summary: String
    var isOfficial: Bool
    var runCount: Int
    var createdAt: Date
    /// Newest first. Official models have one too, which their predictions call "hidden".
    var versions: [Version]
    var fields: [InputField]
    var output: OutputKind
    var recipe: Recipe
    /// The input of the default example.
    var example: [String: JSON]
    var tags: [String]
    /// Compute time at demo pace.
    var computeTime: Duration

    var slug: String { "\(owner)/\(name)" }
    var latest: Version { versions[0] }

    func field(_ name: String) -> InputField? { fields.first { $0.name == name } }

    /// `input` with the defaults of the schema filled in.
    func completed(_ input: [String: JSON]) -> [String: JSON] {
        var all: [String: JSON] = [:]
        for field in fields { all[field.name] = field.standard }
        return all.merging(input) { _, given in given }
    }
}

/// How a model makes its output.
enum Recipe: Sendable {
    case picture(PictureRecipe)
    case movie(MovieRecipe)
    case text
    /// Whatever shape the input names.
    case shape
    /// Fails half-way with this error.
    case failure(String)
}

/// A model that makes still pictures.
struct PictureRecipe: Sendable {
    /// The input with the number of pictures; nil: always one.
    var countField: String?
    /// The input that must be `auto` for ``countField`` to count; nil: it always does.
    var groupField: String?
    /// The input with a picture to start from, if the model takes one.
    var sourceField: String?
    /// The format of the files where the input names none.
    var format = PictureFormat.webp
    /// Billed by compute time: no counters in the metrics.
    var byTime = false
    var steps = 28
}

/// A model that makes moving pictures.
struct MovieRecipe: Sendable {
    enum Source: Sendable {
        /// An array of URLs.
        case list(String)
        /// One string, a URL a line.
        case lines(String)
        /// A single URL.
        case slot(String)
    }

    enum Timing: Sendable {
        /// The input with the length of the whole clip.
        case duration(field: String)
        /// The input with the time each image is shown.
        case perImage(field: String)
        /// The input with the frame rate; each image is one frame.
        case framesPerSecond(field: String)
    }

    var sources: [Source]
    var timing: Timing
    var byTime = false
}
