import Composing
import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import Studio
import StudioUI
import Synchronization

/// Asks for the chosen model: what the history knows at once, then what the API says, however long that takes.
///
/// While the API cannot be reached it asks again with longer and longer pauses. That is how a studio that was opened
/// without a network finds it again; nothing else asks while nothing runs.
final class ModelLoader: Sendable {
    private let composition: Composition
    private let mailbox: Mailbox
    private let mode: StudioMode
    private let current = Mutex<Task<Void, Never>?>(nil)

    init(composition: Composition, mailbox: Mailbox, mode: StudioMode) {
        self.composition = composition
        self.mailbox = mailbox
        self.mode = mode
    }

    /// Returns at once. Whoever is asking already stops: only one model is on the screen.
    func load(_ path: String) {
        let task = Task(executorPreference: WorkerPool.shared) { @concurrent [self] in await keepAsking(path) }
        current.withLock { previous in
            previous?.cancel()
            previous = task
        }
    }

    /// What earlier runs of the model took and cost, as far as it is known here.
    func tellHistory(of model: String) {
        guard let path = ModelReference(model)?.path else { return }
        tell(composition.runner.costs.knownHistory(of: path), of: path)
    }

    private func tell(_ history: RunHistory, of path: String) {
        let wasAsked = ((try? composition.store.hardware(of: path)) ?? nil) != nil
        mailbox.post(.historyLoaded(path: path, history, wasHardwareAsked: wasAsked))
    }

    private func keepAsking(_ path: String) async {
        guard let reference = ModelReference(path) else {
            return mailbox.post(.modelMissing(path: path, reason: "\(path) \(ModelReference.issue(with: path))"))
        }
        tellHistory(of: path)
        guard mode != .noToken else {
            return mailbox.post(.modelUnavailable(path: path, reason: "No token: set REPLICATE_API_TOKEN"))
        }
        if let known = composition.runner.models.seenDetails(of: reference) {
            mailbox.post(.modelLoaded(known, askedAs: path))
        }
        var told: String?
        for pause in ReconnectPauses() {
            do {
                let answer = try await composition.runner.details(of: reference, asking: true)
                guard !Task.isCancelled else { return }
                mailbox.post(.modelLoaded(answer.details, askedAs: path))
                mailbox.post(.connectivityChanged(.online))
                return tell(await composition.runner.costs.history(of: answer.model), of: answer.model.path)
            } catch {
                guard !Task.isCancelled, error.code != .canceled else { return }
                // The same once more would only wake the studio.
                if told != error.explanation { tell(error, of: path) }
                told = error.explanation
                guard error.isTransient else { return }
            }
            guard (try? await WorkerPool.shared.sleep(for: pause)) != nil else { return }
        }
    }

    private func tell(_ error: APIError, of path: String) {
        guard error.code != .notFound else {
            mailbox.post(.modelMissing(path: path, reason: error.message))
            return mailbox.post(.connectivityChanged(.online))
        }
        mailbox.post(.modelUnavailable(path: path, reason: error.explanation))
        if error.code == .unauthenticated {
            mailbox.post(.connectivityChanged(.tokenRefused(error.explanation)))
        } else if error.isTransient {
            mailbox.post(.connectivityChanged(.offline(error.explanation)))
        }
    }
}

/// How long to wait before asking again for what could not be reached: 1 s, doubled up to 15 s, without an end.
struct ReconnectPauses: Sequence, IteratorProtocol {
    private var pause = Duration.seconds(1)

    mutating func next() -> Duration? {
        defer { pause = Swift.min(pause * 2, .seconds(15)) }
        return pause
    }
}
