import ArgumentParser
import Foundation
import Glibc
import History
import Predictions
import ReplicateAPI
import ReplicateClient

struct DoctorCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check terminal, token, network and history, and say what to do."
    )

    @Flag(help: "After a damage took costs away: let the budgets go by what is left of the history.")
    var acceptDamage = false

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let console = context.console
        var mistakes: [CommandError] = []
        let settings = try Settings.load(global, context) { mistakes.append($0) }
        var failures = 0
        func tell(_ isFine: Bool, _ what: String, _ text: String) {
            if !isFine { failures += 1 }
            console.print(
                "\(isFine ? "ok  " : "!   ") \(Console.cell(what, 9)) \(Console.cell(text, max(1, text.count)))"
            )
        }
        let term = settings.environment["TERM"] ?? ""
        let isTerminal = isatty(console.input) == 1 && isatty(console.output) == 1
        let color = settings.environment["COLORTERM"] ?? "not set"
        // Into a pipe or a file, nothing can be said of the terminal: that is no fault.
        if isTerminal {
            tell(
                !term.isEmpty && term != "dumb",
                "terminal",
                term.isEmpty ? "TERM is not set: the studio needs it" : "\(term), COLORTERM \(color)"
            )
            if !term.isEmpty, term != "dumb" { tellOfPictures(settings, console) }
        } else {
            console.print("-    terminal  this is none, so it was not looked at")
        }
        if mistakes.isEmpty {
            let file = settings.paths.configFile.path
            tell(true, "settings", settings.file == nil ? "the standard ones: there is no \(file)" : file)
        }
        for mistake in mistakes { tell(false, "settings", "\(mistake.description). Nothing runs before that") }
        tellOfPrices(settings, tell)
        let found = settings.tokenSource.map { "found \($0.text), for \(settings.baseURL.absoluteString)" }
        tell(settings.token != nil, "token", found ?? "none: set REPLICATE_API_TOKEN, or try darkroom demo")
        if !mistakes.isEmpty, settings.baseURL.absoluteString == ClientConfiguration.official {
            console.print("-    network   not asked: the settings that cannot be read may name another host")
        } else if settings.token != nil {
            do {
                let account = try await Composition.client(context, settings).account()
                tell(true, "network", "\(settings.baseURL.host() ?? "") knows \(account.username)")
            } catch let error as APIError {
                tell(false, "network", error.explanation)
            }
        }
        let aside = ((try? FileManager.default.contentsOfDirectory(atPath: settings.paths.data.path)) ?? [])
            .filter { $0.contains(".damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
        for name in aside.sorted() {
            console.print("-    history   an earlier one was damaged and lies beside it as \(name)")
        }
        do {
            try Paths.make(settings.paths.data)
            let store = try HistoryStore.open(path: settings.paths.database.path)
            if let notice = store.notice { console.print("-    history   \(notice)") }
            if acceptDamage {
                let count = try store.acceptDamage()
                tell(true, "history", "\(count) damages accepted: budgets go by what is left")
            }
            for damage in try store.openDamages() {
                tell(
                    false,
                    "history",
                    "was damaged: \(damage). Budgets stay closed: `darkroom doctor --accept-damage` opens them"
                )
            }
            let count = try store.inFlight().count
            tell(
                true,
                "history",
                count == 0 ? settings.paths.database.path : "\(count) in flight: `darkroom resume` finishes them"
            )
        } catch {
            tell(false, "history", "\(error)")
        }
        let ffmpeg = (settings.environment["PATH"] ?? "").split(separator: ":").contains {
            access("\($0)/ffmpeg", X_OK) == 0
        }
        console.print(
            "\(ffmpeg ? "ok  " : "-   ") video     \(ffmpeg ? "ffmpeg shows first frames" : "install ffmpeg to see first frames of every video")"
        )
        if failures > 0 { throw CommandError(.failed, "") }
    }

    private func tellOfPrices(_ settings: Settings, _ tell: (Bool, String, String) -> Void) {
        do {
            let prices = try Composition.priceBook(settings.paths)
            try Composition.checkHardware(settings.spending.hardware, prices, settings.paths)
            let file = settings.paths.pricesFile.path
            let isOwn = FileManager.default.fileExists(atPath: file)
            tell(true, "prices", isOwn ? "the built-in ones and \(file)" : "the built-in ones")
        } catch {
            tell(false, "prices", "\(error). Nothing runs before that")
        }
    }
}
