import ArgumentParser
import Foundation
import Pricing
import ReplicateAPI
import ReplicateClient

struct ModelsCommand: ContextCommand {
    static let configuration = CommandConfiguration(commandName: "models", abstract: "Find a model by words.")

    @Argument(help: "Words to search for; without them the newest models.")
    var query: [String] = []

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        let settings = try Settings.load(global, context)
        let client = try Composition.client(context, settings)
        let prices = try Composition.priceBook(settings.paths)
        let models: [Model]
        do {
            models =
                query.isEmpty
                ? try await client.models().results : try await client.models(matching: query.joined(separator: " "))
        } catch {
            throw CommandError(error)
        }
        var table = Table([.init("Model"), .init("Price"), .init("Description", isFlexible: true)])
        for model in models {
            let price = prices.headline(for: model.path)
            if output.json {
                console.print(line: [
                    "model": .json(.string(model.path)), "description": .json(.string(model.summary ?? "")),
                    "is_official": .json(.bool(model.isOfficial)),
                    "price": .json(price.map(JSONValue.string) ?? .null),
                    "prices": .objects((prices[model.path]?.prices ?? []).map(Self.document)),
                ])
            } else {
                table.add([model.path, price ?? "?", model.summary ?? ""])
            }
        }
        table.print(on: console)
        if models.isEmpty { console.say("No model was found: other words may find one.") }
    }

    /// `{per, low, high, when}`: amounts are numbers in USD for one unit, equal where the price is one.
    private static func document(_ price: Price) -> [String: ResultMember] {
        [
            "per": .json(.string(price.unit.rawValue)), "low": .amount(price.low), "high": .amount(price.high),
            "when": .json(.object(price.conditions.mapValues { .string($0.text) })),
        ]
    }
}
