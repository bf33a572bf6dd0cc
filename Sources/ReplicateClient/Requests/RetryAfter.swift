import Foundation

/// How long the server asks a client to wait.
enum RetryAfter {
    /// The wait that the headers ask for: `Retry-After` in seconds or as a date, else `ratelimit-reset` in seconds when
    /// `ratelimit-remaining` is 0. At most an hour; nil when neither is there.
    static func read(_ headers: [String: String], now: Date) -> Duration? {
        if let text = headers["retry-after"] {
            if let seconds = Double(text), seconds >= 0, seconds.isFinite { return .seconds(min(seconds, 3_600)) }
            if let date = HTTPDate.parse(text) {
                return .seconds(min(max(date.timeIntervalSince(now), 0), 3_600))
            }
        }
        if headers["ratelimit-remaining"] == "0", let text = headers["ratelimit-reset"], let seconds = Double(text),
            seconds >= 0
        {
            return .seconds(min(seconds, 3_600))
        }
        return nil
    }
}
