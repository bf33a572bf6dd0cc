import ArgumentParser
import Foundation
import Glibc
import ReplicateClient

struct ReportCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print what an issue should tell: version, machine, what doctor finds, the end of the log.",
        discussion: "Tokens, account names, proxies' passwords and the name of the home folder are left out."
    )

    @Option(help: "How many lines of the log.")
    var lines = 100

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...10_000).contains(lines) else { throw ValidationError("--lines must be between 0 and 10000.") }
    }

    func run(in context: CommandContext) async throws {
        let checkup = try Checkup(global, context)
        var findings: [Finding] = []
        await checkup.look { findings.append($0) }
        let secrets = ReportedText(checkup.settings, home: context.surroundings.home)
        let console = context.console
        console.print("# Darkroom \(Version.text)")
        console.print("")
        for line in Self.machine(context.surroundings.environment) {
            console.print(Console.line(secrets.cleaned(line)))
        }
        console.print("")
        console.print("## What doctor finds")
        console.print("")
        for finding in findings {
            // Whose account it is concerns nobody.
            let shown =
                finding.subject == "network" && finding.state == .fine
                ? Finding(.fine, "network", "the API answers") : finding
            console.print("    " + secrets.cleaned(shown.line))
        }
        guard lines > 0 else { return }
        console.print("")
        console.print("## The end of the log")
        console.print("")
        for line in Self.end(of: checkup.settings.paths.log, lines: lines) {
            console.print("    " + Console.line(secrets.cleaned(line)))
        }
    }

    /// Words of the environment that decide how the program behaves; none of them is private.
    private static let words = [
        "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "EDITOR",
    ]

    private static func machine(_ environment: [String: String]) -> [String] {
        var name = utsname()
        uname(&name)
        func text<Tuple>(_ tuple: Tuple) -> String {
            withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        let release = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
        let system = release.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }?
            .dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" }
        let found = words.compactMap { word in environment[word].map { "\(word)=\($0)" } }
        let multiplexers = ["TMUX", "STY", "ZELLIJ"].filter { environment[$0] != nil }.map { "in \($0.lowercased())" }
        return [
            "- System: \(system ?? "unknown"), \(text(name.sysname)) \(text(name.release)) \(text(name.machine))",
            "- Environment: \((found + multiplexers).joined(separator: ", "))",
        ]
    }

    /// Reads no more than the last 256 kB.
    private static func end(of file: URL, lines: Int) -> [String] {
        guard let handle = try? FileHandle(forReadingFrom: file), let size = try? handle.seekToEnd() else { return [] }
        try? handle.seek(toOffset: size > 262_144 ? size - 262_144 : 0)
        let data = (try? handle.readToEnd()) ?? nil
        try? handle.close()
        return String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n").suffix(lines).map(String.init)
    }
}

/// A text without what is nobody's business: the token, anything that looks like one, and the home folder's name.
struct ReportedText {
    private let token: Token?
    private let home: String

    init(_ settings: Settings, home: URL) {
        token = settings.token
        self.home = home.path
    }

    func cleaned(_ text: String) -> String {
        var text = token?.removed(from: text) ?? text
        if home.count > 1 { text = text.replacing(home, with: "~") }
        return text.replacing(#/\b(?:r8|hf|sk)[_-][A-Za-z0-9_-]{8,}/#, with: "…")
    }
}
