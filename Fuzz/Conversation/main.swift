import Foundation
import History
import Logging
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import TestSupport

// Runs go through a real connection, libcurl, the client and the runner, before an API that spoils its answers:
// conversation-fuzz [SECONDS] [SEED]. After each round the API becomes honest, and every run must have come out right.
let seconds = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 60
let first = CommandLine.arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max >> 1)
let end = ContinuousClock.now + .seconds(seconds)
var round: UInt64 = 0
var (runs, spoilt, wrong) = (0, 0, 0)
while ContinuousClock.now < end {
    let report = try await Round(seed: first &+ round).played()
    runs += report.runs
    spoilt += report.spoilt
    for complaint in report.complaints {
        wrong += 1
        print("seed \(first &+ round): \(complaint)")
    }
    round += 1
}
print("Conversation: seed \(first), \(round) rounds, \(runs) runs, \(spoilt) answers spoilt, \(wrong) wrong")
exit(wrong == 0 ? 0 : 1)

struct Round {
    struct Report {
        var runs = 0
        var spoilt = 0
        var complaints: [String] = []
    }

    let seed: UInt64

    func played() async throws -> Report {
        let api = HostileAPI(seed: seed)
        let server = try RawServer(answering: { _, request in api.answer(to: request) })
        defer { server.stop() }
        let transport = CurlTransport()
        defer { transport.close() }
        let quick: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0 / 100) }
        let client = APIClient(
            configuration: ClientConfiguration(
                baseURL: URL(string: "http://127.0.0.1:\(server.port)/v1")!,
                token: Token("r8_fuzz"),
                answerTimeout: .seconds(5)
            ),
            transport: transport,
            sleep: quick
        )
        let store = try HistoryStore.inMemory()
        let runner = PredictionRunner(
            store: store,
            client: client,
            prices: .builtIn,
            saver: OutputSaver(client: client, folder: FileManager.default.temporaryDirectory),
            logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() },
            configuration: RunnerConfiguration(sleep: quick)
        )
        let drafts = (0..<12).map { number in
            RunDraft(
                model: "a/b",
                prompt: "\(seed)-\(number)",
                input: ["prompt": .string("\(seed)-\(number)"), "guidance": 7.0],
                origin: .command,
                estimate: .unknown(reason: ""),
                savesOutputs: false
            )
        }
        let submitted = try await runner.submit(drafts)
        try await Task.sleep(for: .milliseconds(300))
        api.becomeHonest()
        var report = Report(runs: submitted.count, spoilt: api.spoilt)
        for run in submitted {
            // A minute: the runner's waits are a hundred times shorter here than they are.
            guard let last = await runner.wait(for: run.id, timeout: .seconds(6_000)) else {
                report.complaints.append("\(run.prompt) has not ended after a minute")
                continue
            }
            if let complaint = complaint(about: last, api.records[run.prompt] ?? .init()) {
                report.complaints.append(complaint)
            }
        }
        await runner.stop()
        return report
    }

    private func complaint(about run: RunRecord, _ truth: HostileAPI.Record) -> String? {
        let state = "\(run.prompt): \(run.stage), \(run.failure ?? "no failure"), \(truth.requests) requests"
        if truth.requests > 1 + truth.postponed { return "\(state): sent again without a refusal" }
        let isCreated = truth.prediction != nil
        switch run.stage {
        case .settled: return isCreated ? nil : "\(state): ended, and was never created"
        case .refused: return isCreated ? "\(state): called free, and was created" : nil
        case .resendable:
            return isCreated && run.failure?.contains("nothing was paid") == true ? "\(state): was created" : nil
        case .queued, .sending, .unclear, .accepted: return "\(state): still in flight"
        }
    }
}
