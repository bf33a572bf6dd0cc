import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import Studio

// Prints what money costs in time. Asserts nothing.

/// Median and 99th percentile of `count` calls.
func measure(_ name: String, count: Int, _ body: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for _ in 0..<count { times.append(try clock.measure(body)) }
    times.sort()
    func text(_ time: Duration) -> String {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        return String(format: "%8.3f ms", seconds * 1_000)
    }
    let padded = name.padding(toLength: 58, withPad: " ", startingAt: 0)
    print("\(padded) p50 \(text(times[count / 2]))   p99 \(text(times[count * 99 / 100]))")
}

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
EstimateBench.run()
try SpendBench.run(runs: count)
