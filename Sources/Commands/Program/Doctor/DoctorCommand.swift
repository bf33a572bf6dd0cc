import ArgumentParser

struct DoctorCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check terminal, token, network, clock, disk and history, and say what to do."
    )

    @Flag(help: "After a damage took costs away: let the budgets go by what is left of the history.")
    var acceptDamage = false

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        var hasFault = false
        try await Checkup(global, context, acceptsDamage: acceptDamage).look { finding in
            context.console.print(finding.line)
            hasFault = hasFault || finding.state == .fault
        }
        if hasFault { throw CommandError(.failed, "") }
    }
}
