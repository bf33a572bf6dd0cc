/// The progress of a run, read from the lines in the style of tqdm that models write into their logs: ` 36%|███▌      |
/// 10/28 [00:01<00:03,  5.01it/s]`.
package struct LogProgress: Hashable, Sendable {
    /// 0 to 1.
    package let fraction: Double
    /// The steps; nil where the line names none.
    package let steps: Steps?

    /// The counts of a progress line.
    package struct Steps: Hashable, Sendable {
        /// Steps that are done.
        package let done: Int
        /// Steps in all.
        package let total: Int
    }

    /// Reads the last progress line of `logs`; nil when there is none. A carriage return ends a line too, because
    /// progress bars are redrawn with it. Looks at the last 4,096 bytes only.
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

    /// What a line of a log says beside the progress bars in it; empty where it is nothing else. A line without a bar
    /// stays as it is.
    package static func text(besideBarsIn line: Substring) -> Substring {
        var rest = line
        // With a total, as ` 36%|███▌      | 10/28 [00:01<00:03]`, or without, as `17it [00:02,  8.1it/s]`.
        while let bar = rest.firstMatch(of: #/\d{1,3}%\||\d+\w* \[\d+:\d\d/#) {
            guard let end = rest[bar.range.lowerBound...].firstIndex(of: "]") else { return "" }
            rest = rest[rest.index(after: end)...]
        }
        return rest
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
