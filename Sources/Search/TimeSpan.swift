/// A length of time as a person writes it: seconds, or numbers with `s`, `m`, `h` or `d`, such as `5m` or `1h30m`.
package struct TimeSpan: Hashable, Sendable {
    /// 0 to ``longest``.
    package let seconds: Double

    /// A hundred years, in seconds. Clocks cannot count much longer times.
    package static let longest = 36_500.0 * 86_400

    /// - Parameter seconds: 0 to ``longest``.
    package init(seconds: Double) { self.seconds = seconds }

    /// nil for any other text.
    package init?(_ text: String) {
        if let seconds = Double(text) {
            guard (0...Self.longest).contains(seconds) else { return nil }
            self.seconds = seconds
            return
        }
        var sum = 0.0
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            guard let number = Double(digits), let unit = rest.popFirst(),
                let factor = ["s": 1.0, "m": 60, "h": 3_600, "d": 86_400][unit]
            else { return nil }
            sum += number * factor
        }
        guard sum <= Self.longest else { return nil }
        seconds = sum
    }

    /// The same length for clocks.
    package var duration: Duration { .seconds(seconds) }
}
