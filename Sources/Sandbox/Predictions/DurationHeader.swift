import Foundation
import HTTPTypes

/// Durations as the `Cancel-After` header writes them: `30`, `30s`, `5m`, `1h30m45s`.
enum DurationHeader {
    /// nil when the text is no such duration.
    static func seconds(_ text: String) -> Int? {
        if let plain = Int(text), plain >= 0 { return plain }
        guard let match = text.wholeMatch(of: /(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?/), !text.isEmpty else { return nil }
        let parts = [match.output.1, match.output.2, match.output.3].map { $0.flatMap { Int($0) } ?? 0 }
        guard parts.allSatisfy({ $0 < 1_000_000 }) else { return nil }
        return parts[0] * 3600 + parts[1] * 60 + parts[2]
    }
}

/// What `Prefer` asks for.
enum Preference {
    /// nil: not to wait. `wait` is a minute, `wait=n` n seconds, more than 60 counts as 60.
    static func wait(_ text: String?) throws(SandboxProblem) -> Duration? {
        guard let text, !text.isEmpty else { return nil }
        if text == "wait" { return .seconds(60) }
        guard let match = text.wholeMatch(of: /wait=([1-9][0-9]?)/), let seconds = Int(match.output.1) else {
            throw SandboxProblem.titled(
                .unprocessableContent,
                "Invalid Prefer header",
                "Prefer must be wait or wait=n, n from 1 to 60"
            )
        }
        return .seconds(min(seconds, 60))
    }
}
