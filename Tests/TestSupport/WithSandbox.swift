package import Foundation
package import Sandbox

/// Runs `body` with a sandbox and its base URL, and stops the sandbox afterwards, also when `body` throws.
///
/// - Parameter configuration: by default runs take a twentieth of the demo's time.
package func withSandbox<Result>(
    _ configuration: SandboxConfiguration = SandboxConfiguration(speed: 20),
    _ body: (SandboxServer, URL) async throws -> Result
) async throws -> Result {
    let sandbox = SandboxServer(configuration: configuration)
    let url = try await sandbox.start()
    do {
        let result = try await body(sandbox, url)
        await sandbox.stop()
        return result
    } catch {
        await sandbox.stop()
        throw error
    }
}
