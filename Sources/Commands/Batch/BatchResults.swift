import Foundation
import History
import Money
import ReplicateAPI
import Synchronization

/// Prints the results of a batch, as they come or in the order of its lines, counts them, and shows how it gets on.
///
/// May be used from any thread.
final class BatchResults: Sendable {
    /// How far ahead of the first line that has not ended lines may be begun where results are printed in order.
    static let window = 256

    struct Count: Sendable {
        var begun = 0
        var done = 0
        var reused = 0
        var failed = 0
        var ended = 0
        /// Lines of which everything is there.
        var lines = 0
        /// Runs that were not made because their file is there already.
        var skipped = 0
        /// The sum of the known costs.
        var paid = Money.zero
        var unknownCosts = 0
        var underWay: [Int: [String]] = [:]

        /// nil where no cost is known.
        var knownCost: Money? { unknownCosts > 0 && paid == .zero ? nil : paid }
    }

    private struct State {
        var count = Count()
        var worst = ExitStatus.done
        /// Results that wait for an earlier line, by the order of the lines.
        var waiting: [Int: [String]] = [:]
        var next = 0
    }

    private let console: Console
    private let isOrdered: Bool
    private let total: Int
    private let limit: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - total: runs of the whole batch.
    ///   - limit: what it may cost, as text; empty where it is not known.
    init(_ console: Console, isOrdered: Bool, total: Int, limit: String) {
        self.console = console
        self.isOrdered = isOrdered
        self.total = total
        self.limit = limit
    }

    var count: Count { state.withLock { $0.count } }
    var worst: ExitStatus { state.withLock { $0.worst } }

    /// Whether the line may be begun: where results are in order, those that wait must not grow without end.
    func hasRoom(for place: Int) -> Bool { !isOrdered || state.withLock { place - $0.next < Self.window } }

    func begin(_ place: Int, runs: [String]) {
        let text = state.withLock { state in
            state.count.begun += runs.count
            state.count.underWay[place] = runs
            return progress(state.count)
        }
        console.progress(text)
    }

    /// One run of a line has ended.
    func add(_ report: RunReport) {
        let status = report.exitStatus
        let text = state.withLock { state in
            state.count.ended += 1
            if status == .done { state.count.done += 1 } else { state.count.failed += 1 }
            if report.isReused {
                state.count.reused += 1
            } else if let money = report.run.cost?.money {
                state.count.paid = state.count.paid + money
            } else if report.run.cost != nil {
                state.count.unknownCosts += 1
            }
            if status.rawValue > state.worst.rawValue { state.worst = status }
            return progress(state.count)
        }
        console.progress(text)
    }

    /// The runs of a line were not made: what they would have saved is there.
    func skip(runs: Int) { state.withLock { $0.count.skipped += runs } }

    /// A line could not be run.
    func fail(_ status: ExitStatus) {
        state.withLock { state in
            state.count.failed += 1
            if status.rawValue > state.worst.rawValue { state.worst = status }
        }
    }

    /// Everything of a line is there.
    ///
    /// - Parameter place: of the line in the order of the batch, from 0.
    func end(_ place: Int, _ documents: [String]) {
        state.withLock { state in
            state.count.underWay[place] = nil
            state.count.lines += 1
            guard isOrdered else { return put(documents) }
            state.waiting[place] = documents
            while let next = state.waiting.removeValue(forKey: state.next) {
                put(next)
                state.next += 1
            }
        }
    }

    /// What still waits for an earlier line is printed at an early end, in order.
    func flush() {
        state.withLock { state in
            for place in state.waiting.keys.sorted() { put(state.waiting[place] ?? []) }
            state.waiting = [:]
        }
    }

    private func put(_ documents: [String]) {
        guard !documents.isEmpty else { return }
        console.endProgress()
        for document in documents { console.print(document: document) }
    }

    private func progress(_ count: Count) -> String {
        var words = ["\(count.ended) of \(total)"]
        if count.failed > 0 { words.append("\(count.failed) failed") }
        let underWay = count.underWay.values.reduce(0) { $0 + $1.count }
        if underWay > 0 { words.append("\(underWay) under way") }
        words.append("\(count.knownCost?.shortText ?? "?") so far\(limit.isEmpty ? "" : " of at most \(limit)")")
        return words.joined(separator: " · ")
    }

    /// What became of the batch, in a sentence.
    func sentence(lines: Int) -> String {
        let count = count
        var words = ["\(lines) \(lines == 1 ? "line" : "lines")", "\(count.done) of \(total) done"]
        if count.reused > 0 { words.append("\(count.reused) there already") }
        if count.failed > 0 { words.append("\(count.failed) failed") }
        if count.skipped > 0 { words.append("\(count.skipped) skipped, because the file is there") }
        if let cost = count.knownCost { words.append(cost.shortText) }
        if count.unknownCosts > 0 { words.append("\(count.unknownCosts) of unknown cost") }
        return words.joined(separator: ", ")
    }
}
