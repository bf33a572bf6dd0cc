import Foundation
import FoundationNetworking
import Glibc
import Sandbox
import Synchronization
import TestSupport
import Testing

/// `darkroom serve` as it was built, asked with curl, killed and started again.
@Suite(.inTurns, .timeLimit(.minutes(10)))
struct ServeTests {
    @Test func `a service killed between accepting a job and calling back goes on with it, and starts nothing twice`()
        async throws
    {
        let workspace = try Workspace()
        try workspace.configure("service: {rate_limit: 0, callbacks: {allow_private: true}}")
        try await withSandbox(SandboxConfiguration(speed: 5)) { sandbox, url in
            let receiver = try CallbackListener()
            let environment = workspace.environment(for: url)
            let first = try await Serving(workspace, environment)
            let picture = try await first.post("/api/generate/image", #"{"prompt":"a boat"}"#)
            let address = try #require(picture.firstMatch(of: #/"image_url":"([^"]+)"/#)?.output.1)
            let accepted = try await first.post(
                "/api/generate/video/async",
                #"{"image_urls":["\#(address)"],"callback_url":"\#(receiver.address)"}"#
            )
            let id = try #require(accepted.firstMatch(of: #/"job_id":"([^"]+)"/#)?.output.1)
            // The server has it; whether the service has heard of that is left to chance.
            while sandbox.statistics.predictionsCreated < 2 { try await Task.sleep(for: .milliseconds(1)) }
            await first.end(SIGKILL)
            #expect(receiver.requests.isEmpty)

            let second = try await Serving(workspace, environment)
            while receiver.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            let delivery = receiver.requests[0]
            #expect(delivery.contains("\"job_id\":\"\(id)\""))
            #expect(delivery.contains("\"success\":true"))
            #expect(delivery.lowercased().contains("webhook-signature: v1,"))
            #expect(!delivery.contains(Workspace.token))
            while !(try await second.get("/api/jobs/\(id)").contains("\"delivered\"")) {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(sandbox.statistics.predictionsCreated == 2)
            #expect(sandbox.statistics.leakedTokens == 0)
            #expect(await second.end(SIGTERM) == 0)
            #expect(!second.events.contains(Workspace.token))
        }
    }

    @Test func `a request under way is answered before the service ends`() async throws {
        let workspace = try Workspace()
        try await withSandbox(SandboxConfiguration(speed: 5)) { sandbox, url in
            let serving = try await Serving(workspace, workspace.environment(for: url))
            async let answer = serving.post("/api/generate/image", #"{"prompt":"a boat"}"#)
            while sandbox.statistics.predictionsCreated == 0 { try await Task.sleep(for: .milliseconds(2)) }
            serving.signal(SIGTERM)
            #expect(try await answer.contains("\"success\":true"))
            #expect(await serving.end(nil) == 0)
            #expect(serving.events.contains("\"event\":\"service_stopping\""))
        }
    }

    @Test func `a hangup reads the configuration again`() async throws {
        let workspace = try Workspace()
        try workspace.configure("service: {rate_limit: 1}")
        let serving = try await Serving(workspace, workspace.environment())
        _ = try await serving.post("/api/generate/estimate-cost", "{}")
        #expect(try await serving.post("/api/generate/estimate-cost", "{}").contains("Rate limit exceeded"))
        try workspace.configure("service: {rate_limit: x}")
        serving.signal(SIGHUP)
        while !serving.events.contains("configuration_not_reloaded") { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await serving.get("/metrics").contains("reloads_total{outcome=\"refused\"} 1"))
        try workspace.configure("service: {rate_limit: 0}")
        serving.signal(SIGHUP)
        while !serving.events.contains("configuration_reloaded") { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await serving.post("/api/generate/estimate-cost", "{}").contains("estimated_cost"))
        #expect(await serving.end(SIGINT) == 0)
    }

    @Test func `a hangup with a file that is gone, empty or damaged leaves keys and budgets in force`() async throws {
        let workspace = try Workspace()
        let full = "budget: {run: 0.001}\nservice: {rate_limit: 0, keys: [the-right-key-of-the-tests]}"
        try workspace.configure(full)
        try await withSandbox { sandbox, url in
            let serving = try await Serving(workspace, workspace.environment(for: url))
            func refused() -> Int { serving.events.components(separatedBy: "configuration_not_reloaded").count - 1 }
            for (number, config) in [nil, "", "budget: {", "service: {rate_limit: 0}", "budget: {}"].enumerated() {
                if let config {
                    try workspace.configure(config)
                } else {
                    try FileManager.default.removeItem(at: workspace.configFile)
                }
                serving.signal(SIGHUP)
                while refused() == number { try await Task.sleep(for: .milliseconds(5)) }
                #expect(try await serving.post("/api/generate/image", #"{"prompt":"x"}"#).contains("Not authenticated"))
                let answer = try await serving.post(
                    "/api/generate/image",
                    #"{"prompt":"x"}"#,
                    key: "the-right-key-of-the-tests"
                )
                #expect(answer.contains("budget") || answer.contains("limit"), "\(answer)")
            }
            #expect(!serving.events.contains("configuration_reloaded"))
            #expect(sandbox.statistics.predictionsCreated == 0)
            #expect(await serving.end(SIGTERM) == 0)
        }
    }

    @Test func `while another process has the history locked, everybody is answered who does not need it`() async throws
    {
        let workspace = try Workspace()
        try workspace.configure("service: {rate_limit: 0}")
        try await withSandbox { sandbox, url in
            let serving = try await Serving(workspace, workspace.environment(for: url))
            let (locked, release) = (
                workspace.folder.appending(path: "locked"), workspace.folder.appending(path: "release")
            )
            let lock = try RunningCommand(
                "/usr/bin/env",
                ["python3", "-c", Self.lock, workspace.database.path, locked.path, release.path],
                workspace.environment(),
                directory: workspace.folder
            )
            while !FileManager.default.fileExists(atPath: locked.path) { try await Task.sleep(for: .milliseconds(5)) }
            let answered = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        let body = #"{"image_urls":["https://example.com/\#(number).png"]}"#
                        _ = try await serving.post("/api/generate/video/async", body)
                        answered.increase()
                    }
                }
                // All of them have come, and wait for the history.
                while !(try await serving.get("/metrics").contains("darkroom_connections 17")) {
                    try await Task.sleep(for: .milliseconds(5))
                }
                for _ in 0..<5 { #expect(try await serving.get("/health").contains("\"status\":\"ok\"")) }
                #expect(try await serving.get("/metrics").contains("darkroom_jobs{"))
                #expect(answered.value == 0)
                try Data().write(to: release)
                try await group.waitForAll()
            }
            #expect(await lock.status == 0)
            #expect(await serving.end(SIGTERM) == 0)
        }
    }

    /// Holds the right to write until a file appears, but not for ever.
    private static let lock = """
        import sqlite3, sys, os, time
        database = sqlite3.connect(sys.argv[1], isolation_level=None)
        database.execute("BEGIN IMMEDIATE")
        open(sys.argv[2], "w").close()
        end = time.time() + 120
        while not os.path.exists(sys.argv[3]) and time.time() < end: time.sleep(0.005)
        database.execute("ROLLBACK")
        """

    @Test func `a reader of the log that stalls stops neither answers nor the end`() async throws {
        let workspace = try Workspace()
        let log = Pipe()
        let (lines, line) = AsyncStream<String>.makeStream()
        let process = Process()
        process.executableURL = URL(filePath: Workspace.program)
        process.arguments = ["serve", "--port", "0"]
        process.environment = workspace.environment()
        process.currentDirectoryURL = workspace.folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = log
        let output = Pipe()
        process.standardOutput = output
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { line.finish() } else { line.yield(String(decoding: data, as: UTF8.self)) }
        }
        let (ends, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { end.yield($0.terminationStatus) }
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        let first = try #require(await lines.first { $0.contains("http://") })
        let address = try #require(first.firstMatch(of: #/http:\/\/\S+/#)?.output)
        let url = try #require(URL(string: "\(address)/openapi.json?\(String(repeating: "x", count: 400))"))
        // A line each, several times as long in all as a pipe holds.
        for _ in 0..<1_000 { _ = try await URLSession.shared.data(from: url) }
        kill(process.processIdentifier, SIGTERM)
        #expect(await ends.first { _ in true } == 0)
        withExtendedLifetime(log) {}
    }

    @Test(arguments: [["image", "a fox"], ["list", "--nonsense"], ["serve", "--host", "192.0.2.1"]])
    func `a reader of messages that stalls does not keep a command from ending`(arguments: [String]) async throws {
        let workspace = try Workspace()
        let messages = Pipe()
        let descriptor = messages.fileHandleForWriting.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let page = [UInt8](repeating: 0x78, count: 4_096)
        while write(descriptor, page, page.count) > 0 {}
        _ = fcntl(descriptor, F_SETFL, 0)
        let process = Process()
        process.executableURL = URL(filePath: Workspace.program)
        process.arguments = arguments
        process.environment = workspace.environment()
        process.currentDirectoryURL = workspace.folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = messages
        let (ends, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { end.yield($0.terminationStatus) }
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        #expect(await ends.first { _ in true } != 0)
        withExtendedLifetime(messages) {}
    }

    @Test(arguments: [["--host", "0.0.0.0"], ["--host", "192.0.2.1"], ["--port", "70000"], ["--rate-limit", "-1"]])
    func `what would be reckless or makes no sense is refused before anything listens`(arguments: [String]) async throws
    {
        let workspace = try Workspace()
        let command = try workspace.start(["serve"] + arguments, workspace.environment())
        #expect(await command.status == 64)
        #expect(await !command.messages.isEmpty)
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increase() { count.withLock { $0 += 1 } }
}

/// A running `darkroom serve` on a free port.
final class Serving: Sendable {
    let address: String
    private let command: RunningCommand

    init(_ workspace: Workspace, _ environment: [String: String]) async throws {
        command = try workspace.start("serve", "--port", "0", environment: environment)
        while !command.written.contains("\n") { try await Task.sleep(for: .milliseconds(5)) }
        let line = command.written
        address = line.split(separator: " ").last.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
    }

    deinit { command.signal(SIGKILL) }

    var events: String { command.reported }

    /// Connections of their own: what waits for an answer must not keep others from asking.
    private static let reading = session(connections: 1)
    private static let writing = session(connections: 64)

    private static func session(connections: Int) -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connections
        return URLSession(configuration: configuration)
    }

    func get(_ path: String) async throws -> String {
        let (data, _) = try await Self.reading.data(from: URL(string: address + path)!)
        return String(decoding: data, as: UTF8.self)
    }

    func post(_ path: String, _ body: String, key: String? = nil) async throws -> String {
        var request = URLRequest(url: URL(string: address + path)!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
        request.httpBody = Data(body.utf8)
        let (data, _) = try await Self.writing.data(for: request)
        return String(decoding: data, as: UTF8.self)
    }

    func signal(_ number: Int32) { command.signal(number) }

    /// Sends the signal, if any, and waits for the end; the exit status.
    @discardableResult
    func end(_ number: Int32?) async -> Int32 {
        if let number { signal(number) }
        return await command.status
    }
}

/// Takes callbacks on a port of its own and answers each with 204.
final class CallbackListener: Sendable {
    let address: String
    private let listener: LoopbackSocket
    private let received = Mutex<[String]>([])
    var requests: [String] { received.withLock { $0 } }

    init() throws {
        listener = try LoopbackSocket(isListening: true)
        let listener = listener
        address = "http://127.0.0.1:\(listener.port)/done"
        Thread { [weak self] in
            while let connection = listener.accept() {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while !String(decoding: bytes, as: UTF8.self).hasSuffix("}") {
                    let count = read(connection, &buffer, buffer.count)
                    guard count > 0 else { break }
                    bytes += buffer.prefix(count)
                }
                let answer = Array("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".utf8)
                _ = write(connection, answer, answer.count)
                close(connection)
                self?.received.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
            }
            listener.close()
        }.start()
    }

    deinit { listener.interrupt() }
}
