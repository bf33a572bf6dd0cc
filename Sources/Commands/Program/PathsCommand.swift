import ArgumentParser
import Foundation
import ReplicateAPI

struct PathsCommand: ContextCommand {
    static let configuration = CommandConfiguration(commandName: "paths", abstract: "Print where everything lies.")

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        let settings = try Settings.load(global, context)
        let paths = [
            ("config", settings.paths.configFile), ("prices", settings.paths.pricesFile),
            ("history", settings.paths.database), ("outputs", settings.outputs), ("log", settings.paths.log),
            ("cache", settings.paths.cache),
        ]
        if output.json {
            console.print(.object(JSONObject(uniqueKeysWithValues: paths.map { ($0.0, .string($0.1.path)) })))
        } else {
            for (name, url) in paths { console.print("\(Console.cell(name, 9)) \(url.path)") }
        }
    }
}
