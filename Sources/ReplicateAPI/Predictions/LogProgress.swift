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
            if let progress = Self.read(Array(line)) {
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

    /// By bytes: a list reads the logs of a hundred runs at once, and regular expressions are compiled again for each line.
    private static func read(_ line: [UInt8]) -> LogProgress? {
        for sign in line.indices.dropLast() where line[sign] == UInt8(ascii: "%") && line[sign + 1] == UInt8(ascii: "|")
        {
            let digits = line[..<sign].suffix(3).reversed().prefix(while: isDigit).reversed()
            guard let percent = Int(String(decoding: digits, as: UTF8.self)) else { continue }
            guard percent <= 100 else { return nil }
            return LogProgress(fraction: Double(percent) / 100, steps: steps(in: line[(sign + 2)...]))
        }
        return nil
    }

    /// ` 10/28` after the bar's right end.
    private static func steps(in line: ArraySlice<UInt8>) -> Steps? {
        for bar in line.indices where line[bar] == UInt8(ascii: "|") {
            let counts = line[(bar + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            let done = counts.prefix(while: isDigit)
            let rest = counts[done.endIndex...]
            guard done.count <= 9, rest.first == UInt8(ascii: "/"),
                let done = Int(String(decoding: done, as: UTF8.self)),
                let total = Int(String(decoding: rest.dropFirst().prefix(while: isDigit).prefix(9), as: UTF8.self))
            else { continue }
            return Steps(done: done, total: total)
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
