import Search
import Studio
import Terminal

/// The signs beside words: one column each, no emoji; and an ASCII set for consoles that have no others.
package struct Glyphs: Hashable, Sendable {
    /// False: every sign is ASCII.
    package let isUnicode: Bool

    package init(isUnicode: Bool) { self.isUnicode = isUnicode }

    /// The setting `glyphs`.
    package enum Wish: String, CaseIterable, Sendable {
        /// What the language of the terminal can show.
        case auto
        /// For fonts without lines and signs, and for terminals that draw those of ambiguous width two cells wide.
        case ascii
    }

    var ellipsis: String { isUnicode ? "…" : "..." }
    var pointer: String { isUnicode ? "▸" : ">" }
    var choice: String { isUnicode ? "▾" : "v" }
    /// The smallest value is at the top.
    var ascending: String { isUnicode ? "▲" : "^" }
    /// The largest value is at the top.
    var descending: String { isUnicode ? "▼" : "v" }
    var steps: String { isUnicode ? "◂▸" : "<>" }
    var on: String { isUnicode ? "☑" : "[x]" }
    var off: String { isUnicode ? "☐" : "[ ]" }
    var changed: String { isUnicode ? "•" : "*" }
    var nothing: String { isUnicode ? "—" : "-" }
    var online: String { isUnicode ? "●" : "*" }
    var offline: String { isUnicode ? "○" : "o" }
    var separator: String { isUnicode ? "│" : "|" }
    var dot: String { isUnicode ? "·" : "-" }
    var times: String { isUnicode ? "×" : "x" }
    var thumb: String { isUnicode ? "█" : "#" }
    var playing: String { isUnicode ? "▸" : ">" }
    var paused: String { isUnicode ? "■" : "=" }
    /// Not a star, which before a rating would be read as one of five.
    var favourite: String { isUnicode ? "♥" : "*" }
    var check: String { isUnicode ? "✓" : "v" }
    var cross: String { isUnicode ? "✗" : "x" }

    /// A key as people read it.
    func key(_ notation: String) -> String { spelled(KeyName.shown(notation)) }

    /// `text` with our own signs in ASCII where the terminal has no others, which may take more columns. What people
    /// and models wrote in other letters cannot be helped.
    func spelled(_ text: String) -> String {
        guard !isUnicode, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        return text.reduce(into: "") { $0 += Self.spellings[$1] ?? String($1) }
    }

    private static let spellings: [Character: String] = [
        "·": "-", "–": "-", "—": "-", "−": "-", "×": "x", "≈": "~", "…": "...", "•": "*", "⏎": "enter", "⌫": "bksp",
        "↑": "up", "↓": "down", "←": "left", "→": "right", "▕": "[", "▏": "]", "▾": "v", "▸": ">", "◂": "<",
        "▲": "^", "▼": "v",
        "≥": ">=", "≤": "<=", "’": "'", "‘": "'", "“": "\"", "”": "\"", "│": "|", "◐": "~", "♥": "*",
    ]

    /// A sign for where a run stands; `frame` turns the one that is moving.
    func stage(_ item: RunItem, frame: Int) -> String {
        let spinner = isUnicode ? ["◐", "◓", "◑", "◒"] : ["|", "/", "-", "\\"]
        switch item.stage {
        case .queued: return isUnicode ? "◌" : "."
        case .sending, .starting: return isUnicode ? "◌" : "o"
        case .processing: return spinner[((frame % 4) + 4) % 4]
        case .unclear, .resendable, .forgotten, .unknown: return "?"
        case .succeeded: return item.madeNothing ? "!" : check
        case .failed, .refused: return cross
        case .canceled, .aborted: return isUnicode ? "⊘" : "-"
        }
    }

    func stageRole(_ item: RunItem) -> Role {
        switch item.stage {
        case .queued, .sending, .starting, .processing: .running
        case .unclear, .resendable, .unknown: .warn
        case .forgotten: .muted
        case .succeeded: item.madeNothing ? .warn : .ok
        case .failed, .refused: .error
        case .canceled, .aborted: .muted
        }
    }

    /// The mark of a favourite and a rating, such as `♥ 4/5`; empty where there is neither.
    func stars(_ annotation: RunAnnotation) -> String {
        [annotation.isFavourite ? favourite : nil, annotation.rating.map { "\($0)/5" }].compactMap { $0 }.joined(
            separator: " "
        )
    }

    /// Which way round a list is sorted.
    func arrow(_ sort: RunSort) -> String { sort.isAscending ? ascending : descending }

    /// A bar of `columns` for 0…1, in eighths of a column where the terminal can.
    func bar(_ fraction: Double, columns: Int) -> (filled: String, rest: String) {
        guard columns > 0 else { return ("", "") }
        let eighths = Int((min(max(fraction, 0), 1) * Double(columns * 8)).rounded())
        let full = eighths / 8
        guard isUnicode else {
            return (String(repeating: "=", count: full), String(repeating: "-", count: columns - full))
        }
        let part = eighths % 8
        let partial = part == 0 ? "" : ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][part - 1]
        let used = full + (part == 0 ? 0 : 1)
        return (
            String(repeating: "█", count: full) + partial, String(repeating: "·", count: columns - used)
        )
    }

    /// A column of a plot, one cell wide, filled from below by 1…8 eighths.
    func column(_ eighths: Int) -> String {
        isUnicode ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][min(max(eighths, 1), 8) - 1] : "#"
    }

    /// A cell of which one half or both are filled; nil: neither is.
    func halves(upper: Bool, lower: Bool) -> String? {
        guard upper || lower else { return nil }
        guard isUnicode else { return "#" }
        return upper && lower ? "█" : upper ? "▀" : "▄"
    }

    /// A column of a plot for what is there and is nothing.
    var baseline: String { isUnicode ? "▁" : "_" }

    /// A bar for a run whose progress is not known: a block that wanders.
    func wandering(frame: Int, columns: Int) -> (before: String, block: String, after: String) {
        let width = max(1, columns / 5)
        let span = max(1, columns - width)
        let phase = ((frame / 2) % (2 * span) + 2 * span) % (2 * span)
        let position = phase < span ? phase : 2 * span - phase
        let rest = isUnicode ? "·" : "-"
        return (
            String(repeating: rest, count: position), String(repeating: isUnicode ? "█" : "=", count: width),
            String(repeating: rest, count: max(0, columns - position - width))
        )
    }

    /// An address without its scheme, shortened in its middle so that host and file name stay.
    func address(_ url: String, columns: Int) -> String {
        var short = Substring(url)
        for scheme in ["https://", "http://"] where short.hasPrefix(scheme) { short = short.dropFirst(scheme.count) }
        if short.hasPrefix("data:") { short = short.prefix(64) }
        return DisplayPath.shortened(String(short), columns: columns, ellipsis: ellipsis)
    }
}
