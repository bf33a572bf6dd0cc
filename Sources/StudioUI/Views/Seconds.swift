/// How long something took, in a few characters.
enum Seconds {
    /// `7.8 s`, `42 s`.
    static func text(_ seconds: Double) -> String {
        let seconds = min(max(seconds, 0), 360_000)
        guard seconds < 9.95 else { return ClockText.duration(seconds.rounded()) }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
