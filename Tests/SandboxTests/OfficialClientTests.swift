import Foundation
import Sandbox
import TestSupport
import Testing

/// Replicate's own Python client, as it is published, against the sandbox: what it does not notice is right.
///
/// Runs where `pip` can install it into a throw-away environment; elsewhere it is skipped with a message.
struct OfficialClientTests {
    @Test(.enabled("python3 cannot install the package `replicate` here") { await OfficialClient.shared.value != nil })
    func `it creates, waits, lists, cancels, uploads and streams unchanged`() async throws {
        let python = try #require(await OfficialClient.shared.value).python
        let server = SandboxServer(configuration: SandboxConfiguration(speed: 4))
        let base = try await server.start()
        let script = try #require(Bundle.module.url(forResource: "official_client", withExtension: "py"))
        let said = try RunningCommand(
            python,
            [script.path],
            [
                "REPLICATE_API_TOKEN": "r8_official", "REPLICATE_BASE_URL": origin(of: base),
                "REPLICATE_POLL_INTERVAL": "0.05", "PATH": "/usr/bin:/bin",
            ],
            directory: FileManager.default.temporaryDirectory
        )
        let (status, output, messages) = await (said.status, said.output, said.messages)
        await server.stop()
        #expect(output.contains("ALL DONE"), "\(output)\(messages)")
        #expect(status == 0)
    }

    /// The official client adds `/v1` itself.
    private func origin(of base: URL) -> String {
        String(base.absoluteString.dropLast("/v1".count))
    }
}

/// The package in an environment of its own, made once.
private struct OfficialClient: Sendable {
    let python: String

    static let shared = Task<OfficialClient?, Never> {
        let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-official-client-1.0.7")
        let python = folder.appending(path: "bin/python").path
        if await succeeds(python, "-c", "import replicate") { return OfficialClient(python: python) }
        guard await succeeds("/usr/bin/env", "python3", "-m", "venv", folder.path),
            await succeeds(python, "-m", "pip", "install", "-q", "--retries", "1", "replicate==1.0.7")
        else { return nil }
        return OfficialClient(python: python)
    }

    private static func succeeds(_ program: String, _ arguments: String...) async -> Bool {
        let command = try? RunningCommand(
            program,
            arguments,
            ProcessInfo.processInfo.environment,
            directory: FileManager.default.temporaryDirectory
        )
        return await command?.status == 0
    }
}
