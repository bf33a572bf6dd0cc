import Composing
import Foundation
import History
import Money
import Predictions
import ReplicateAPI

/// What a batch would do, read to its end before anything is sent: every line is checked and priced.
struct BatchPlan {
    private(set) var lines = 0
    /// Runs that are made.
    private(set) var made = 0
    /// Runs that are there already, or under way.
    private(set) var reused = 0
    /// Runs that are not made, because their file is there and is to stay.
    private(set) var skipped = 0
    private(set) var low = Money.zero
    private(set) var high = Money.zero
    /// Everything is there already.
    private(set) var isFree = true
    /// Lines whose price is not known, and why that of the first is not.
    private(set) var unpriced = 0
    private(set) var unpricedReason = ""
    /// Lines that cannot be run, and the worst status of them.
    private(set) var mistakes = 0
    private(set) var worst = ExitStatus.done

    /// All runs, whatever becomes of them.
    var runs: Int { made + reused + skipped }

    /// - Parameters:
    ///   - isRepeated: an earlier line orders the same under the same key.
    ///   - isSkipped: what it would save is there already, and is to stay.
    mutating func add(_ prepared: PreparedOrder, isRepeated: Bool, isSkipped: Bool = false) {
        lines += 1
        guard !isSkipped else { return skipped += prepared.drafts.count }
        guard !isRepeated else { return reused += prepared.drafts.count }
        let estimates = prepared.estimates
        made += estimates.count
        reused += prepared.decisions.count - estimates.count
        guard !prepared.sendsNothing else { return }
        isFree = false
        let total = prepared.total
        if let least = total.low, let most = total.high {
            low = low + least
            high = high + most
        } else {
            if unpriced == 0 { unpricedReason = total.explanation }
            unpriced += 1
        }
    }

    mutating func add(_ error: CommandError) {
        lines += 1
        mistakes += 1
        if error.status.rawValue > worst.rawValue { worst = error.status }
    }

    /// The price of everything that is made.
    var total: Estimate {
        if unpriced > 0 {
            return .unknown(
                reason: unpriced == lines ? unpricedReason : "\(unpriced) of \(lines) lines: \(unpricedReason)"
            )
        }
        let because = made == 1 ? "one run" : "\(made) runs"
        return low == high ? .exact(low, because: because) : .range(low: low, high: high, because: because)
    }

    var sentence: String {
        var words = ["\(lines) \(lines == 1 ? "line" : "lines")", "\(made) \(made == 1 ? "run" : "runs") to make"]
        if reused > 0 { words.append("\(reused) there already") }
        if skipped > 0 { words.append("\(skipped) skipped") }
        if mistakes > 0 { words.append("\(mistakes) wrong") }
        return words.joined(separator: ", ") + ": \(total.label)"
    }

    /// The last line of a dry run.
    var document: [String: ResultMember] {
        let total = total
        let exact: Money? = if case .exact(let money, _) = total { money } else { nil }
        return [
            "summary": .json(true),
            "lines": .json(.integer(Int64(lines))),
            "to_make": .json(.integer(Int64(made))),
            "reused": .json(.integer(Int64(reused))),
            "wrong": .json(.integer(Int64(mistakes))),
            "estimate": .amount(exact),
            "estimate_low": .amount(total.low),
            "estimate_high": .amount(total.high),
            "estimate_because": .json(.string(total.explanation)),
        ]
    }
}

extension PreparedOrder {
    /// A line of a dry run.
    ///
    /// - Parameter isSkipped: nothing is made, because what it would save is there already.
    func document(line: Int, isSkipped: Bool = false) -> [String: ResultMember] {
        let total = isSkipped ? Estimate.exact(.zero, because: "the file is there") : total
        let exact: Money? = if case .exact(let money, _) = total { money } else { nil }
        let made = isSkipped ? 0 : estimates.count
        return [
            "line": .json(.integer(Int64(line))),
            "key": .json(order.key.map(JSONValue.string) ?? .null),
            "model": .json(.string(drafts.first?.model ?? order.given.model)),
            "prompt": .json(.string(drafts.first?.prompt ?? "")),
            "input": .json(.object(drafts.first?.shownInput ?? [:])),
            "to_make": .json(.integer(Int64(made))),
            "reused": .json(.bool(makesNothing)),
            "error": .json(.null),
            "estimate": .amount(exact),
            "estimate_low": .amount(total.low),
            "estimate_high": .amount(total.high),
            "estimate_because": .json(.string(total.explanation)),
        ]
    }
}

extension RunDraft {
    /// The input with a placeholder for each secret: a dry run is printed, piped and kept.
    var shownInput: JSONObject {
        let (kept, secret) = RunSecrets.split(input, names: secretInputs)
        return kept.merging(secret.mapValues { _ in .string(RunSecrets.placeholder) }) { $1 }
    }
}
