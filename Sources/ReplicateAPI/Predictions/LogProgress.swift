/// How far a run is, read from the tqdm-like lines that models write into their logs:
/// ` 36%|███▌      | 10/28 [00:01<00:03,  5.01it/s]`.
package struct LogProgress: Hashable, Sendable {
    /// 0…1.
    package let fraction: Double
    /// Steps done and steps in all; nil where the line names none.
    package let steps: Steps?

    package struct Steps: Hashable, Sendable {
        package let done: Int
        package let total: Int
    }

    /// The last such line of `logs`; nil when there is none. Progress bars are redrawn with `\r`, so that ends a line
    /// too. Only the last 4 KiB are looked at.
    package init?(logs: String) {
        let tail = logs.utf8.suffix(4_096)
        let lines = tail.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        for line in lines.reversed() {
            if let progress = Self.read(String(decoding: line, as: UTF8.self)) {
                self = progress
                return
            }
        }
        return nil
    }

    private init(fraction: Double, steps: Steps?) {
        self.fraction = fraction
        self.steps = steps
    }

    private static func read(_ line: String) -> LogProgress? {
        guard let percent = line.firstMatch(of: #/(\d{1,3})%\|/#), let value = Int(percent.output.1), value <= 100
        else { return nil }
        let steps = line[percent.range.upperBound...].firstMatch(of: #/\|\s*(\d{1,9})/(\d{1,9})/#).flatMap { match in
            Int(match.output.1).flatMap { done in Int(match.output.2).map { Steps(done: done, total: $0) } }
        }
        return LogProgress(fraction: Double(value) / 100, steps: steps)
    }
}
