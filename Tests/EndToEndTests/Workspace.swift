import Foundation
import TestSupport

/// A folder of its own for everything the program keeps, and the program as it was built beside these tests.
final class Workspace: Sendable {
    static let program = Bundle.main.bundleURL.appending(path: "darkroom").path

    let folder: URL

    /// - Parameter isFirstStart: nobody has seen the guide yet.
    init(isFirstStart: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard !isFirstStart else { return }
        try FileManager.default.createDirectory(
            at: data,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try Data().write(to: data.appending(path: "guide-done"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var data: URL { folder.appending(path: "data") }
    var database: URL { data.appending(path: "history.sqlite") }

    /// Nothing of the person's own environment gets in.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        [
            "HOME": folder.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor",
            "DARKROOM_DATA_DIR": data.path,
        ].merging(more) { $1 }
    }

    /// The environment of a person with a token, whose API is `sandbox`.
    func environment(for sandbox: URL) -> [String: String] {
        environment(["REPLICATE_API_TOKEN": Self.token, "REPLICATE_BASE_URL": sandbox.absoluteString])
    }

    static let token = "r8_secretOfTheTests0123456789"

    func terminal(
        _ arguments: String...,
        environment: [String: String]? = nil,
        columns: Int = 120,
        rows: Int = 36,
        answers: PseudoTerminal.Answers = .usual
    ) throws -> PseudoTerminal {
        try terminal(arguments, environment: environment, columns: columns, rows: rows, answers: answers)
    }

    func terminal(
        _ arguments: [String],
        environment: [String: String]? = nil,
        columns: Int = 120,
        rows: Int = 36,
        answers: PseudoTerminal.Answers = .usual
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            Self.program,
            arguments: arguments,
            environment: environment ?? self.environment(),
            columns: columns,
            rows: rows,
            directory: folder.path,
            answers: answers
        )
    }

    /// A shell script to be run as a program; returns its path.
    func script(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: name)
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return file.path
    }

    /// Saved outputs with this ending, by name; the demo keeps its own in a folder below.
    func outputs(_ pathExtension: String) -> [URL] {
        let all = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == pathExtension }
            .sorted { $0.path < $1.path }
    }
}
