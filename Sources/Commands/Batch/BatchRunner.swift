import Composing
import Foundation
import History
import Money
import Predictions
import ReplicateAPI
import Synchronization

/// Runs the lines of a batch, several at a time.
final class BatchRunner: Sendable {
    let starter: RunStarter
    let queue: BatchQueue
    let results: BatchResults
    let ledger: BatchLedger
    private let keys = KeyGate()
    /// When to stop waiting; nil: never.
    let end: ContinuousClock.Instant?
    private let stop = Mutex<CommandError?>(nil)

    init(
        starter: RunStarter,
        queue: BatchQueue,
        results: BatchResults,
        ledger: BatchLedger,
        end: ContinuousClock.Instant?
    ) {
        self.starter = starter
        self.queue = queue
        self.results = results
        self.ledger = ledger
        self.end = end
    }

    /// Why no more lines were begun; nil: all of them were.
    var reason: CommandError? { stop.withLock { $0 } }

    /// - Parameter jobs: lines under way at once.
    func run(jobs: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<jobs { group.addTask { try await self.work() } }
            try await group.waitForAll()
        }
    }

    private func work() async throws {
        while let item = try await queue.next() {
            while !results.hasRoom(for: item.place) { try await Task.sleep(for: .milliseconds(50)) }
            if let end, ContinuousClock.now >= end { return await queue.stop() }
            // Whoever closes the pipe has seen enough, and is not to pay for more.
            if starter.composition.context.console.hasLostReader {
                stop.withLock { $0 = $0 ?? CommandError(.notWritable, "nobody reads the results any more") }
                return await queue.stop()
            }
            do {
                if let mistake = item.mistake { throw CommandError(.usage, mistake.description) }
                guard let order = item.order else { continue }
                results.end(item.place, try await run(order, item))
            } catch let error as CommandError {
                results.fail(error.status)
                results.end(item.place, [Self.document(of: error, item)])
                guard error.endsBatch else { continue }
                stop.withLock { $0 = $0 ?? error }
                await queue.stop()
            } catch is Interruption.TooLate {
                results.end(item.place, [])
                return await queue.stop()
            }
        }
    }

    /// Runs one line; the documents of its runs.
    private func run(_ order: RunOrder, _ item: BatchQueue.Item) async throws -> [String] {
        let begun: Begun
        do {
            if let key = order.key { await keys.enter(key) }
            begun = try await begin(order)
            if let key = order.key { await keys.leave(key) }
        } catch {
            if let key = order.key { await keys.leave(key) }
            throw error
        }
        guard case .runs(let prepared, let ordered, let isReserved) = begun else {
            guard case .taken(let files, let runs) = begun else { return [] }
            results.skip(runs: runs)
            return files.map { Self.document(ofTaken: $0, item) }
        }
        results.begin(item.place, runs: ordered.map(\.run.id))
        var paid: Money? = .zero
        var documents: [String] = []
        for (index, ordered) in ordered.enumerated() {
            let last = try await starter.end(of: ordered, until: end)
            var run = try last ?? starter.composition.store.run(ordered.run.id) ?? ordered.run
            if !ordered.isReused {
                paid = if let before = paid, let cost = run.cost?.money { before + cost } else { nil }
            } else if let place = order.target?.file(ofRun: index, of: prepared.drafts.count) {
                run = try ReusedFile(run: run, place: place, overwrites: order.target?.overwrites == true)
                    .brought(starter.composition.context.console)
            }
            let report = RunReport(
                run: run,
                kind: .any,
                isReused: ordered.isReused,
                isElsewhere: starter.composition.runner.isOfAnotherAccount(run),
                outage: starter.composition.runner.currentFailure
            )
            results.add(report)
            var document = report.document
            document["line"] = .json(.integer(Int64(item.line)))
            documents.append(Console.text(document))
            if let reason = report.stopsBatch {
                stop.withLock { $0 = $0 ?? reason }
                await queue.stop()
            }
        }
        if isReserved { ledger.settle(prepared.total, paid: paid) }
        return documents
    }

    /// What became of a line at its beginning.
    private enum Begun {
        case runs(PreparedOrder, [OrderedRun], isReserved: Bool)
        /// So many runs are not made: these files are there.
        case taken([URL], runs: Int)
    }

    /// Looks for what is there under the line's key, sets aside what the rest may cost, and journals it.
    private func begin(_ order: RunOrder) async throws -> Begun {
        let prepared = try await starter.prepare(order)
        let taken = try starter.checkPlaces(prepared)
        guard taken.isEmpty else { return .taken(taken, runs: prepared.drafts.count) }
        let isReserved = try ledger.reserve(prepared.total)
        do { return .runs(prepared, try await starter.begin(prepared), isReserved: isReserved) } catch {
            if isReserved { ledger.settle(prepared.total, paid: .zero) }
            throw error
        }
    }

    static func document(of error: CommandError, _ item: BatchQueue.Item) -> String {
        Console.text(
            [
                "line": .integer(Int64(item.line)), "success": false, "error": .string(error.description),
                "exit_status": .integer(Int64(error.status.rawValue)),
                "key": item.order?.key.map(JSONValue.string) ?? .null, "run_id": .null, "prediction_id": .null,
                "files": [], "status": .null,
            ].mapValues(ResultMember.json)
        )
    }

    private static func document(ofTaken file: URL, _ item: BatchQueue.Item) -> String {
        Console.text(
            [
                "line": .integer(Int64(item.line)), "success": true, "error": .null, "skipped": true,
                "key": item.order?.key.map(JSONValue.string) ?? .null, "run_id": .null, "prediction_id": .null,
                "files": [.string(file.path)], "status": .null,
            ].mapValues(ResultMember.json)
        )
    }
}

extension CommandError {
    /// What stops one line for this reason stops the next one too.
    var endsBatch: Bool {
        switch status {
        case .overBudget, .unreachable, .noToken, .notWritable: true
        default: false
        }
    }
}

extension RunReport {
    /// Why the next line would fare no better; nil: it may.
    fileprivate var stopsBatch: CommandError? {
        exitStatus == .noToken ? CommandError(.noToken, error ?? "the API refused the token") : nil
    }
}
