import ArgumentParser
import Foundation
import History
import Predictions
import ReplicateAPI

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Finish everything in flight: find lost answers, wait, save, and print what became of each."
    )

    @Option(help: "Seconds to wait at the most.")
    var timeout: Double?

    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let progress = ProgressLine()
        let composition = try Composition(settings: try Settings.load(global)) { progress.show($0) }
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        Interruption.install()
        let pending = try composition.store.inFlight()
        try await composition.runner.start()
        let clock = ContinuousClock()
        let end = timeout.map { clock.now + .seconds($0) }
        var statuses: [ExitStatus] = []
        for run in pending {
            let left = end.map { max(.zero, $0 - clock.now) }
            let done = await composition.runner.wait(for: run.id, timeout: left)
            let last = try composition.store.run(run.id) ?? done ?? run
            Console.endProgress()
            let report = RunReport(run: last, kind: .any)
            if output.json { Console.print(line: report.document) } else { report.printForPeople() }
            statuses.append(last.exitStatus)
        }
        await composition.runner.stop()
        if pending.isEmpty { Console.say("Nothing was in flight.") }
        let worst = statuses.max { $0.rawValue < $1.rawValue } ?? .done
        guard worst == .done else { throw CommandError(worst, "") }
    }
}
