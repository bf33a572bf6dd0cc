import ReplicateAPI

/// Models that are known to refuse what can be sent to the API: by size, or in a `data:` address.
struct LargeInput {
    /// The beginning of `owner/name`.
    let models: String
    /// Bytes of one file; nil: no limit is known.
    let mostBytes: Int?
    let takesDataURIs: Bool

    /// Sources: Google's page on Gemini images (7 MB a picture, read 2026-11-27); reports of E002 for `data:` addresses,
    /// collected 2026.
    private static let known = [
        LargeInput(models: "google/nano-banana", mostBytes: 7_000_000, takesDataURIs: true),
        LargeInput(models: "wan-video/", mostBytes: nil, takesDataURIs: false),
        LargeInput(models: "bytedance/seedance", mostBytes: nil, takesDataURIs: false),
    ]

    /// Sentences about what `model` may refuse of the files and addresses of a run.
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
            // Three bytes are four letters there.
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
