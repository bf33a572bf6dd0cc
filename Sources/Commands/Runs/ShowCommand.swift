import ArgumentParser
import Foundation
import History
import ReplicateAPI
import ReplicateClient

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show everything about one run.")

    @Argument(help: "The prediction's id, or a run's own.")
    var id: String

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let settings = try Settings.load(global)
        let composition = try Composition(settings: settings)
        let local = try composition.store.run(predictionID: id) ?? composition.store.run(id)
        let raw: JSONValue
        if let local {
            raw = local.prediction?.raw ?? .object(local.input)
            if !output.json {
                RunReport(run: local, kind: .any).printForPeople()
            }
        } else {
            let client = try Composition.client(settings)
            do { raw = try await client.prediction(Prediction.ID(id)).raw } catch { throw CommandError(error) }
        }
        // Indented JSON escapes what a terminal could take for a command.
        Console.print(output.json ? raw.text() : raw.text(pretty: true))
    }
}
