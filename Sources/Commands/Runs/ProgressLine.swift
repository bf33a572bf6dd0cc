import Foundation
import History
import Predictions
import ReplicateAPI
import Synchronization

/// One line on standard error that tells how runs get on.
final class ProgressLine: Sendable {
    private let console: Console
    private let runs = Mutex<[String: RunRecord]>([:])

    init(_ console: Console) { self.console = console }

    /// Runs that were told about, oldest first.
    var started: [RunRecord] { runs.withLock { $0.values.sorted { $0.createdAt < $1.createdAt } } }

    func show(_ update: RunUpdate) {
        switch update {
        case .run(let run):
            let text = runs.withLock { runs in
                runs[run.id] = run
                return Self.text(Array(runs.values))
            }
            console.progress(text)
        case .offline(let reason): console.progress(reason)
        case .takenOver: console.say("Another darkroom has taken the run over and goes on with it.")
        case .noticed(let sentence): console.say("\(sentence).")
        case .online, .deleted, .refused: break
        }
    }

    private static func text(_ runs: [RunRecord]) -> String {
        guard runs.count == 1, let run = runs.first else {
            let done = runs.count { !$0.isInFlight }
            return "\(done) of \(runs.count) done"
        }
        var words = [run.status.rawValue]
        if run.prediction?.isFinished == true {
            words.append("saving")
            words += run.outputs.compactMap(\.failure).prefix(1)
        } else if let progress = LogProgress(logs: run.logs) {
            words.append("\(Int(progress.fraction * 100)) %")
        }
        if let failure = run.failure { words.append(failure) }
        return words.joined(separator: " · ")
    }
}
