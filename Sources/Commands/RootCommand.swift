package import ArgumentParser
import ReplicateAPI

/// `darkroom`: without a word after it, the studio.
package struct RootCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "darkroom",
        abstract: "A terminal studio for Replicate: compose, see the price, run, watch, keep the result.",
        version: "darkroom \(Version.text)",
        subcommands: [
            StudioCommand.self, DemoCommand.self, ImageCommand.self, VideoCommand.self, RunCommand.self,
            BatchCommand.self,
            PollCommand.self, CancelCommand.self, ListCommand.self, ShowCommand.self, ResumeCommand.self,
            TagCommand.self, VerifyCommand.self, DeleteCommand.self, PruneCommand.self,
            CostCommand.self, PricesCommand.self, SpendCommand.self, ModelsCommand.self, SchemaCommand.self,
            ServeCommand.self, SandboxCommand.self, DoctorCommand.self, ReportCommand.self, PathsCommand.self,
            ConfigCommand.self, LicensesCommand.self,
        ],
        defaultSubcommand: StudioCommand.self
    )

    package init() {}

    /// The command that the words ask for. Throws what the argument parser throws: help, version or a mistake.
    ///
    /// To build the tree of all commands takes longer than most of them take to run, so only the one that is named is
    /// built. A mistake is told by the whole tree, which knows the names on the way.
    static func command(of arguments: [String]) throws -> any ParsableCommand {
        let named = arguments.first.map { word in configuration.subcommands.first { $0._commandName == word } }
        if let type = named ?? StudioCommand.self, let command = try? type.parse(Array(arguments.dropFirst())) {
            return command
        }
        return try parseAsRoot(arguments)
    }

    /// Without this, the studio's usage would be the answer to a word that is no command. `help` of such a word is as wrong.
    static func refuseUnknownWord(_ words: [String]) throws {
        let isHelp = words.first == "help"
        guard let word = isHelp ? words.dropFirst().first : words.first, !word.hasPrefix("-"), isHelp || word != "help"
        else { return }
        let names = configuration.subcommands.map { $0._commandName }
        guard !names.contains(word), !(isHelp && word == "help") else { return }
        let meant = Spelling.nearest(to: word, among: names + ["help"]).map { "did you mean \($0)? " } ?? ""
        throw CommandError(.usage, "There is no command \(word): \(meant)`darkroom help` lists them")
    }
}
