import ArgumentParser
import Foundation
import ReplicateAPI
import ReplicateClient

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "List the inputs that a model takes."
    )

    @Argument(help: "owner/name.")
    var model: String

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        guard let reference = ModelReference(model) else {
            throw CommandError(.usage, "\(model) is no model: write owner/name")
        }
        let client = try Composition.client(try Settings.load(global))
        let found: Model
        do { found = try await client.model(reference) } catch {
            throw CommandError(
                error,
                missing: "There is no model \(reference.path): `darkroom models WORDS` finds others"
            )
        }
        guard let version = found.latestVersion else {
            throw CommandError(.failed, "\(reference.path) publishes no schema")
        }
        if output.json { return Console.print(version.openAPISchema["components"]?["schemas"]?["Input"] ?? .null) }
        var table = Table([
            .init("Input"), .init("Takes", isFlexible: true), .init("Without it"), .init("Meaning", isFlexible: true),
        ])
        for field in version.inputSchema.fields {
            let standard =
                field.isRequired ? "required" : field.defaultValue.map { "default \($0.plain)" } ?? "optional"
            table.add([field.name, Self.kind(field.kind), standard, field.summary ?? ""])
        }
        table.print()
    }

    private static func kind(_ kind: InputField.Kind) -> String {
        switch kind {
        case .text: "text"
        case .secret: "secret"
        case .integer(let low, let high): "integer" + range(low.map { "\($0)" }, high.map { "\($0)" })
        case .number(let low, let high): "number" + range(low?.shortText, high?.shortText)
        case .boolean: "true, false"
        case .choice(let values): values.map(\.plain).joined(separator: ", ")
        case .file: "URL"
        case .files(let most): most.map { "up to \($0) URLs" } ?? "URLs"
        case .texts: "texts"
        case .json: "JSON"
        }
    }

    private static func range(_ low: String?, _ high: String?) -> String {
        switch (low, high) {
        case (let low?, let high?): " \(low)–\(high)"
        case (let low?, nil): " from \(low)"
        case (nil, let high?): " to \(high)"
        case (nil, nil): ""
        }
    }
}
