import Foundation
import TestSupport

enum Probe {
    /// The path of the probe, which is built beside the test bundle.
    static let path: String = {
        let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return own.appending(path: "terminal-probe").path
    }()

    static func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        columns: Int = 80,
        rows: Int = 24
    ) throws -> PseudoTerminal {
        let inherited = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        return try PseudoTerminal(
            path,
            arguments: arguments,
            environment: inherited.merging(environment) { $1 },
            columns: columns,
            rows: rows
        )
    }
}

extension [UInt8] {
    func contains(text: String) -> Bool {
        String(decoding: self, as: UTF8.self).contains(text)
    }
}
