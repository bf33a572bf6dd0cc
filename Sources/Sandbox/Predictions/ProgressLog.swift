import Foundation

/// Progress lines in the manner of Python's tqdm.
struct ProgressLog {
    let total: Int
    /// Duration of the whole, at demo pace.
    let duration: Duration

    /// ` 36%|███▌      | 10/28 [00:01<00:03,  5.01it/s]`
    func line(_ step: Int) -> String {
        let percent = String(step * 100 / total)
        let head = String(repeating: " ", count: max(0, 3 - percent.count)) + percent
        guard step > 0 else { return "\(head)%|          | 0/\(total) [00:00<?, ?it/s]\n" }
        let rate = Double(total) / max(duration.seconds, 0.001)
        let elapsed = clock(Double(step) / rate)
        let left = clock(Double(total - step) / rate)
        let speed = rate >= 1 ? String(format: "%5.2fit/s", rate) : String(format: "%5.2fs/it", 1 / rate)
        return "\(head)%|\(bar(step))| \(step)/\(total) [\(elapsed)<\(left), \(speed)]\n"
    }

    private func bar(_ step: Int) -> String {
        let eighths = step * 80 / total
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let full = String(repeating: "█", count: eighths / 8) + partial
        return full + String(repeating: " ", count: 10 - full.count)
    }

    private func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        return String(format: "%02d:%02d", whole / 60, whole % 60)
    }
}
