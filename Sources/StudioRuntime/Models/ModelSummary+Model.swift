import FileTypes
import Foundation
import ReplicateAPI
import Studio

extension ModelSummary {
    /// - Parameter usualSeconds: of earlier runs; nil: not known.
    init(_ model: Model, usualSeconds: Double?) {
        self.init(
            path: model.path,
            summary: model.summary ?? "",
            isOfficial: model.isOfficial,
            runCount: model.runCount
        )
        let schema = model.latestVersion?.inputSchema ?? InputSchema(fields: [])
        takes = Self.taken(by: schema)
        kind = Self.kind(of: model, schema)
        example = Self.example(of: model, schema)
        self.usualSeconds = usualSeconds
    }

    private static func taken(by schema: InputSchema) -> [Taken] {
        let files = schema.fields.filter(\.takesFiles).map { $0.name.lowercased() }
        var taken: [Taken] = []
        if let images = schema.images { taken.append(images.most == 1 ? .image : .images) }
        for (word, kind) in [("mask", Taken.mask), ("video", .video), ("audio", .audio)] {
            if files.contains(where: { $0.contains(word) }) { taken.append(kind) }
        }
        return taken
    }

    /// By what the example made, for a schema says only that it is a file; else by what the inputs are called.
    private static func kind(of model: Model, _ schema: InputSchema) -> ModelKind? {
        switch model.latestVersion?.outputSchema {
        case .text, .pieces: return .text
        case .value: return .other
        case .file, .list, .object, .anything, nil: break
        }
        let needsImage = schema.images.map { images in
            schema.fields.contains { $0.isRequired && images.fields.contains($0.name) }
        }
        for url in model.defaultExample?.outputURLs ?? [] {
            let name = URL(string: url)?.pathExtension ?? ""
            switch FileType(fileExtension: name)?.kind {
            case .picture: return needsImage == true ? .edit : .image
            case .video: return .video
            case .audio: return .audio
            case .model3D, .archive: return .other
            case .document, .text, .page, .other, nil: continue
            }
        }
        let names = Set(schema.fields.map(\.name))
        if !names.isDisjoint(with: ["fps", "num_frames", "frames_per_second"]) { return .video }
        if names.contains("aspect_ratio"), names.isDisjoint(with: ["duration"]) {
            return needsImage == true ? .edit : .image
        }
        return nil
    }

    /// In the form's order.
    private static func example(of model: Model, _ schema: InputSchema) -> [ExampleInput] {
        guard let input = model.defaultExample?.input else { return [] }
        let order = schema.fields.map(\.name)
        let names = order.filter { input[$0] != nil } + input.keys.filter { !order.contains($0) }.sorted()
        return names.prefix(12).compactMap { name in
            guard let value = input[name], value != .null, !schema.secrets.contains(name) else { return nil }
            return ExampleInput(name: name, value: String(value.plain.prefix(400)))
        }
    }
}

extension InputField {
    /// Whether an address of a file may be its value.
    fileprivate var takesFiles: Bool {
        type.alternatives.contains { alternative in
            switch alternative.kind {
            case .file, .files: true
            case .text, .secret, .integer, .number, .boolean, .choice, .texts, .list, .object, .union, .json: false
            }
        }
    }
}
