import ReplicateAPI

/// A known restriction of a model on inputs that the API itself accepts: the size of a file, or a `data:` address.
struct InputRestriction {
    /// The beginning of `owner/name`, in lower case.
    let models: String
    /// The largest size of one file in bytes; nil: no limit is known.
    let mostBytes: Int?
    let takesDataURIs: Bool

    /// Sources: Google's page on Gemini images (7 MB a picture, read 2026-11-27); reports of E002 for `data:` addresses,
    /// collected 2026.
    private static let known = [
        InputRestriction(models: "google/nano-banana", mostBytes: 7_000_000, takesDataURIs: true),
        InputRestriction(models: "wan-video/", mostBytes: nil, takesDataURIs: false),
        InputRestriction(models: "bytedance/seedance", mostBytes: nil, takesDataURIs: false),
    ]

    /// Sentences about files and addresses of a run that `model` may refuse.
    static func warnings(model: String, files: [InputFile], input: JSONObject) -> [String] {
        let lowercased = model.lowercased()
        guard let entry = known.first(where: { lowercased.hasPrefix($0.models) }) else { return [] }
        let data = input.values.flatMap(\.strings).filter { $0.hasPrefix("data:") }
        var warnings: [String] = []
        if let most = entry.mostBytes {
            let limit = "\(most / 1_000_000) MB"
            for file in files {
                guard let size = file.size, size > most else { continue }
                warnings.append("\(file.name) may be refused: \(model) is known to take at most \(limit) a file")
            }
            // In base64, four characters are three bytes.
            if data.contains(where: { $0.utf8.count / 4 * 3 > most }) {
                warnings.append("A data: address may be refused: \(model) is known to take at most \(limit) a file")
            }
        }
        if !entry.takesDataURIs, !data.isEmpty {
            warnings.append("A data: address may be refused: \(model) is known to want files and web addresses")
        }
        return warnings
    }
}
