import ArgumentParser
import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List runs from the history, or predictions from the API."
    )

    @Option(help: "Only those with this status, such as succeeded or failed.")
    var status: String?

    @Flag(help: "Ask the API for the account's predictions.")
    var remote = false

    @Option(help: "How many at the most.")
    var limit = 50

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let settings = try Settings.load(global)
        let rows = remote ? try await remoteRows(settings) : try localRows(settings)
        let known = Set(RunRecord.statuses + rows.map(\.status))
        if let status, !known.contains(status) {
            throw CommandError(
                .usage,
                "\(status) is no status: \(RunRecord.statuses.joined(separator: ", "))"
            )
        }
        let shown = rows.filter { status == nil || $0.status == status }.prefix(limit)
        if output.json { return shown.forEach { Console.print($0.json) } }
        var table = Table([
            .init("Id"), .init("Status"), .init("Created"), .init("Model"), .init("Cost", .right),
            .init("Prompt", isFlexible: true),
        ])
        for row in shown { table.add(row.cells) }
        table.print()
        if rows.isEmpty { Console.say("No runs yet.") }
    }

    private func localRows(_ settings: Settings) throws -> [RunLine] {
        let composition = try Composition(settings: settings)
        return try composition.store.runs().map { run in
            RunLine(
                id: run.prediction?.id.rawValue ?? run.id,
                status: run.status,
                model: run.model,
                prompt: run.prompt,
                createdAt: run.createdAt,
                cost: run.cost?.amount,
                files: run.outputs.compactMap(\.path)
            )
        }
    }

    private func remoteRows(_ settings: Settings) async throws -> [RunLine] {
        let client = try Composition.client(settings)
        var rows: [RunLine] = []
        do {
            var page = try await client.predictions()
            while true {
                rows += page.results.map { prediction in
                    RunLine(
                        id: prediction.id.rawValue,
                        status: prediction.status.rawValue,
                        model: prediction.model,
                        prompt: prediction.input["prompt"]?.string ?? "",
                        createdAt: prediction.createdAt ?? .distantPast,
                        cost: nil,
                        files: []
                    )
                }
                guard rows.count < limit, let next = try await client.predictions(after: page) else { break }
                page = next
            }
        } catch {
            throw CommandError(error)
        }
        return rows
    }
}

/// A run as `list` prints it.
private struct RunLine {
    let id: String
    let status: String
    let model: String
    let prompt: String
    let createdAt: Date
    let cost: String?
    let files: [String]

    var cells: [String] {
        // Local time, sortable, without a zone nobody reads.
        let time = createdAt.formatted(
            Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: false)
        )
        return [id, status, time, model, cost.flatMap { Money($0)?.text } ?? "?", prompt]
    }

    var json: JSONValue {
        [
            "id": .string(id), "status": .string(status), "model": .string(model), "prompt": .string(prompt),
            "created_at": .string(Timestamp.format(createdAt)),
            "cost": cost.flatMap { Double($0) }.map(JSONValue.number) ?? .null,
            "files": .array(files.map(JSONValue.string)),
        ]
    }
}
