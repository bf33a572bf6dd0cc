import History
import Predictions
import Studio
import Synchronization

/// Turns what the runner tells into actions, in the same order, on the workers' threads: the runner's thread only puts an
/// update into the queue.
final class RunUpdates: Sendable {
    private let queue: AsyncStream<RunUpdate>
    private let entrance: AsyncStream<RunUpdate>.Continuation
    /// Runs that this process works on.
    private let own = Mutex<Set<String>>([])

    init() { (queue, entrance) = AsyncStream.makeStream() }

    /// From the runner's thread; returns at once.
    func receive(_ update: RunUpdate) {
        own.withLock { own in
            switch update {
            case .run(let run) where run.isInFlight: own.insert(run.id)
            case .run(let run): own.remove(run.id)
            case .takenOver(let id): own.remove(id)
            case .deleted, .refused, .noticed, .online, .offline: break
            }
        }
        entrance.yield(update)
    }

    /// Runs that were told of, and not yet as ended. From any thread.
    var ownRuns: Set<String> { own.withLock { $0 } }

    /// No update follows: ``forward(_:to:changedSpend:)`` returns after those that wait.
    func close() { entrance.finish() }

    /// Posts updates until ``close()``.
    ///
    /// - Parameter changedSpend: called after each change that has to do with money; must not block.
    func forward(
        _ reader: RunReader,
        to post: Post,
        changedSpend: @Sendable (RunChange) -> Void
    ) async {
        // In flight as they were told last: a run may be on its way before anything is told of it.
        var known: Set<String> = []
        for await update in queue {
            switch update {
            case .run(let run):
                if !run.isInFlight { reader.noteEnd(of: run) }
                post(.runChanged(reader.item(run)))
                let isNew = run.isInFlight && known.insert(run.id).inserted
                if !run.isInFlight { known.remove(run.id) }
                if isNew || !run.isInFlight {
                    changedSpend(.priced(model: run.model, isSettled: run.stage == .settled))
                }
            case .deleted(let id):
                known.remove(id)
                post(.runDeleted(.init(rawValue: id)))
                changedSpend(.deleted)
            case .takenOver(let id):
                if let run = (try? reader.run(id)) ?? nil { post(.runChanged(run)) }
                post(.noticed(Notice(.warning, "Another darkroom has taken a run over and goes on with it")))
            case .refused(let id, let fields): post(.inputsRefused(.init(rawValue: id), fields))
            case .noticed(let sentence): post(.noticed(Notice(.information, sentence)))
            case .online: post(.connectivityChanged(.online))
            case .offline(let reason): post(.connectivityChanged(.offline(reason)))
            }
        }
    }
}

/// A change of a run that changes what counts as spent.
enum RunChange: Hashable, Sendable {
    /// It was begun, or it has ended; a settled one is part of the model's next estimate.
    case priced(model: String, isSettled: Bool)
    case deleted
}
