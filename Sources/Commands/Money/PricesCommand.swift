import ArgumentParser
import Foundation
import Pricing
import ReplicateAPI

struct PricesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices",
        abstract: "List the price book: unit, conditions, confidence, when it was read."
    )

    @Argument(help: "Words that the model's name must contain.")
    var query: String?

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let book = try Composition.priceBook(try Settings.load(global).paths)
        for entry in book.models.values.sorted(by: { $0.model < $1.model }) {
            if let query, !entry.model.localizedCaseInsensitiveContains(query) { continue }
            for price in entry.prices {
                if output.json { Console.print(json(entry, price)) } else { Console.print(line(entry, price)) }
            }
        }
    }

    private func line(_ entry: ModelPrices, _ price: Price) -> String {
        let amount = price.low == price.high ? price.low.text : "\(price.low.text)–\(price.high.digits)"
        let conditions = price.conditions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return [
            Console.cell(entry.model, 38), Console.cell("\(amount)/\(price.unit.rawValue)", 22),
            Console.cell(conditions.joined(separator: ", "), 40), price.confidence.rawValue, price.read,
        ].joined(separator: " ")
    }

    private func json(_ entry: ModelPrices, _ price: Price) -> JSONValue {
        [
            "model": .string(entry.model), "per": .string(price.unit.rawValue), "low": .string("\(price.low.amount)"),
            "high": .string("\(price.high.amount)"), "when": .object(price.conditions.mapValues(JSONValue.string)),
            "confidence": .string(price.confidence.rawValue), "read": .string(price.read),
            "origin": .string(entry.origin),
        ]
    }
}
