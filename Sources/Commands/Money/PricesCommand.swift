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
        var table = Table([
            .init("Model"), .init("Price", .right), .init("Per"), .init("When", isFlexible: true), .init("Sure"),
            .init("Read"),
        ])
        for entry in book.models.values.sorted(by: { $0.model < $1.model }) {
            if let query, !entry.model.localizedCaseInsensitiveContains(query) { continue }
            for price in entry.prices {
                if output.json { Console.print(json(entry, price)) } else { table.add(cells(entry, price)) }
            }
        }
        table.print()
    }

    private func cells(_ entry: ModelPrices, _ price: Price) -> [String] {
        let amount = price.low == price.high ? price.low.text : "\(price.low.text)–\(price.high.digits)"
        let conditions = price.conditions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return [
            entry.model, amount, price.unit.rawValue, conditions.joined(separator: ", "), price.confidence.rawValue,
            price.read,
        ]
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
