import ArgumentParser
import Foundation
import Pricing
import ReplicateAPI
import ReplicateClient

struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "What runs will cost, before they are run. USD."
    )

    @Option(help: "How many images, at the reference's price.")
    var images: Int?

    @Option(name: .customLong("video-seconds"), help: "How many seconds of video, at the reference's price.")
    var videoSeconds: String?

    @Option(help: "owner/name: what one run of it costs with the inputs given.")
    var model: String?

    @Argument(help: "KEY=VALUE inputs, with --model.")
    var inputs: [String] = []

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if model == nil, !inputs.isEmpty { throw ValidationError("Inputs go with --model.") }
        if let images, images < 0 { throw ValidationError("--images must not be negative.") }
        if let videoSeconds, Money(videoSeconds) == nil { throw ValidationError("--video-seconds must be a number.") }
    }

    func run() async throws {
        if let model { return try await estimate(model) }
        let seconds = videoSeconds.flatMap { Money($0) }?.amount ?? 0
        let estimate = ReferenceEstimate(images: images ?? 0, videoSeconds: seconds)
        if output.json {
            // Written by hand so that decimals stay decimals: 3.03, not 3.0300000000000002.
            Console.print(
                """
                {"breakdown":{"images":\(estimate.images.amount),"video":\(estimate.video.amount)},\
                "estimated_cost":\(estimate.total.amount)}
                """
            )
        } else {
            Console.print("\(estimate.total.text)  images \(estimate.images.text), video \(estimate.video.text)  (USD)")
        }
    }

    private func estimate(_ path: String) async throws {
        let settings = try Settings.load(global)
        guard let reference = ModelReference(path) else {
            throw CommandError(.usage, "\(path) is no model: write owner/name")
        }
        let prices = try Composition.priceBook(settings.paths)
        // With a token the schema's own defaults count; without one the book's do.
        let schema =
            settings.token == nil
            ? nil : try? await Composition.client(settings).model(reference).latestVersion?.inputSchema
        var input: JSONObject = [:]
        for argument in try inputs.map(InputArgument.init) {
            input[argument.key] =
                schema?[argument.key]?.value(typed: argument.value)
                ?? (try? JSONValue(parsing: Data(argument.value.utf8))) ?? .string(argument.value)
        }
        let estimate = prices.estimate(model: reference.path, input: input, schema: schema, history: nil)
        guard output.json else {
            return Console.print(
                "\(estimate.label)  \(Console.cell(estimate.explanation, estimate.explanation.count))  (USD)"
            )
        }
        let basis =
            switch estimate {
            case .exact: "exact"
            case .range: "range"
            case .unknown: "unknown"
            }
        func number(_ money: Money?) -> String { money.map { "\($0.amount)" } ?? "null" }
        let exact = estimate.low == estimate.high ? estimate.low : nil
        Console.print(
            """
            {"basis":"\(basis)","estimated_cost":\(number(exact)),"explanation":\(JSONValue.string(estimate.explanation).text()),\
            "high":\(number(estimate.high)),"low":\(number(estimate.low))}
            """
        )
    }
}
