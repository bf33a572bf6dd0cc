import Foundation
import Glibc
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

/// Looks at everything that the program needs.
struct Checkup {
    let context: CommandContext
    let settings: Settings
    /// Settings that could not be read.
    let mistakes: [CommandError]
    /// Whether what is left of a damaged history is good enough for the budgets from now on.
    var acceptsDamage = false

    init(_ global: GlobalOptions, _ context: CommandContext, acceptsDamage: Bool = false) throws {
        var mistakes: [CommandError] = []
        settings = try Settings.load(global, context) { mistakes.append($0) }
        self.mistakes = mistakes
        self.context = context
        self.acceptsDamage = acceptsDamage
    }

    /// Tells each finding as soon as it is known, in the order in which a person mends them. The network is asked once.
    func look(_ tell: (Finding) -> Void) async {
        let terminal = terminal()
        terminal.forEach(tell)
        if terminal.contains(where: { $0.subject == "terminal" && $0.state == .fine }) { pictures().forEach(tell) }
        configuration().forEach(tell)
        tell(prices())
        tell(token())
        await network().forEach(tell)
        history().forEach(tell)
        machine().forEach(tell)
    }

    private func configuration() -> [Finding] {
        guard mistakes.isEmpty else {
            return mistakes.map { Finding(.fault, "settings", "\($0.description). Nothing runs before that") }
        }
        let file = settings.paths.configFile.path
        return [Finding(.fine, "settings", settings.file == nil ? "the standard ones: there is no \(file)" : file)]
    }

    private func prices() -> Finding {
        do {
            let prices = try Composition.priceBook(settings.paths)
            try Composition.checkHardware(settings.spending.hardware, prices, settings.paths)
            let file = settings.paths.pricesFile.path
            let isOwn = FileManager.default.fileExists(atPath: file)
            let which = isOwn ? "the built-in ones and \(file)" : "the built-in ones"
            if let age = prices.newest?.staleness(on: Date()) {
                let mend = isOwn ? "look whether there are newer ones" : "a newer version of the program has newer ones"
                return Finding(.note, "prices", "\(which), the newest of them \(age): \(mend)")
            }
            return Finding(.fine, "prices", which)
        } catch {
            return Finding(.fault, "prices", "\(error). Nothing runs before that")
        }
    }

    private func token() -> Finding {
        guard settings.token != nil else {
            let mend = "`darkroom` asks for one; or set REPLICATE_API_TOKEN, or try `darkroom demo`"
            return Finding(.fault, "token", "none: \(mend)")
        }
        if case .kept(let file) = settings.tokenSource, TokenFile.isOpen(settings.paths.tokenFile) {
            return Finding(.fault, "token", "others can read it: chmod 600 \(file)")
        }
        let source = settings.tokenSource.map { "found \($0.text), for \(settings.baseURL.absoluteString)" }
        return Finding(.fine, "token", source ?? "found")
    }

    private func network() async -> [Finding] {
        if !mistakes.isEmpty, settings.baseURL.absoluteString == ClientConfiguration.official {
            return [
                Finding(.note, "network", "not asked: the settings that cannot be read may name another host")
            ]
        }
        guard settings.token != nil, let client = try? Composition.client(context, settings) else { return [] }
        do {
            let account = try await client.account()
            let host = settings.baseURL.host() ?? ""
            return [Finding(.fine, "network", "\(host) knows \(account.username)")]
                + [Self.clock(skew: client.clock.skew)].compactMap { $0 }
        } catch {
            let proxied = proxy.map { "; the proxy \($0) was used" } ?? ""
            return [Finding(.fault, "network", error.explanation + proxied)]
        }
    }

    /// Budgets by day, and the hour in which outputs can be fetched, go by the clock.
    ///
    /// - Parameter skew: seconds by which the server is ahead; nil: not known.
    static func clock(skew: TimeInterval?) -> Finding? {
        guard let skew, abs(skew) > 120 else { return nil }
        let seconds = Int(abs(skew).rounded())
        let amount = seconds < 7_200 ? "\(seconds / 60) minutes" : "\(seconds / 3_600) hours"
        let side = skew > 0 ? "behind" : "ahead of"
        let mend = "set it right (timedatectl set-ntp true); budgets go by days"
        return Finding(.fault, "clock", "this machine is \(amount) \(side) the server: \(mend)")
    }

    private func history() -> [Finding] {
        let aside = ((try? FileManager.default.contentsOfDirectory(atPath: settings.paths.data.path)) ?? [])
            .filter { $0.contains(".damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
        var findings = aside.sorted().map {
            Finding(.note, "history", "an earlier one was damaged and lies beside it as \($0)")
        }
        do {
            try Paths.make(settings.paths.data)
            let store = try HistoryStore.open(path: settings.paths.database.path, access: .serial)
            if let notice = store.notice { findings.append(Finding(.note, "history", notice)) }
            if acceptsDamage {
                let count = try store.acceptDamage()
                findings.append(
                    Finding(.fine, "history", "\(count) damages accepted: budgets go by what is left")
                )
            }
            findings += try store.openDamages().map { damage in
                let mend = "`darkroom doctor --accept-damage` opens them"
                return Finding(.fault, "history", "was damaged: \(damage). Budgets stay closed: \(mend)")
            }
            let count = try store.inFlight().count
            let path = settings.paths.database.path
            let text = count == 0 ? path : "\(count) in flight: `darkroom resume` finishes them"
            findings.append(Finding(.fine, "history", text))
        } catch {
            findings.append(Finding(.fault, "history", "\(error)"))
        }
        return findings
    }
}
