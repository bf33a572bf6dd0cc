import Foundation

/// Every model of the sandbox.
struct Catalogue: Sendable {
    struct Collection: Sendable {
        var slug: String
        var name: String
        var summary: String
        var tag: String
    }

    static let standard = Catalogue(
        models: PictureModels.all + MovieModels.all + OtherModels.all + [shapesModel],
        collections: [
            Collection(slug: "text-to-image", name: "Generate images", summary: "Pictures from words.", tag: "image"),
            Collection(slug: "text-to-video", name: "Generate videos", summary: "Moving pictures.", tag: "video"),
            Collection(
                slug: "language-models",
                name: "Large language models",
                summary: "Words from words.",
                tag: "text"
            ),
            Collection(slug: "image-editing", name: "Edit images", summary: "Change a picture.", tag: "edit"),
        ]
    )

    let models: [CatalogueModel]
    let collections: [Collection]

    func model(owner: String, name: String) -> CatalogueModel? {
        models.first { $0.owner == owner && $0.name == name }
    }

    func model(version: String) -> CatalogueModel? {
        models.first { $0.versions.contains { $0.id == version } }
    }

    func models(in collection: Collection) -> [CatalogueModel] {
        models.filter { $0.tags.contains(collection.tag) }
    }

    /// Models in which every word of `query` occurs somewhere, best known first; no words: all of them.
    func search(_ query: String) -> [CatalogueModel] {
        let words = query.lowercased().split { !$0.isLetter && !$0.isNumber }
        return models.filter { model in
            let text = ([model.slug, model.summary] + model.tags).joined(separator: " ").lowercased()
            return words.allSatisfy { text.contains($0) }
        }
        .sorted { $0.runCount > $1.runCount }
    }

    static let hardware: [(sku: String, name: String)] = [
        ("cpu", "CPU"), ("gpu-t4", "Nvidia T4 GPU"), ("gpu-l40s", "Nvidia L40S GPU"),
        ("gpu-l40s-2x", "2x Nvidia L40S GPU"), ("gpu-a100-large", "Nvidia A100 (80GB) GPU"),
        ("gpu-h100", "Nvidia H100 GPU"),
    ]
}

/// The fixed past in which the models of the sandbox were published.
func catalogueDate(_ daysAfterNewYear2025: Int) -> Date {
    Date(timeIntervalSince1970: 1_735_689_600.123_456 + Double(daysAfterNewYear2025) * 86_400)
}

extension CatalogueModel {
    /// A model with one version (two for community models), its ids derived from its name.
    init(
        _ slug: String,
        official: Bool,
        runs: Int,
        day: Int,
        tags: [String],
        compute: Duration,
        output: OutputKind,
        recipe: Recipe,
        summary: String,
        example: [String: JSON],
        fields: [InputField]
    ) {
        let parts = slug.split(separator: "/").map(String.init)
        let published = catalogueDate(day)
        let numbers = official ? [1] : [2, 1]
        self.init(
            owner: parts[0],
            name: parts[1],
            summary: summary,
            isOfficial: official,
            runCount: runs,
            createdAt: published,
            versions: numbers.map { number in
                Version(
                    id: SHA256.hex(of: "\(slug) \(number)"),
                    createdAt: published.addingTimeInterval(Double(number - 1) * 864_000)
                )
            },
            fields: fields,
            output: output,
            recipe: recipe,
            example: example,
            tags: tags,
            computeTime: compute
        )
    }
}
