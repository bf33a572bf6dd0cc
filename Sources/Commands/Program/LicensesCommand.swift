import ArgumentParser

struct LicensesCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "licenses",
        abstract: "List what the program is made of, and the licence of each."
    )

    @Argument(help: "Only these, with the text of their licences.", completion: .component)
    var names: [String] = []

    @Flag(help: "Print the text of each licence too.")
    var texts = false

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        let licenses = names.isEmpty ? Licenses.known() : try Licenses.known().only(names)
        if output.json { return console.print(line: licenses) }
        var table = Table([
            .init("Name"), .init("Version"), .init("Licence"), .init("How", leaves: 2),
            .init("From", isFlexible: true, leaves: 1),
        ])
        for part in licenses.components {
            table.add([part.name, part.version ?? "", part.license, part.linkage.text, part.source ?? ""])
        }
        table.print(on: console)
        guard texts || !names.isEmpty else {
            return console.say("`darkroom licenses --texts` prints each licence, `darkroom licenses NAME` one of them.")
        }
        for section in Self.sections(licenses) {
            console.print("")
            console.print(section)
        }
    }

    /// Each text once, below the names of all that it is for, and what their authors want said.
    private static func sections(_ licenses: Licenses) -> [String] {
        let line = String(repeating: "-", count: 78)
        let texts = licenses.texts.keys.sorted().map { key in
            let names = licenses.components.filter { $0.text == key }.map(\.name)
            return "\(line)\n\(key): \(names.joined(separator: ", "))\n\(line)\n\(licenses.texts[key] ?? "")"
        }
        let notices = licenses.components.compactMap { part in
            part.notice.map { "\(line)\nNotice of \(part.name)\n\(line)\n\($0)" }
        }
        return texts + notices
    }
}
