import Composing
import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient

/// What `image`, `video`, `run` and `batch` share: compose, price, look what is there already, start, wait.
struct RunStarter: Sendable {
    let composition: Composition
    let files: InputFiles
    private let answers = AnswerCache()

    init(composition: Composition, files: InputFiles) {
        self.composition = composition
        self.files = files
    }

    // MARK: Before anything is spent

    /// Composes the order and looks what is there under its key. Nothing is spent, uploaded or written.
    func prepare(_ order: RunOrder) async throws -> PreparedOrder {
        let composed = try await composition.compose(
            order.given,
            files: files,
            answers: answers,
            hardware: order.hardware
        )
        let digests = order.key == nil ? [:] : try Self.digests(of: composed)
        let count = composed.requests.count
        let drafts = composed.requests.enumerated().map { index, request in
            var draft = RunDraft(request, origin: .command, savesOutputs: order.savesOutputs)
            draft.key = order.key.map {
                OrderKey($0, index: index, input: request.sending(digests).input, isForced: order.isForced)
            }
            draft.tags = order.tags
            if let target = order.target {
                draft.outputFolder = target.folder?.path
                draft.outputName = target.pattern.forRun(index, of: count).text
                draft.overwritesOutputs = target.overwrites
            }
            return draft
        }
        do {
            let decisions = try await composition.runner.preview(drafts)
            return PreparedOrder(order: order, composed: composed, drafts: drafts, decisions: decisions)
        } catch let conflict as KeyConflict {
            throw CommandError(conflict)
        }
    }

    /// What stands for the files in a comparison: their content, wherever it lies.
    private static func digests(of composed: ComposedRuns) throws -> [String: String] {
        var digests: [String: String] = [:]
        for file in composed.requests.flatMap(\.files) where digests[file.path] == nil {
            guard let digest = try? Digest.sha256(ofFile: file.path) else {
                throw CommandError(.notFound, "\(file.path) cannot be read")
            }
            digests[file.path] = "sha256:\(digest.sha256)"
        }
        return digests
    }

    /// Throws ``CommandError`` where what is made could not be saved: before it is paid.
    ///
    /// - Returns: the files that are there already and are to stay, with `--no-clobber`; nothing is to be made then.
    func checkPlaces(_ prepared: PreparedOrder) throws -> [URL] {
        guard prepared.order.savesOutputs, !prepared.makesNothing else { return [] }
        let target = prepared.order.target
        let folder = target?.folder ?? composition.saver.folder
        if let obstacle = composition.saver.recentObstacle(in: folder) {
            throw CommandError(OutputObstacle(obstacle))
        }
        let count = prepared.drafts.count
        if let target, let obstacle = target.obstacle(runs: count, in: folder) {
            throw CommandError(OutputObstacle(obstacle))
        }
        guard let target, !target.overwrites else { return [] }
        if target.skipsExisting { return filesThere(prepared) }
        guard let first = Self.taken(prepared, target).first else { return [] }
        throw CommandError(
            .fileExists,
            "\(first.path) is there already. Nothing was sent; --overwrite replaces it, --no-clobber leaves it"
        )
    }

    /// With `--no-clobber`, the files that are there already; nothing is to be made then. Writes nothing.
    func filesThere(_ prepared: PreparedOrder) -> [URL] {
        guard prepared.order.savesOutputs, let target = prepared.order.target, target.skipsExisting else { return [] }
        return Self.taken(prepared, target)
    }

    /// Files of the runs that are made, where they are there already.
    private static func taken(_ prepared: PreparedOrder, _ target: OutputTarget) -> [URL] {
        prepared.decisions.indices.filter { prepared.decisions[$0] == .make }
            .compactMap { target.file(ofRun: $0, of: prepared.drafts.count) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    // MARK: Running

    /// Uploads files, journals the runs and begins to send them. What is there under the key is not made.
    func begin(_ prepared: PreparedOrder) async throws -> [OrderedRun] {
        let reused = prepared.decisions.map { decision in
            if case .reuse(let run) = decision { run } else { RunRecord?.none }
        }
        let making = reused.indices.filter { reused[$0] == nil }
        var made: [OrderedRun] = []
        if !making.isEmpty {
            let requests = try await composition.upload(making.map { prepared.composed.requests[$0] })
            let drafts = zip(making, requests).map { index, request in
                var draft = prepared.drafts[index]
                draft.input = request.input
                return draft
            }
            try composition.context.interruption.beginStarting()
            do { made = try await composition.runner.order(drafts) } catch let refusal as BudgetRefusal {
                throw CommandError(.overBudget, refusal.description)
            } catch let conflict as KeyConflict {
                throw CommandError(conflict)
            } catch let obstacle as OutputObstacle {
                throw CommandError(obstacle)
            } catch {
                throw CommandError.unwritable
            }
        }
        var next = made.makeIterator()
        return reused.compactMap { run in run.map { OrderedRun($0, isReused: true) } ?? next.next() }
    }

    /// Waits for the end of a run; nil when the time is up, or when it has ended and its outputs cannot be saved for the
    /// time being.
    func end(of ordered: OrderedRun, until end: ContinuousClock.Instant?) async throws -> RunRecord? {
        ordered.isReused
            ? try await RunTakeover(composition: composition).end(of: ordered.run, until: end)
            : try await wait(for: ordered.run, until: end)
    }

    /// The run as it stands at its end, or when the time is up.
    func last(of ordered: OrderedRun, until end: ContinuousClock.Instant?) async throws -> RunRecord {
        try await self.end(of: ordered, until: end) ?? composition.store.run(ordered.run.id) ?? ordered.run
    }

    /// Throws when the API cannot be reached and so nothing was sent: the run is taken back then, because nobody expects a
    /// command that failed to spend money at the next start.
    private func wait(for run: RunRecord, until end: ContinuousClock.Instant?) async throws -> RunRecord? {
        let clock = ContinuousClock()
        let patience = clock.now + .seconds(15)
        var unsavedSince: ContinuousClock.Instant?
        while true {
            try Task.checkCancellation()
            let left = end.map { $0 - clock.now } ?? .seconds(1)
            if let done = await composition.runner.wait(for: run.id, timeout: min(max(left, .zero), .seconds(1))) {
                return done
            }
            if let end, clock.now >= end { return nil }
            let record = try composition.store.run(run.id)
            if clock.now > patience, let outage = composition.runner.currentOutage, record?.stage == .queued {
                try await composition.runner.cancel(run.id)
                throw CommandError(.unreachable, "\(outage) Nothing was sent, and nothing is owed.")
            }
            // Nobody but a person can mend that.
            if clock.now > patience, composition.runner.currentFailure?.refusesToken == true { return nil }
            guard record?.outputs.contains(where: { $0.failure != nil }) == true else { continue }
            let since = unsavedSince ?? clock.now
            unsavedSince = since
            if clock.now - since > .seconds(20) { return nil }
        }
    }

    /// Waits until the server has answered the creation.
    func acceptance(of run: RunRecord) async -> RunRecord {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(60)
        var current = run
        while !current.isSent, clock.now < end {
            try? await clock.sleep(for: .milliseconds(50))
            current = ((try? composition.store.run(run.id)) ?? nil) ?? current
        }
        return current
    }
}

extension RunRecord {
    /// The exit status that this end means.
    var exitStatus: ExitStatus {
        switch stage {
        case .settled:
            prediction?.status == .succeeded && failure == nil && outputs.allSatisfy { $0.failure == nil }
                ? .done : .failed
        case .refused: refusal == .unauthenticated || refusal == .noToken ? .noToken : .failed
        case .resendable: .failed
        case .queued: .unreachable
        case .sending, .unclear, .accepted: .stillRunning
        }
    }
}
