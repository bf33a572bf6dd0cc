import ArgumentParser
import Foundation
import Money
import Pricing

struct PricesCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices",
        abstract: "List the price book: unit, conditions, how sure, where and when it was read. USD."
    )

    @Argument(help: "Words that the name of a model or of hardware must contain.")
    var query: [String] = []

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        let book = try Composition.priceBook(try Settings.load(global, context).paths)
        let entries = book.models.values.filter { matches($0.model) }.sorted { $0.model < $1.model }
        let hardware = book.hardwareByPrice.filter { matches($0.sku) }.compactMap { entry in
            book.hardware[entry.sku].map { (sku: entry.sku, price: $0) }
        }
        if output.json {
            for entry in entries { for price in entry.prices { console.print(line: PriceLine(entry, price)) } }
            for (sku, price) in hardware { console.print(line: PriceLine(sku, price)) }
            return
        }
        guard !(entries.isEmpty && hardware.isEmpty) else {
            return console.say("No price of that name is known; docs/Money.md tells how to enter one.")
        }
        var table = Table([
            .init("Model"), .init("USD", .right), .init("Per"), .init("When", isFlexible: true), .init("Sure"),
            .init("Read"), .init("Age"), .init("Source", isFlexible: true),
        ])
        for entry in entries { for price in entry.prices { table.add(cells(entry, price)) } }
        for (sku, price) in hardware { table.add(cells(sku, price)) }
        table.print(on: console)
        let dates = entries.flatMap(\.prices).map(\.read) + hardware.map(\.price.read)
        let stale = dates.count { $0?.staleness(on: Date()) != nil }
        if stale > 0 {
            console.say("\(stale) of these prices are older than half a year: replicate.com tells today's.")
        }
    }

    private func matches(_ name: String) -> Bool {
        query.allSatisfy { name.localizedCaseInsensitiveContains($0) }
    }

    private func cells(_ entry: ModelPrices, _ price: Price) -> [String] {
        let amount =
            price.low == price.high ? price.low.exactText : "\(price.low.exactText)–\(price.high.exactDigits)"
        let conditions = price.conditions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text)" }
        return [
            entry.model, amount, price.unit.word, conditions.joined(separator: ", "), price.confidence.rawValue,
            price.read?.text ?? "", price.read?.staleness(on: Date()) ?? "",
            Self.source(entry.origin, price.source, price.note),
        ]
    }

    private func cells(_ sku: String, _ price: HardwarePrice) -> [String] {
        [
            sku, price.rate.exactText, Price.Unit.computeSecond.word, "", price.confidence.rawValue,
            price.read?.text ?? "", price.read?.staleness(on: Date()) ?? "",
            Self.source(price.origin, price.source, price.note),
        ]
    }

    private static func source(_ origin: String, _ source: String, _ note: String?) -> String {
        [origin == "built in" ? nil : origin, source, note].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: "; ")
    }
}

/// One price for machines; amounts are numbers in USD a unit. `read` and `read_days_ago` are left out where no date is known.
private struct PriceLine: Encodable {
    let model: String?
    var hardware: String?
    let per: String
    let low: Decimal
    let high: Decimal
    var when: [String: String] = [:]
    let confidence: String
    var source: String?
    var read: String?
    var readDaysAgo: Int?
    var note: String?
    let origin: String

    init(_ entry: ModelPrices, _ price: Price) {
        model = entry.model
        per = price.unit.rawValue
        low = price.low.amount
        high = price.high.amount
        when = price.conditions.mapValues(\.text)
        confidence = price.confidence.rawValue
        source = price.source.isEmpty ? nil : price.source
        read = price.read?.text
        readDaysAgo = price.read?.days(until: Date())
        note = price.note
        origin = entry.origin
    }

    init(_ sku: String, _ price: HardwarePrice) {
        model = nil
        hardware = sku
        per = Price.Unit.computeSecond.rawValue
        low = price.rate.amount
        high = price.rate.amount
        confidence = price.confidence.rawValue
        source = price.source.isEmpty ? nil : price.source
        read = price.read?.text
        readDaysAgo = price.read?.days(until: Date())
        note = price.note
        origin = price.origin
    }
}
