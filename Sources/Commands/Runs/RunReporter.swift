import Composing
import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import Search
import Synchronization

/// Starts the runs of one order for a command, shows how they get on, and prints what became of each as soon as it and
/// those before it have ended.
struct RunReporter {
    let context: CommandContext
    let kind: RunReport.Kind
    let json: Bool
    let options: OrderCommand

    /// Throws ``CommandError`` with the status of the worst end; results are printed before.
    func run(_ settings: Settings, _ order: RunOrder, _ files: InputFiles) async throws {
        let console = context.console
        let progress = ProgressLine(console)
        let composition = try Composition(
            context,
            settings: settings,
            interval: options.run.interval,
            onUpdate: { progress.show($0) }
        )
        let printed = Mutex<Set<String>>([])
        context.interruption.install(startsRuns: true) {
            let runs = progress.started.map { ((try? composition.store.run($0.id)) ?? nil) ?? $0 }
            let left = printed.withLock { printed in runs.filter { !printed.contains($0.id) } }
            for run in left where json {
                console.print(line: RunReport(run: run, kind: kind, isInterrupted: true).document)
            }
            return Interruption.Standing(runs)
        }
        let starter = RunStarter(composition: composition, files: files)
        let prepared = try await starter.prepare(order)
        for warning in prepared.composed.warnings { console.say("\(warning).") }
        let taken = try starter.checkPlaces(prepared)
        guard taken.isEmpty else { return skip(taken) }
        try SpendingQuestion(composition: composition, limit: options.order.limit).ask(prepared)
        let ordered = try await starter.begin(prepared)
        let reports = try await report(ordered, prepared, starter) { id in printed.withLock { _ = $0.insert(id) } }
        await composition.runner.stop()
        let worst = reports.worst
        await EndNotice(options: options.run.notice, composition: composition).send(reports)
        guard worst == .done else { throw CommandError(worst, "") }
    }

    /// Prints what became of each run: with `--json` as each ends, else in the order of the prompts. Returns them in that
    /// order.
    private func report(
        _ ordered: [OrderedRun],
        _ prepared: PreparedOrder,
        _ starter: RunStarter,
        onPrint: (String) -> Void
    ) async throws -> [RunReport] {
        let isUnawaited = options.order.noWait
        let end = options.run.timeout.map { ContinuousClock.now + $0.duration }
        guard json, !isUnawaited else {
            var reports: [RunReport] = []
            for (index, ordered) in ordered.enumerated() {
                let run =
                    isUnawaited
                    ? ordered.isReused ? ordered.run : await starter.acceptance(of: ordered.run)
                    : try await starter.last(of: ordered, until: end)
                reports.append(try report(run, index, ordered, prepared, starter, onPrint: onPrint))
            }
            return reports
        }
        return try await withThrowingTaskGroup(of: (Int, RunRecord).self) { group in
            for (index, ordered) in ordered.enumerated() {
                group.addTask { (index, try await starter.last(of: ordered, until: end)) }
            }
            var reports: [Int: RunReport] = [:]
            for try await (index, run) in group {
                reports[index] = try report(run, index, ordered[index], prepared, starter, onPrint: onPrint)
            }
            return reports.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func report(
        _ run: RunRecord,
        _ index: Int,
        _ ordered: OrderedRun,
        _ prepared: PreparedOrder,
        _ starter: RunStarter,
        onPrint: (String) -> Void
    ) throws -> RunReport {
        let console = context.console
        var run = run
        if ordered.isReused, let place = prepared.order.target?.file(ofRun: index, of: prepared.drafts.count) {
            run = try ReusedFile(run: run, place: place, overwrites: prepared.order.target?.overwrites == true)
                .brought(console)
        }
        let report = RunReport(
            run: run,
            kind: kind,
            isUnawaited: options.order.noWait,
            isReused: ordered.isReused,
            isElsewhere: starter.composition.runner.isOfAnotherAccount(run),
            outage: starter.composition.runner.currentFailure
        )
        console.endProgress()
        onPrint(run.id)
        try print(report)
        return report
    }

    private func print(_ report: RunReport) throws {
        let console = context.console
        if options.order.file == "-" {
            try report.writeFile(to: console)
        } else if json {
            console.print(line: report.document)
        } else {
            report.printForPeople(on: console)
        }
    }

    /// With `--no-clobber`: nothing was made, and that is what was wanted.
    private func skip(_ files: [URL]) {
        for file in files {
            if json {
                context.console.print([
                    "success": true, "error": .null, "skipped": true, "files": [.string(file.path)],
                    "prediction_id": .null, "run_id": .null, "reused": false,
                ])
            } else {
                context.console.say("\(file.path) is there already: nothing was made.")
            }
        }
    }
}

extension EndNotice {
    /// Tells a command of runs that were started in the studio.
    ///
    /// - Returns: why that failed.
    static func tell(_ notify: NotifyCommand, of runs: [RunRecord]) -> String? {
        let (body, facts) = words(runs.map { RunReport(run: $0, kind: .any) })
        return notify.run(body, facts: facts, output: nil)
    }

    fileprivate func send(_ reports: [RunReport]) async {
        guard isWanted else { return }
        let (body, facts) = Self.words(reports)
        await send(body, facts: facts)
    }

    private static func words(_ reports: [RunReport]) -> (body: String, facts: [String: String]) {
        let status = reports.worst
        let results = reports.map { Console.text($0.document) }.joined(separator: ",")
        let body = #"{"event":"run.ended","exit_status":\#(status.rawValue),"results":[\#(results)]}"#
        return (
            body,
            [
                "EVENT": "run.ended", "EXIT_STATUS": "\(status.rawValue)",
                "IDS": reports.map { $0.run.prediction?.id.rawValue ?? $0.run.id }.joined(separator: " "),
                "KEY": reports.first?.run.key ?? "",
            ]
        )
    }
}

extension [RunReport] {
    fileprivate var worst: ExitStatus { map(\.exitStatus).max() ?? .done }
}
