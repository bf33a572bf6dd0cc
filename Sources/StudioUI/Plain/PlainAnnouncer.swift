import Foundation
import Money
import Studio

/// What changed in the studio, as sentences: one fact a line, each change once.
struct PlainAnnouncer {
    /// Seconds between two sentences about the progress of one run.
    private static let pause = 5.0
    /// The newest runs, which are looked at for changes.
    private static let watched = 500

    /// The runs that have a number here, in the order in which they got it; the first is 1.
    private(set) var numbered: [RunItem.ID] = []
    private var told: [RunItem.ID: String] = [:]
    private var progressAt: [RunItem.ID: Date] = [:]

    func run(_ number: Int) -> RunItem.ID? { numbered.indices.contains(number - 1) ? numbered[number - 1] : nil }

    /// The number of a run; it gets the next one if it has none.
    mutating func number(of id: RunItem.ID) -> Int {
        if let index = numbered.firstIndex(of: id) { return index + 1 }
        numbered.append(id)
        return numbered.count
    }

    /// What is to be said after the studio went from one state to another.
    mutating func sentences(from before: StudioState, to after: StudioState) -> [String] {
        var sentences: [String] = []
        if let sentence = model(before, after) { sentences.append(sentence) }
        let runs = runSentences(before, after)
        // What a run became is said by the run's own sentence.
        if runs.isEmpty, let toast = after.toast, toast != before.toast { sentences.append(text(of: toast.notice)) }
        if let trouble = after.connectivity.trouble, trouble != before.connectivity.trouble {
            sentences.append("The API cannot be reached: \(trouble).")
        }
        if before.connectivity.trouble != nil, after.connectivity == .online {
            sentences.append("The API answers again.")
        }
        sentences += runs
        if let list = after.picker, list.kind == .hardware, before.picker == nil {
            sentences.append("What it costs depends on its hardware, which the model's page names.")
            sentences += list.items.filter { !$0.value.isEmpty }.map { "\($0.value), \($0.note)." }
            sentences.append("Type hardware NAME, hardware unknown, or no.")
        }
        if let question = after.confirmation, question != before.confirmation {
            sentences.append(question.title)
            sentences += question.lines.filter { !$0.isEmpty }.map(PlainWords.line)
            sentences.append("Type yes or no.")
        }
        return sentences
    }

    private func text(of notice: Notice) -> String {
        switch notice.kind {
        case .error: "Error: \(notice.text.asSentence)"
        case .warning: "Warning: \(notice.text.asSentence)"
        case .success, .information: notice.text.asSentence
        }
    }

    private func model(_ before: StudioState, _ after: StudioState) -> String? {
        let choice = after.compose.model
        guard choice != before.compose.model else { return nil }
        switch choice.state {
        case .loading: return nil
        case .ready: return "Model: \(choice.path)."
        case .missing(let reason), .unavailable(let reason): return "Error: \(choice.path): \(reason.asSentence)"
        }
    }

    // MARK: Runs

    private mutating func runSentences(_ before: StudioState, _ after: StudioState) -> [String] {
        var sentences: [String] = []
        // Oldest first, so that numbers are given in the order of submission.
        for item in after.runs.items.prefix(Self.watched).reversed() {
            let old = before.runs[item.id]
            guard old != item || item.isActive else { continue }
            // What had ended before this sitting is no news.
            guard item.isActive || old?.isActive == true || told[item.id] != nil else { continue }
            if let sentence = sentence(for: item, now: after.now) { sentences.append(sentence) }
        }
        return sentences
    }

    private mutating func sentence(for item: RunItem, now: Date) -> String? {
        let number = number(of: item.id)
        guard let words = Self.words(for: item) else { return nil }
        if told[item.id] == words.state {
            guard let progress = words.progress, now.timeIntervalSince(progressAt[item.id] ?? now) >= Self.pause else {
                return nil
            }
            progressAt[item.id] = now
            return "Run \(number): \(progress)."
        }
        told[item.id] = words.state
        progressAt[item.id] = now
        return "Run \(number): \(words.state)."
    }

    /// The state of a run, which is said when it changes, and how far it is, which is said from time to time; nil: there is
    /// nothing to say yet.
    private static func words(for item: RunItem) -> (state: String, progress: String?)? {
        switch item.stage {
        case .queued, .sending, .starting, .unknown: return (item.statusWord, nil)
        case .unclear: return ("the answer was lost, it is looked for on the server", nil)
        case .processing:
            let percent = item.fraction.map { "\(Int($0 * 100)) percent" } ?? "still processing"
            return (item.isCanceling ? "canceling" : "processing, \(item.prompt.oneLine(characters: 60))", percent)
        case .succeeded:
            guard item.isSettled else { return nil }
            if let reason = item.reasonForNothing {
                return ("\(item.statusWord), \(PlainWords.cost(of: item)), \(reason.oneLine(characters: 400))", nil)
            }
            let files = item.outputs.compactMap { $0.path.map { "saved \($0)" } ?? $0.failure }
            let text = item.text.map { [$0.oneLine(characters: 2_000)] } ?? []
            return ((["done, \(PlainWords.cost(of: item))"] + files + text).joined(separator: ", "), nil)
        case .failed, .refused, .resendable, .forgotten:
            let reason = item.failure.map { ", \($0.oneLine(characters: 400))" } ?? ""
            return ("\(item.statusWord)\(reason)\(cost(item))", nil)
        case .canceled, .aborted: return ("\(item.statusWord)\(cost(item))", nil)
        }
    }

    private static func cost(_ item: RunItem) -> String { item.cost == nil ? "" : ", \(PlainWords.cost(of: item))" }
}

/// Signs of the screen in words, for a voice.
enum PlainWords {
    /// What a run costs, or may cost before its end; `cost not known`.
    static func cost(of run: RunItem) -> String {
        let label = run.costLabel
        return label == Estimate.unknown(reason: "").label ? "cost not known" : amount(label)
    }

    /// A line of a question, with what stands in its second column.
    static func line(_ text: String) -> String {
        let columns = text.split(separator: "\t", maxSplits: 1).map(String.init)
        guard columns.count == 2 else { return text }
        return columns[0] + (columns[1] == "?" ? ": price not known" : ": " + amount(columns[1]))
    }

    /// A price with its signs in words: `≈ $0.02–0.03` is `about $0.02 to 0.03`.
    static func amount(_ label: String) -> String {
        label == "?" ? "not known" : label.replacing("≈ ", with: "about ").replacing("–", with: " to ")
    }
}

extension String {
    /// With the full stop by which a voice knows that it is over.
    var asSentence: String { last.map { ".!?:".contains($0) } ?? true ? self : self + "." }
}
