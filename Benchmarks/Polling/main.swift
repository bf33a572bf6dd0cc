import Foundation

/// Measures how soon ends are seen and what that costs, against a sandbox in a process of its own.
///
///     polling-bench PROGRAM [COUNT…]
///
/// `PROGRAM` is the built `darkroom`; a count is how many predictions are in flight at once, by default 1, 10, 100, 1000
/// and 10000. Prints one line a poller and count; asserts nothing; stops by itself.
let arguments = CommandLine.arguments.dropFirst()
guard let program = arguments.first else {
    print("usage: polling-bench PROGRAM [COUNT…]")
    exit(64)
}
let named = arguments.dropFirst().compactMap { Int($0) }
let counts = named.isEmpty ? [1, 10, 100, 1_000, 10_000] : named

print(
    "Lag: from the server's completed_at to the change being told. CPU of one core and memory are the poller's alone."
)
print(Row.heading)
for count in counts {
    for poller in Poller.allCases {
        let rate = poller.interval.map { Double(count) / $0 }
        if let rate, rate > 500 {
            print(Row.skipped(poller, count, "would need \(Int(rate)) requests a second; the API allows 50"))
            continue
        }
        // A process of its own for each figure, so that memory is its own too.
        if ProcessInfo.processInfo.environment["POLLING_BENCH_ONE"] == nil {
            try Child.measure(poller, count, program)
        } else if ProcessInfo.processInfo.environment["POLLING_BENCH_ONE"] == poller.rawValue {
            let sandbox = try SandboxProcess(program, for: count)
            defer { sandbox.stop() }
            let measurement = try await poller.run(count, at: sandbox.url)
            print(Row.text(poller, count, measurement))
        }
    }
}
