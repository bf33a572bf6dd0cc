import ArgumentParser
import Composing
import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import Search
import Synchronization

struct BatchCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Run every line of a file, several at a time; run again, it does only what is missing.",
        discussion: """
            FILE holds JSON objects (.jsonl), a table with a heading (.csv, .tsv), or a prompt on each line; - is standard \
            input. Columns are inputs of the model; key, model, count and output mean what --key, --model, --count and -o \
            mean (an input of such a name is input.key in a table, and a member of input in an object). A line without a \
            key has one that is made from what it orders, so that no line is paid twice. A value @FILE is uploaded.

            The whole batch is read, checked and priced before anything is sent: where one line is wrong, or all of it may \
            cost more than --max-cost or a budget, nothing is. Results are JSON, one object on a line for each run, as they \
            end; `line` says where it stands in FILE.
            """
    )

    @Argument(help: "The file, or - for standard input.")
    var file: String

    @Option(help: "jsonl, csv, tsv or lines; without it, the file's name or its beginning tells.")
    var format: BatchFormat?

    @Option(help: "The model of lines that name none.", completion: .model)
    var model: String?

    @Option(name: .customLong("input"), help: "An input of every line that does not give it: KEY=VALUE or KEY=@FILE.")
    var inputs: [String] = []

    @Option(help: "How many lines are under way at once.")
    var jobs = 4

    @Option(name: .customLong("max-cost"), help: "Refuse when all of it may cost more, in USD.")
    var maxCost: String?

    @Flag(name: .customLong("dry-run"), help: "Send nothing: print the price of each line, and the sum.")
    var dryRun = false

    @Flag(help: "Print results in the order of the lines.")
    var ordered = false

    @Option(name: .customLong("key-prefix"), help: "Stands before every key: another one makes everything anew.")
    var keyPrefix = ""

    @OptionGroup var run: RunOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be between 1 and 64.") }
        if let maxCost, Money(maxCost) == nil { throw ValidationError("--max-cost must be an amount such as 0.50.") }
    }

    private var limit: Money? { maxCost.flatMap { Money($0) } }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let settings = try Settings.load(global, context, outputDir: run.outputDir)
        let source = try BatchSource(file, format, context)
        let files = InputFiles(context)
        let arguments = try inputs.map(InputArgument.init)
        let defaults = BatchOrders.Defaults(
            model: model ?? settings.imageModel,
            inputs: arguments.map(CommandOrder.Input.argument) + (try run.fileInputs(besides: arguments, files)),
            options: run,
            keyPrefix: keyPrefix,
            surroundings: context.surroundings
        )
        let composition = try Composition(
            context,
            settings: settings,
            interval: run.interval,
            mostCreations: jobs,
            waitsForQuickRuns: true,
            access: .concurrent,
            onUpdate: { update in
                switch update {
                case .noticed(let sentence): console.say("\(sentence).")
                case .offline(let reason): console.progress(reason)
                default: break
                }
            }
        )
        let starter = RunStarter(composition: composition, files: files)
        // Before the first line, so that a signal during the check says that nothing was sent.
        let results = Deferred<BatchResults>()
        context.interruption.install(startsRuns: true) { .told(Self.standing(results.value, composition)) }
        let plan = try await check(starter, source, defaults)
        if dryRun { return try finish(plan, composition) }
        try allow(plan, composition)
        let printer = BatchResults(
            console,
            isOrdered: ordered,
            total: plan.runs,
            limit: (limit ?? plan.total.high)?.shortText ?? ""
        )
        results.value = printer
        let runner = BatchRunner(
            starter: starter,
            queue: BatchQueue(try source.reader(), BatchOrders(defaults)),
            results: printer,
            ledger: BatchLedger(limit: limit),
            end: run.timeout.map { ContinuousClock.now + $0.duration }
        )
        try await runner.run(jobs: jobs)
        // The interruption says how everything stands.
        if context.interruption.isInterrupted { throw Interruption.TooLate() }
        printer.flush()
        await composition.runner.stop()
        try await conclude(plan, runner, printer, composition)
    }

    // MARK: Before anything is sent

    private func check(_ starter: RunStarter, _ source: BatchSource, _ defaults: BatchOrders.Defaults) async throws
        -> BatchPlan
    {
        let console = starter.composition.context.console
        var plan = BatchPlan()
        let queue = BatchQueue(try source.reader(), BatchOrders(defaults))
        var keys = BatchKeys()
        var warnings: Set<String> = []
        while let item = try await queue.next() {
            do {
                if let mistake = item.mistake { throw CommandError(.usage, mistake.description) }
                guard let order = item.order else { continue }
                let prepared = try await starter.prepare(order)
                let isRepeated = try keys.take(prepared, line: item.line)
                let taken = dryRun ? starter.filesThere(prepared) : try starter.checkPlaces(prepared)
                plan.add(prepared, isRepeated: isRepeated, isSkipped: !taken.isEmpty)
                // Each once: what one line of a batch does, the others do as well.
                for warning in prepared.composed.warnings where warnings.count < 20 && warnings.insert(warning).inserted
                {
                    console.say("\(source.name):\(item.line): \(warning).")
                }
                if dryRun {
                    console.print(
                        line: prepared.document(line: item.line, isSkipped: !taken.isEmpty)
                    )
                }
            } catch let error as CommandError {
                // What no line can mend is no mistake of this one.
                if error.endsBatch { throw error }
                plan.add(error)
                if plan.mistakes <= 20 { console.fail("\(source.name):\(item.line): \(error.description)") }
                if dryRun { console.print(document: BatchRunner.document(of: error, item)) }
            }
            if plan.lines.isMultiple(of: 100) { console.progress("\(plan.lines) lines checked") }
        }
        console.endProgress()
        guard plan.lines > 0 else {
            throw CommandError(
                .usage,
                "\(source.name) holds no line to run: a prompt, a row or an object stands on each"
            )
        }
        return plan
    }

    private func finish(_ plan: BatchPlan, _ composition: Composition) throws {
        let console = composition.context.console
        console.print(line: plan.document)
        console.say("\(plan.sentence). Nothing was sent.")
        if plan.mistakes > 0 { throw CommandError(plan.worst, "") }
        if let limit, !plan.isFree { try SpendingQuestion.check(plan.total, against: limit) }
        if case .refuse(let objection) = composition.judge(total: plan.total), !plan.isFree {
            throw CommandError(.overBudget, objection.sentence)
        }
    }

    /// Throws ``CommandError`` where a line is wrong, and where all of it may cost too much.
    private func allow(_ plan: BatchPlan, _ composition: Composition) throws {
        let console = composition.context.console
        if plan.mistakes > 0 {
            let words = plan.mistakes == 1 ? "One line is" : "\(plan.mistakes) lines are"
            throw CommandError(plan.worst, "\(words) wrong, so nothing was sent")
        }
        guard !plan.isFree else { return }
        if let limit { try SpendingQuestion.check(plan.total, against: limit) }
        console.say("\(plan.sentence).")
        switch composition.judge(total: plan.total) {
        case .allow: break
        case .refuse(let objection): throw CommandError(.overBudget, objection.sentence)
        case .ask(let question):
            guard limit == nil else { return }
            guard console.ask("\(question.sentence) Run?") != false else {
                throw CommandError(.overBudget, "Not run. --max-cost names a limit and asks nothing")
            }
        }
    }

    // MARK: The end

    private func conclude(
        _ plan: BatchPlan,
        _ runner: BatchRunner,
        _ results: BatchResults,
        _ composition: Composition
    ) async throws {
        let console = composition.context.console
        console.endProgress()
        let count = results.count
        let left = plan.lines - count.lines
        var status = results.worst
        if let reason = runner.reason, reason.status.rawValue > status.rawValue { status = reason.status }
        if left > 0, runner.reason == nil { status = max(status, .stillRunning) }
        let sentence = results.sentence(lines: plan.lines)
        console.say("\(sentence).")
        if let reason = runner.reason { console.fail("darkroom: \(reason.description)") }
        if left > 0 {
            let words = left == 1 ? "One line was" : "\(left) lines were"
            console.say("\(words) not begun: run the same command again, and it goes on.")
        }
        let summary: JSONObject = [
            "event": "batch.ended", "exit_status": .integer(Int64(status.rawValue)),
            "lines": .integer(Int64(plan.lines)), "runs": .integer(Int64(plan.runs)),
            "done": .integer(Int64(count.done)), "reused": .integer(Int64(count.reused)),
            "failed": .integer(Int64(count.failed)), "skipped": .integer(Int64(count.skipped)),
            "unknown_costs": .integer(Int64(count.unknownCosts)), "summary": .string(sentence),
        ]
        var members = summary.mapValues(ResultMember.json)
        members["cost"] = .amount(count.knownCost)
        await EndNotice(options: run.notice, composition: composition).send(
            Console.text(members),
            facts: ["EVENT": "batch.ended", "EXIT_STATUS": "\(status.rawValue)", "SUMMARY": sentence]
        )
        guard status == .done else { throw CommandError(status, "") }
    }

    private static func standing(_ results: BatchResults?, _ composition: Composition) -> String {
        guard let results else { return "interrupted; nothing was sent" }
        results.flush()
        let count = results.count
        let runs = count.underWay.values.flatMap { $0 }.compactMap { try? composition.store.run($0) }
        let sent = runs.filter { $0.isInFlight && $0.stage != .queued }.map { $0.prediction?.id.rawValue ?? $0.id }
        let underWay =
            sent.isEmpty ? "none is under way" : "\(sent.count) go on and are not lost (\(Interruption.list(sent)))"
        return "interrupted; \(count.done) done, \(underWay): run the same command again, and it does what is missing"
    }
}

/// A value that is there later.
final class Deferred<Value: Sendable>: Sendable {
    private let box = Mutex<Value?>(nil)

    var value: Value? {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
