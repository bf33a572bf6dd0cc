import Foundation
import PictureMetadata
import Predictions
import ReplicateAPI

/// What a picture that the history does not know says of how it was made.
struct MetadataReport {
    private let found: FoundMetadata

    /// nil: there is no such file, or it says nothing.
    init?(contentsOf path: String) {
        guard let file = OpenFile(path), let found = FoundMetadata(file.content) else { return nil }
        self.found = found
    }

    /// The members of `--json`, null where the file does not say.
    var members: [String: ResultMember] {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        func number(_ value: Int64?) -> JSONValue { value.map(JSONValue.integer) ?? .null }
        let members: JSONObject = [
            "made_by": .string(found.origin.rawValue),
            "prediction_id": text(found.own?.predictionID),
            "model": text(found.model),
            "version": text(found.own?.version),
            "prompt": .string(found.prompt),
            "negative_prompt": text(found.negativePrompt),
            "seed": number(found.seed),
            "width": number(found.width.map(Int64.init)),
            "height": number(found.height.map(Int64.init)),
            "input": found.own.map { .object($0.inputs) } ?? .null,
            "omitted_inputs": .array((found.own?.omitted ?? []).map(JSONValue.string)),
            "cost": text(found.own?.cost),
            "created_at": text(found.own.map { Timestamp.format($0.createdAt) }),
        ]
        return members.mapValues(ResultMember.json)
    }

    func print(to console: Console) {
        var table = Table([.init("What"), .init("Value", isFlexible: true)])
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { table.add([name, value]) }
        }
        add("made by", found.origin.rawValue)
        add("id", found.own?.predictionID)
        add("model", found.model)
        add("version", found.own?.version)
        add("prompt", found.prompt)
        add("negative", found.negativePrompt)
        add("created", found.own.map { Timestamp.format($0.createdAt) })
        add("cost", found.own?.cost)
        if let width = found.width, let height = found.height { add("size", "\(width)×\(height)") }
        if found.own == nil { add("seed", found.seed.map(String.init)) }
        for (name, value) in (found.own?.inputs ?? [:]).sorted(by: { $0.key < $1.key }) {
            add("input \(name)", value.plain.shortened)
        }
        for name in found.own?.omitted ?? [] { add("input \(name)", "not in the file") }
        for line in table.lines(width: nil) { console.print(line) }
    }
}
