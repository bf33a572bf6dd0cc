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
        if output.json { return shown.forEach { Console.print(line: $0) } }
        var table = Table(RunLine.columns)
        for row in shown { table.add(row.cells) }
        table.print()
        if shown.isEmpty { Console.say(nothing(rows.isEmpty)) }
    }

    private func nothing(_ isEmpty: Bool) -> String {
        if let status, !isEmpty { return "None is \(status)." }
        return remote ? "The account has no predictions yet." : "No runs yet."
    }

    private func localRows(_ settings: Settings) throws -> [RunLine] {
        let composition = try Composition(settings: settings)
        return try composition.store.runs().map { RunLine($0) }
    }

    private func remoteRows(_ settings: Settings) async throws -> [RunLine] {
        let client = try Composition.client(settings)
        var rows: [RunLine] = []
        do {
            var page = try await client.predictions()
            while true {
                rows += page.results.map { RunLine($0) }
                guard rows.count < limit, let next = try await client.predictions(after: page) else { break }
                page = next
            }
        } catch {
            throw CommandError(error)
        }
        return rows
    }
}
