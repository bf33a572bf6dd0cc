/// How a model takes its list of images. Models differ in the name and in the form of the field; the list editor
/// therefore follows the schema and has no fixed key.
package enum ImageBinding: Hashable, Sendable {
    /// An array of URLs, at most `most`; nil: the schema has no limit.
    case array(field: String, most: Int?)
    /// One string with a URL on each line.
    case joined(field: String)
    /// One field for each image, in order: a first frame, then a last frame.
    case slots(fields: [String])

    /// The binding for these inputs; nil when they take no images. An array wins over single fields where a model has
    /// both.
    init?(fields: [InputField]) {
        for field in fields where Self.isImages(field.name) {
            for type in field.type.alternatives {
                guard case .files(let most) = type.kind else { continue }
                self = .array(field: field.name, most: most)
                return
            }
        }
        if let field = fields.first(where: { Self.isJoined($0) }) {
            self = .joined(field: field.name)
            return
        }
        let singles = fields.filter { $0.takesOneURL && Self.isImages($0.name) }
        guard !singles.isEmpty else { return nil }
        let names = singles.map(\.name)
        // The last frame of a video comes second, also when the schema lists it first.
        let ordered = names.filter { !Self.isLast($0) } + names.filter(Self.isLast)
        self = .slots(fields: ordered)
    }

    /// The fields this binding fills.
    package var fields: [String] {
        switch self {
        case .array(let field, _), .joined(let field): [field]
        case .slots(let fields): fields
        }
    }

    /// How many images can be sent; nil when no limit is known.
    package var most: Int? {
        switch self {
        case .array(_, let most): most
        case .joined: nil
        case .slots(let fields): fields.count
        }
    }

    /// The inputs that send `urls` in their order. URLs beyond ``most`` are left out. Empty when there are no URLs.
    package func inputs(for urls: [String]) -> JSONObject {
        guard !urls.isEmpty else { return [:] }
        switch self {
        case .array(let field, let most):
            return [field: .array(urls.prefix(most ?? .max).map(JSONValue.string))]
        case .joined(let field):
            return [field: .string(urls.joined(separator: "\n"))]
        case .slots(let fields):
            return JSONObject(uniqueKeysWithValues: zip(fields, urls.map(JSONValue.string)))
        }
    }

    /// The URLs that `input` holds in the fields of this binding, in order: the inverse of ``inputs(for:)``.
    package func urls(in input: JSONObject) -> [String] {
        switch self {
        case .array(let field, _):
            (input[field]?.array ?? []).compactMap(\.string)
        case .joined(let field):
            (input[field]?.string ?? "").split(whereSeparator: \.isNewline).map(String.init)
        case .slots(let fields):
            fields.compactMap { input[$0]?.string }
        }
    }

    private static func isImages(_ name: String) -> Bool {
        let name = name.lowercased()
        if ["mask", "audio", "video", "weights", "lora", "zip"].contains(where: name.contains) { return false }
        return ["image", "frame", "url", "photo", "picture"].contains { name.contains($0) }
    }

    private static func isJoined(_ field: InputField) -> Bool {
        field.takesText && !field.takesOneURL && (field.name.hasSuffix("_urls") || field.name == "urls")
    }

    /// Compares whole words: `blend_image` contains "end" and is not a last frame.
    private static func isLast(_ name: String) -> Bool {
        name.lowercased().split(separator: "_").contains { ["last", "end", "tail"].contains($0) }
    }
}
