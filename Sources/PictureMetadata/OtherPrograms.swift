import Foundation
import ReplicateAPI

/// Reads what other programs write into pictures, as far as it says prompt, seed and size.
enum OtherPrograms {
    /// - Parameters:
    ///   - texts: a PNG's, by keyword.
    ///   - comment: of an EXIF block.
    static func read(texts: [String: String], comment: String?) -> FoundMetadata? {
        if let text = texts["invokeai_metadata"] ?? texts["sd-metadata"], let found = invokeAI(text) { return found }
        if let text = texts["prompt"], let found = comfyUI(text) { return found }
        return (texts["parameters"] ?? comment).flatMap(automatic1111)
    }

    /// The prompt over several lines, then `Negative prompt: …`, and last `Steps: 20, Seed: 1, Size: 512x768, …`.
    static func automatic1111(_ text: String) -> FoundMetadata? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let last = lines.lastIndex(where: { $0.contains("Steps: ") && $0.contains("Seed: ") }) else { return nil }
        let settings = lines[last]
        lines.removeSubrange(last...)
        let negative = lines.firstIndex { $0.hasPrefix("Negative prompt: ") }
        let prompt = lines[..<(negative ?? lines.count)].joined(separator: "\n")
        var found = FoundMetadata(origin: .automatic1111, prompt: prompt)
        if let negative {
            found.negativePrompt = lines[negative...].joined(separator: "\n").replacing("Negative prompt: ", with: "")
        }
        func value(_ name: String) -> String? {
            settings.range(of: "\(name): ").map { String(settings[$0.upperBound...].prefix { $0 != "," }) }
        }
        found.seed = value("Seed").flatMap { Int64($0) }
        found.model = value("Model")
        let size = (value("Size") ?? "").split(separator: "x").compactMap { Int($0) }
        if size.count == 2 { (found.width, found.height) = (size[0], size[1]) }
        return found
    }

    /// A graph of nodes, `{"3": {"class_type": "KSampler", "inputs": {"seed": 1, "positive": ["6", 0], …}}, …}`.
    static func comfyUI(_ text: String) -> FoundMetadata? {
        guard let nodes = try? JSONValue(parsing: Data(text.utf8)).object else { return nil }
        func inputs(_ name: String) -> JSONObject { nodes[name]?.object?["inputs"]?.object ?? [:] }
        func kind(_ name: String) -> String { nodes[name]?.object?["class_type"]?.string ?? "" }
        guard let sampler = nodes.keys.sorted().first(where: { kind($0).contains("Sampler") }) else { return nil }
        // A text may come through several nodes; a graph may go round.
        func words(_ link: JSONValue?, depth: Int = 0) -> String? {
            guard depth < 8, let name = link?.array?.first?.string else { return link?.string }
            let node = inputs(name)
            return words(node["text"] ?? node["conditioning"] ?? node["positive"], depth: depth + 1)
        }
        let given = inputs(sampler)
        guard let prompt = words(given["positive"]) else { return nil }
        var found = FoundMetadata(origin: .comfyUI, prompt: prompt)
        found.negativePrompt = words(given["negative"])
        found.seed = (given["seed"] ?? given["noise_seed"]).flatMap { Int64($0.plain) }
        if let latent = nodes.keys.sorted().first(where: { kind($0).hasPrefix("Empty") }) {
            found.width = inputs(latent)["width"].flatMap { Int($0.plain) }
            found.height = inputs(latent)["height"].flatMap { Int($0.plain) }
        }
        let loader = nodes.keys.sorted().first { inputs($0)["ckpt_name"] != nil }
        found.model = loader.flatMap { inputs($0)["ckpt_name"]?.string }
        return found
    }

    /// `{"positive_prompt": …, "seed": …, "width": …, "model": {"name": …}}`; before version 3 within `image`.
    static func invokeAI(_ text: String) -> FoundMetadata? {
        guard let all = try? JSONValue(parsing: Data(text.utf8)).object else { return nil }
        let image = all["image"]?.object ?? all
        let older = image["prompt"]?.array?.first?.object?["prompt"]?.string ?? image["prompt"]?.string
        guard let prompt = image["positive_prompt"]?.string ?? older else { return nil }
        var found = FoundMetadata(origin: .invokeAI, prompt: prompt)
        found.negativePrompt = image["negative_prompt"]?.string
        found.seed = image["seed"].flatMap { Int64($0.plain) }
        found.width = image["width"].flatMap { Int($0.plain) }
        found.height = image["height"].flatMap { Int($0.plain) }
        found.model = image["model"]?.object?["name"]?.string ?? image["model"]?.object?["model_name"]?.string
        return found
    }
}
