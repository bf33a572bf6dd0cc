import Foundation
import Sandbox
import Testing

/// Replicate's own Python client, as it is published, against the sandbox: what it does not notice is right.
///
/// Runs where `pip` can install it into a throw-away environment; elsewhere it is skipped with a message.
struct OfficialClientTests {
    @Test(.enabled("python3 cannot install the package `replicate` here") { OfficialClient.shared != nil })
    func `it creates, waits, lists, cancels, uploads and streams unchanged`() async throws {
        let python = try #require(OfficialClient.shared).python
        let server = SandboxServer(configuration: SandboxConfiguration(speed: 4))
        let base = try await server.start()
        let script = try #require(Bundle.module.url(forResource: "official_client", withExtension: "py"))
        let said = try await Child.run(
            python,
            [script.path],
            environment: [
                "REPLICATE_API_TOKEN": "r8_official", "REPLICATE_BASE_URL": origin(of: base),
                "REPLICATE_POLL_INTERVAL": "0.05",
            ]
        )
        await server.stop()
        #expect(said.text.contains("ALL DONE"), "\(said.text)")
        #expect(said.status == 0)
    }

    /// The official client adds `/v1` itself.
    private func origin(of base: URL) -> String {
        String(base.absoluteString.dropLast("/v1".count))
    }
}

/// The package in an environment of its own, made once.
private struct OfficialClient: Sendable {
    let python: String

    static let shared: OfficialClient? = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-official-client-1.0.7")
        let python = folder.appending(path: "bin/python").path
        let isThere = (try? Child.runBlocking(python, ["-c", "import replicate"]))?.status == 0
        if isThere { return OfficialClient(python: python) }
        guard
            (try? Child.runBlocking("/usr/bin/env", ["python3", "-m", "venv", folder.path]))?.status == 0,
            (try? Child.runBlocking(python, ["-m", "pip", "install", "-q", "replicate==1.0.7"]))?.status == 0
        else { return nil }
        return OfficialClient(python: python)
    }()
}

private enum Child {
    static func run(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> (text: String, status: Int32) {
        try await withCheckedThrowingContinuation { continuation in
            Thread {
                continuation.resume(with: Result { try runBlocking(program, arguments, environment: environment) })
            }.start()
        }
    }

    static func runBlocking(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> (text: String, status: Int32) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, process.terminationStatus)
    }
}
