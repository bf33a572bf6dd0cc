import Foundation
import History
import Logging
import Predictions
import Pricing
import Testing

/// What was asked of a run when it was started holds in whatever process goes on with it.
@Suite(.timeLimit(.minutes(10)))
struct RunContinuationTests {
    @Test(arguments: [true, false])
    func `another process saves a run where it was to be saved, or not at all`(saves: Bool) async throws {
        try await withRunner([], speed: 5) { bench in
            var draft = RunnerBench.draft
            draft.savesOutputs = saves
            let run = try await bench.runner.submit([draft])[0]
            while try bench.store.run(run.id)?.stage != .accepted { try await Task.sleep(for: .milliseconds(5)) }
            await bench.runner.stop()

            let elsewhere = bench.folder.appending(path: "elsewhere")
            let second = PredictionRunner(
                store: bench.store,
                client: bench.client,
                prices: .builtIn,
                saver: OutputSaver(client: bench.client, folder: elsewhere),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            try await second.start()
            let done = try #require(await second.wait(for: run.id, timeout: nil))
            await second.stop()
            #expect(done.stage == .settled)
            #expect(done.outputs.count == 1)
            let path = done.outputs[0].path
            #expect((path != nil) == saves)
            if let path { #expect(path.hasPrefix(bench.folder.path) && !path.hasPrefix(elsewhere.path)) }
            #expect(done.outputs[0].failure == nil)
            // What is not wanted is not looked for later either.
            #expect(try bench.store.unsaved(since: .distantPast).isEmpty)
        }
    }
}
