import ArgumentParser
import ReplicateAPI

/// A length of time on the command line: seconds, or numbers with `s`, `m`, `h` or `d`, such as `5m` or `1h30m`.
struct TimeSpan: Hashable, Sendable, ExpressibleByArgument, CustomStringConvertible {
    let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        if let seconds = Double(argument) {
            guard seconds.isFinite, seconds >= 0 else { return nil }
            self.seconds = seconds
            return
        }
        var sum = 0.0
        var rest = Substring(argument)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            guard let number = Double(digits), let unit = rest.popFirst(),
                let factor = ["s": 1.0, "m": 60, "h": 3_600, "d": 86_400][unit]
            else { return nil }
            sum += number * factor
        }
        guard sum.isFinite else { return nil }
        seconds = sum
    }

    var duration: Duration { .seconds(seconds) }
    var description: String { seconds.shortText }
    var defaultValueDescription: String { description }
}
