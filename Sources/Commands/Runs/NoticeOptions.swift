import ArgumentParser
import Foundation

/// Who is told when a command's runs have ended.
struct NoticeOptions: ParsableArguments {
    @Option(
        name: .customLong("notify-command"),
        help: ArgumentHelp(
            "A shell command that is run at the end, with the result as JSON on its standard input.",
            valueName: "command"
        )
    )
    var command: String?

    @Option(help: ArgumentHelp("An address that gets the result as a signed POST at the end.", valueName: "url"))
    var webhook: String?

    init() {}

    mutating func validate() throws {
        if command?.trimmingCharacters(in: .whitespaces).isEmpty == true {
            throw ValidationError("--notify-command must name a command.")
        }
        guard let webhook else { return }
        let parts = URLComponents(string: webhook)
        guard let scheme = parts?.scheme?.lowercased(), ["http", "https"].contains(scheme),
            parts?.host?.isEmpty == false
        else { throw ValidationError("--webhook must be an address that begins with https:// or http://.") }
        if parts?.user != nil || parts?.password != nil {
            throw ValidationError("--webhook must not hold a name or a password.")
        }
    }
}
