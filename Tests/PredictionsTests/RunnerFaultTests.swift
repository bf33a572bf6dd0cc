import Foundation
import History
import Money
import ReplicateAPI
import ReplicateClient
import Sandbox
import Synchronization
import Testing

@testable import Predictions

@Suite(.timeLimit(.minutes(10)))
struct RunnerFaultTests {
    /// Everything that can go wrong with a question without anybody having refused anything.
    private static let passing: [SandboxFault] = [
        .refuse, .reset, .drip, .endless, .timeout, .rateLimit, .rateLimitDate, .rateLimitBare, .serverError,
        .badGateway, .unavailable, .html, .truncatedJSON, .invalidUTF8, .absurd,
    ]

    @Test(arguments: passing)
    func `whatever becomes of the questions, the run ends, its output is saved, and it was created once`(
        fault: SandboxFault
    ) async throws {
        let faults = [RequestKind.poll, .list, .models].map { FaultRule(fault, .first(2), at: $0) }
        try await withRunner(fault == .absurd ? Array(faults.dropLast()) : faults) { bench in
            let done = try await bench.finished()
            #expect(done.stage == .settled)
            #expect(done.prediction?.status == .succeeded)
            #expect(done.outputs.count == 1 && done.outputs.allSatisfy { $0.path != nil })
            #expect(bench.server.statistics.predictionsCreated == 1)
            #expect((bench.server.statistics.faults[fault] ?? 0) > 0)
        }
    }

    @Test(arguments: [SandboxFault.html, .truncatedJSON])
    func `where no page of the list can ever be read, runs are asked for singly`(fault: SandboxFault) async throws {
        try await withRunner([FaultRule(fault, at: .list)]) { bench in
            let runs = try await bench.runner.submit(Array(repeating: RunnerBench.draft, count: 3))
            for run in runs {
                let done = try #require(await bench.runner.wait(for: run.id, timeout: nil))
                #expect(done.prediction?.status == .succeeded)
            }
            #expect((bench.server.statistics.faults[fault] ?? 0) > 0)
        }
    }

    @Test(arguments: [
        SandboxFault.reset, .dropCreate, .drip, .endless, .html, .truncatedJSON, .invalidUTF8, .absurd,
    ])
    func `whatever becomes of the answer to a creation, what was created is found and saved, once`(
        fault: SandboxFault
    ) async throws {
        try await withRunner([FaultRule(fault, .first(1), at: .create)]) { bench in
            let done = try await bench.finished()
            if fault == .html {
                // The page came instead of the creation, which nobody can know who reads it.
                #expect(done.stage == .resendable)
                #expect(bench.server.statistics.predictionsCreated == 0)
            } else {
                #expect(done.stage == .settled)
                #expect(done.outputs.count == 1 && done.outputs.allSatisfy { $0.path != nil })
                #expect(bench.server.statistics.predictionsCreated == 1)
            }
        }
    }

    @Test(arguments: [SandboxFault.refuse, .timeout, .serverError, .badGateway, .unavailable])
    func `a creation that may have been made and was not waits for a person`(fault: SandboxFault) async throws {
        try await withRunner([FaultRule(fault, .first(1), at: .create)]) { bench in
            let done = try await bench.finished()
            #expect(done.stage == .resendable)
            #expect(bench.server.statistics.predictionsCreated == 0)
            try await bench.runner.resend(done.id)
            #expect(await bench.runner.wait(for: done.id, timeout: nil)?.stage == .settled)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
    }

    @Test(arguments: [SandboxFault.rateLimit, .rateLimitDate, .rateLimitBare])
    func `a creation that was put off is sent when it may be`(fault: SandboxFault) async throws {
        try await withRunner([FaultRule(fault, .first(2), at: .create)]) { bench in
            let done = try await bench.finished()
            #expect(done.stage == .settled)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
    }

    @Test(arguments: [SandboxFault.refuse, .reset, .drip, .truncatedDownload])
    func `whatever becomes of a download, the whole file is saved once`(fault: SandboxFault) async throws {
        try await withRunner([FaultRule(fault, .first(3), at: .delivery)]) { bench in
            let output = try #require(try await bench.finished().outputs.first)
            let path = try #require(output.path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            #expect(Int64(bytes.count) == output.size)
            #expect(bytes.starts(with: Data("RIFF".utf8)))
            let day = URL(filePath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: day).count == 1)
        }
    }

    @Test func `numbers and dates that cannot be give no price and no failure`() async throws {
        try await withRunner([FaultRule(.absurd, at: .poll), FaultRule(.absurd, at: .list)]) { bench in
            let done = try await bench.finished()
            #expect(done.stage == .settled)
            #expect(done.outputs.allSatisfy { $0.path != nil })
            let amount = done.cost?.money?.amount
            #expect(amount == nil || (amount ?? -1) >= 0 && (amount ?? 2) < 1, "\(String(describing: done.cost))")
        }
    }

    @Test func `a token that is refused in mid-run is said once, and all goes on when it is accepted again`()
        async throws
    {
        try await withRunner([FaultRule(.revoked, .first(6), at: .poll)]) { bench in
            let done = try await bench.finished()
            #expect(done.prediction?.status == .succeeded)
            #expect(bench.connection.all.count == 2)
            #expect(bench.connection.all.first??.contains("REPLICATE_API_TOKEN") == true)
            #expect(bench.connection.all.last == .some(nil))
        }
    }

    @Test func `a file that is gone is said on the run, and the run is kept with what it cost`() async throws {
        try await withRunner([FaultRule(.expired)]) { bench in
            let done = try await bench.finished()
            #expect(done.stage == .settled)
            #expect(done.outputs.first?.path == nil)
            #expect(done.outputs.first?.failure == "not saved: the link has expired (404)")
            #expect(done.cost?.basis == .counted)
        }
    }

    @Test func `canceling is repeated until the server confirms it`() async throws {
        let faults = [SandboxFault.serverError, .refuse, .html].map { FaultRule($0, .first(1), at: .cancel) }
        try await withRunner(faults, speed: 0.05) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            while try bench.store.run(runs[0].id)?.stage != .accepted { try await Task.sleep(for: .milliseconds(1)) }
            try await bench.runner.cancel(runs[0].id)
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.prediction?.status == .canceled)
            #expect(done.cancelRequestedAt != nil)
            #expect(bench.server.statistics.requestsByKind[.cancel].map { $0 > 1 } == true)
        }
    }

    @Test func `what is canceled while the answer to its creation is lost is canceled once it is found`() async throws {
        try await withRunner([FaultRule(.dropCreate, .first(1))], speed: 0.02) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            while try bench.store.run(runs[0].id)?.stage != .unclear { try await Task.sleep(for: .milliseconds(1)) }
            try await bench.runner.cancel(runs[0].id)
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.prediction?.status == .canceled)
            #expect(bench.server.statistics.predictionsCreated == 1)
        }
    }

    @Test func `what succeeded before it could be canceled is saved`() async throws {
        try await withRunner([FaultRule(.refuse, at: .cancel)]) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            while try bench.store.run(runs[0].id)?.stage != .accepted { try await Task.sleep(for: .milliseconds(1)) }
            try await bench.runner.cancel(runs[0].id)
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.prediction?.status == .succeeded)
            #expect(done.outputs.count == 1 && done.outputs[0].path != nil)
        }
    }

    @Test func `a host whose name comes and goes loses nothing`() async throws {
        try await withRunner([], transport: { Flickering($0) }) { bench in
            let runs = try await bench.runner.submit(Array(repeating: RunnerBench.draft, count: 3))
            for run in runs {
                let done = try #require(await bench.runner.wait(for: run.id, timeout: nil))
                #expect(done.stage == .settled)
                #expect(done.outputs.allSatisfy { $0.path != nil })
            }
            #expect(bench.server.statistics.predictionsCreated == 3)
        }
    }

    @Test func `an outage does not slow down what is sent after it`() async throws {
        try await withRunner([], transport: { Flickering($0) }) { bench in
            let runs = try await bench.runner.submit(Array(repeating: RunnerBench.draft, count: 20))
            for run in runs { _ = await bench.runner.wait(for: run.id, timeout: nil) }
            #expect(bench.server.statistics.predictionsCreated == 20)
            #expect(await bench.runner.state.outbox.budget.perMinute == 600)
        }
    }

    @Test func `a machine that slept for an hour goes on, and so does one whose server set its clock`() async throws {
        let offset = Mutex(0.0)
        let start = ContinuousClock.now
        let clock = ServerClock {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Double(seconds) + Double(attoseconds) / 1e18 + offset.withLock { $0 }
        }
        try await withRunner([], clock: clock) { bench in
            let runs = try await bench.runner.submit([RunnerBench.draft])
            while try bench.store.run(runs[0].id)?.stage != .accepted { try await Task.sleep(for: .milliseconds(1)) }
            // The next answer's date is an hour behind of what the clock says now: it steps back.
            offset.withLock { $0 = 3_600 }
            let done = try #require(await bench.runner.wait(for: runs[0].id, timeout: nil))
            #expect(done.prediction?.status == .succeeded)
            #expect(done.outputs.allSatisfy { $0.path != nil })
        }
    }
}

/// Finds the host every second time only: counted for each path, because among all requests one that is repeated could fall
/// on the wrong turn for ever.
private final class Flickering: Transport {
    private let base: any Transport
    private let counts = Mutex<[String: Int]>([:])

    init(_ base: any Transport) { self.base = base }

    private func look(_ request: HTTPRequest) throws(TransportError) {
        let path = request.method + " " + (request.url.split(separator: "?").first ?? "")
        let isAway = counts.withLock { counts in
            counts[path, default: 0] += 1
            return counts[path]?.isMultiple(of: 2) == false
        }
        if isAway { throw .notSent(reason: "the host has no address") }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try look(request)
        return try await base.send(request)
    }

    func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse {
        try look(request)
        return try await base.download(request, to: sink)
    }
}
