import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

/// What `image`, `video` and `run` share: check, price, start, wait.
struct RunStarter {
    let composition: Composition
    let options: RunOptions

    /// Starts the runs and waits for them as the options say; one record a run, in order.
    ///
    /// Nothing is spent before model, inputs and budget have been checked.
    func start(
        model path: String,
        prompt: String,
        inputs arguments: [InputArgument],
        images: [String] = []
    ) async throws -> [RunRecord] {
        guard let reference = ModelReference(path) else {
            throw CommandError(.usage, "\(path) is no model: write owner/name or owner/name:version")
        }
        guard composition.settings.token != nil else {
            throw CommandError(APIError(.noToken, "No token is configured"))
        }
        if !options.noDownload, let obstacle = composition.saver.obstacle() {
            throw CommandError(.usage, "\(obstacle). Nothing was sent.")
        }
        let known = try await model(reference)
        let schema = known.latestVersion?.inputSchema ?? InputSchema(fields: [])
        var input = try values(of: arguments, schema: schema)
        if !prompt.isEmpty { input["prompt"] = .string(prompt) }
        if !images.isEmpty {
            guard let binding = schema.images else {
                throw CommandError(.usage, "\(reference.path) takes no images: `darkroom models video` finds others")
            }
            input.merge(binding.inputs(for: images)) { $1 }
        }
        let priced = composition.prices.pricedInputs(model: reference.path, input: input, schema: schema)
        input.merge(priced) { own, _ in own }
        // Uploaded last, and only if everything else is right; until then an address stands for each.
        let files = try InputFiles(arguments, schema: schema)
        if let issue = schema.issues(in: input.merging(files.placeholders) { $1 }).first {
            throw CommandError(
                .usage,
                "\(issue.field) \(issue.message); `darkroom schema \(reference.path)` lists the inputs"
            )
        }
        try rememberHardware(of: reference)
        let estimate = composition.prices.estimate(
            model: reference.path,
            // Whether a file goes in may decide the price.
            input: input.merging(files.placeholders) { $1 },
            schema: schema,
            megapixelsIn: files.megapixels,
            history: await composition.runner.history(of: known),
            isOfficial: known.isOfficial
        )
        try checkLimits(Array(repeating: estimate, count: options.count))
        input.merge(try await files.upload(with: composition.client)) { $1 }
        let draft = RunDraft(
            model: reference.description,
            prompt: prompt,
            input: input,
            origin: .command,
            estimate: estimate,
            savesOutputs: !options.noDownload
        )
        return try await run(Array(repeating: draft, count: options.count))
    }

    // MARK: Before anything is spent

    private func model(_ reference: ModelReference) async throws -> Model {
        do { return try await composition.runner.model(reference) } catch {
            throw CommandError(
                error,
                missing: "There is no model \(reference.path): `darkroom models WORDS` finds others"
            )
        }
    }

    private func values(of arguments: [InputArgument], schema: InputSchema) throws -> JSONObject {
        var input: JSONObject = [:]
        for argument in arguments where argument.file == nil {
            guard input[argument.key] == nil else {
                throw CommandError(.usage, "\(argument.key) is given twice")
            }
            if let field = schema[argument.key] {
                guard let value = field.value(typed: argument.value) else {
                    // An empty value means "as the model likes it".
                    if argument.value.isEmpty { continue }
                    let issue = field.issue(with: .string(argument.value)) ?? "cannot be \(argument.value)"
                    throw CommandError(.usage, "\(argument.key) \(issue)")
                }
                input[argument.key] = value
            } else {
                input[argument.key] = (try? JSONValue(parsing: Data(argument.value.utf8))) ?? .string(argument.value)
            }
        }
        return input
    }

    private func rememberHardware(of reference: ModelReference) throws {
        guard let sku = options.hardware else { return }
        try HardwareName.check(sku, composition.prices)
        try composition.store.rememberHardware(sku, of: reference.path)
    }

    /// The limit of this command, the budgets, and the sum above which a person is asked. Budgets are checked once more
    /// where the runs are journaled, so that no other process can spend in between.
    private func checkLimits(_ estimates: [Estimate]) throws {
        let total = Estimate.sum(estimates)
        if let limit = options.maxCost.flatMap({ Money($0) }) {
            guard let high = total.high else {
                throw CommandError(
                    .usage,
                    "The price is not known (\(total.explanation)), so --max-cost cannot hold; leave it out to run all the same"
                )
            }
            guard high <= limit else {
                throw CommandError(
                    .usage,
                    "This may cost \(high.text) USD, more than --max-cost \(limit.text): \(total.explanation)"
                )
            }
        }
        switch composition.judge(estimates) {
        case .go: return
        case .refuse(let reason): throw CommandError(.usage, reason)
        case .ask(let reason):
            // Whoever names a limit has been asked.
            guard options.maxCost == nil,
                Console.ask("\(total.label) USD: \(total.explanation). \(reason) Run?") == false
            else { return }
            throw CommandError(.usage, "Not run. --max-cost names a limit and asks nothing")
        }
    }

    // MARK: Running

    private func run(_ drafts: [RunDraft]) async throws -> [RunRecord] {
        let runner = composition.runner
        let started: [RunRecord]
        do { started = try await runner.submit(drafts) } catch let refusal as BudgetRefusal {
            throw CommandError(.usage, refusal.description)
        } catch {
            throw CommandError(.failed, "The journal could not be written, so nothing was sent: check the disk's space")
        }
        if options.noWait {
            var accepted: [RunRecord] = []
            for run in started { accepted.append(await wait(for: run, until: \.isSent, timeout: .seconds(60))) }
            await runner.stop()
            return accepted
        }
        let end = options.timeout.map { ContinuousClock.now + .seconds($0) }
        var ended: [RunRecord] = []
        for run in started {
            let done = try await wait(for: run, until: end)
            ended.append(done ?? (try? composition.store.run(run.id)) ?? run)
        }
        await runner.stop()
        return ended
    }

    /// nil when the time is up, or when the run has ended and its outputs cannot be saved for the time being. Throws when
    /// the API cannot be reached and so nothing was sent: the run is taken back then, because nobody expects a command
    /// that failed to spend money at the next start.
    private func wait(for run: RunRecord, until end: ContinuousClock.Instant?) async throws -> RunRecord? {
        let clock = ContinuousClock()
        let patience = clock.now + .seconds(15)
        var unsavedSince: ContinuousClock.Instant?
        while true {
            let left = end.map { $0 - clock.now } ?? .seconds(1)
            if let done = await composition.runner.wait(for: run.id, timeout: min(max(left, .zero), .seconds(1))) {
                return done
            }
            if let end, clock.now >= end { return nil }
            let record = try composition.store.run(run.id)
            if clock.now > patience, let outage = await composition.runner.outage, record?.stage == .queued {
                try await composition.runner.cancel(run.id)
                throw CommandError(.unreachable, "\(outage) Nothing was sent, and nothing is owed.")
            }
            guard record?.outputs.contains(where: { $0.failure != nil }) == true else { continue }
            let since = unsavedSince ?? clock.now
            unsavedSince = since
            if clock.now - since > .seconds(20) { return nil }
        }
    }

    private func wait(
        for run: RunRecord,
        until condition: (RunRecord) -> Bool,
        timeout: Duration
    ) async -> RunRecord {
        let clock = ContinuousClock()
        let end = clock.now + timeout
        var current = run
        while !condition(current), clock.now < end {
            try? await clock.sleep(for: .milliseconds(50))
            current = ((try? composition.store.run(run.id)) ?? nil) ?? current
        }
        return current
    }
}

extension RunRecord {
    /// The server has said yes or no, or will not be asked.
    var isSent: Bool { stage != .queued && stage != .sending }

    /// The exit status that this end means.
    var exitStatus: ExitStatus {
        switch stage {
        case .settled: prediction?.status == .succeeded && outputs.allSatisfy { $0.failure == nil } ? .done : .failed
        case .refused: refusal == .unauthenticated || refusal == .noToken ? .noToken : .failed
        case .resendable: .failed
        case .queued: .unreachable
        case .sending, .unclear, .accepted: .stillRunning
        }
    }
}
