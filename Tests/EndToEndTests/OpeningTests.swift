import Foundation
import TestSupport
import Testing

/// The built program lies beside the test bundle.
let program = Bundle.main.bundleURL.appending(path: "darkroom").path

struct OpeningTests {
    @Test func `a terminal that is too small gets a card instead of a broken screen`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let terminal = try PseudoTerminal(
            program,
            arguments: ["--data-dir", folder],
            environment: ["HOME": folder, "PATH": "/usr/bin:/bin"],
            columns: 40,
            rows: 10
        )
        try await terminal.waitForText("60 × 16")
        terminal.send("\u{3}")
        #expect(try await terminal.waitForExit() == .exited(130))
    }
}
