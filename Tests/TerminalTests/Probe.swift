import Foundation
import TestSupport

enum Probe {
    /// Beside the test bundle.
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

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
