import ArgumentParser
import Foundation
import ReplicateAPI
import Studio

struct ConfigCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "List the settings of the config file: what each takes, and what holds without it."
    )

    @Flag(help: "Print a config file with every setting, commented out.")
    var sample = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if sample, output.json { throw ValidationError("--sample and --json exclude each other.") }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        if output.json { return console.print(.object(Self.document)) }
        guard !sample else { return console.print(String(Setting.sample.dropLast())) }
        var table = Table([
            .init("Setting"), .init("Takes", isFlexible: true, leaves: 1), .init("Without it", isFlexible: true),
            .init("Meaning", isFlexible: true),
        ])
        for setting in Setting.all {
            table.add([setting.name, setting.takes, setting.standard ?? "", setting.summary])
        }
        table.print(on: console)
        let paths = Paths(
            environment: context.surroundings.environment,
            home: context.surroundings.home,
            dataDir: global.dataDir ?? context.surroundings.environment["DARKROOM_DATA_DIR"]
        )
        console.say("The file is \(paths.configFile.path); `darkroom config --sample` prints one to begin with.")
    }

    /// `settings`, and the actions that `keys` may name.
    private static var document: JSONObject {
        let settings = Setting.all.map { setting -> JSONValue in
            [
                "name": .string(setting.name), "takes": .string(setting.takes), "summary": .string(setting.summary),
                "default": setting.standard.map(JSONValue.string) ?? .null,
            ]
        }
        let actions = Binding.all.map { binding -> JSONValue in
            [
                "name": .string(binding.command.rawValue), "place": .string(binding.context.title),
                "keys": .array(binding.keys.map(JSONValue.string)),
                "summary": .string(binding.command.entry(in: binding.context).explanation),
            ]
        }
        return ["settings": .array(settings), "actions": .array(actions)]
    }
}
