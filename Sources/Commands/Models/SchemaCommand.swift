import ArgumentParser
import Foundation
import ReplicateAPI
import ReplicateClient

struct SchemaCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "List the inputs that a model takes."
    )

    @Argument(help: "owner/name.", completion: .model)
    var model: String

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        guard let reference = ModelReference(model) else {
            throw CommandError(.usage, "\(model) \(ModelReference.issue(with: model))")
        }
        let client = try Composition.client(context, try Settings.load(global, context))
        let version: ModelVersion?
        do {
            version =
                reference.version == nil
                ? try await client.model(reference).latestVersion : try await client.version(of: reference)
        } catch {
            throw CommandError(error, missing: "\(error.message): `darkroom models WORDS` finds others")
        }
        guard let version, let input = InputSchema.json(openAPI: version.openAPISchema) else {
            throw CommandError(
                .failed,
                "\(reference.path) publishes no schema: its page on replicate.com tells what it takes"
            )
        }
        if output.json { return console.print(input) }
        var table = Table([
            .init("Input"), .init("Takes", isFlexible: true), .init("Without it"), .init("Meaning", isFlexible: true),
        ])
        for field in version.inputSchema.fields {
            let standard =
                field.isRequired ? "required" : field.defaultValue.map { "default \($0.plain)" } ?? "optional"
            let summary = [field.isDeprecated ? "Deprecated." : nil, field.summary].compactMap { $0 }
            table.add([field.name, Self.text(field.type), standard, summary.joined(separator: " ")])
        }
        table.print(on: console)
        if table.rows.isEmpty { console.say("\(reference.path) takes no inputs.") }
    }

    private static func text(_ type: ValueType) -> String {
        ([kind(type)] + demands(type.limits)).joined(separator: ", ")
    }

    private static func kind(_ type: ValueType) -> String {
        switch type.kind {
        case .text: "text"
        case .secret: "secret"
        case .integer(let low, let high): "integer" + range(low.map { "\($0)" }, high.map { "\($0)" })
        case .number(let low, let high): "number" + range(low?.shortText, high?.shortText)
        case .boolean: "true, false"
        case .choice(let values): values.map(\.plain).map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", ")
        case .file: "URL"
        case .files(let most): most.map { "up to \($0) URLs" } ?? "URLs"
        case .texts: "texts"
        case .list(let element): "list of (\(text(element)))"
        case .object(let fields): fields.isEmpty ? "object" : "object of \(fields.map(\.name).joined(separator: ", "))"
        case .union(let types): types.map(text).joined(separator: " or ")
        case .json: "JSON"
        }
    }

    private static func demands(_ limits: ValueLimits) -> [String] {
        [
            limits.format == .date ? "a date" : nil,
            limits.minLength.map { "\($0) characters or more" }, limits.maxLength.map { "up to \($0) characters" },
            limits.pattern.map { "matches \($0)" },
            limits.above.map { "above \($0.shortText)" }, limits.below.map { "below \($0.shortText)" },
            limits.multipleOf.map { "multiples of \($0.shortText)" },
            limits.minItems.map { "\($0) or more" }, limits.maxItems.map { "up to \($0)" },
            limits.accepted.map { $0.joined(separator: " ") },
        ].compactMap { $0 }
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
