import Composing
import History
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Studio
import Synchronization

/// Asks for the chosen model: what the history knows at once, then what the API says, however long that takes. Searches for
/// models, and keeps what they run on.
///
/// While the API cannot be reached it asks again with longer and longer pauses. That is how a studio that was opened
/// without a network finds it again; nothing else asks while nothing runs.
final class ModelPerformer: Sendable {
    private let runner: PredictionRunner
    private let client: APIClient
    private let store: HistoryStore
    private let mode: StudioMode
    private let workers: Workers
    private let post: Post
    private let durations: TypicalDurations
    private let current = Mutex<Task<Void, Never>?>(nil)
    private let reading = Mutex<Task<Void, Never>?>(nil)

    init(
        runner: PredictionRunner,
        client: APIClient,
        store: HistoryStore,
        mode: StudioMode,
        workers: Workers,
        post: @escaping Post
    ) {
        self.runner = runner
        self.client = client
        self.store = store
        self.mode = mode
        self.workers = workers
        self.post = post
        durations = TypicalDurations(store)
    }

    /// Returns at once. A question that is under way stops: only one model is on the screen.
    func load(_ path: String) {
        let task = workers.start { [self] in await keepAsking(path) }
        current.withLock { previous in
            previous?.cancel()
            previous = task
        }
    }

    private func summary(of model: Model) -> ModelSummary {
        ModelSummary(model, usualSeconds: durations.seconds(of: model.path))
    }

    /// What earlier runs of the model took and cost, as far as it is known here.
    func tellHistory(of model: String) {
        guard let path = ModelReference(model)?.path else { return }
        tell(runner.costs.knownHistory(of: path), of: path)
    }

    private func tell(_ history: RunHistory, of path: String) {
        let wasAsked = ((try? store.models.hardware(of: path)) ?? nil) != nil
        post(.historyLoaded(path: path, history, wasHardwareAsked: wasAsked))
    }

    private func keepAsking(_ path: String) async {
        guard let reference = ModelReference(path) else {
            return post(.modelMissing(path: path, reason: "\(path) \(ModelReference.issue(with: path))"))
        }
        tellHistory(of: path)
        guard mode != .noToken else {
            return post(.modelUnavailable(path: path, reason: "No token: set REPLICATE_API_TOKEN"))
        }
        if let known = runner.models.seenDetails(of: reference) {
            post(.modelLoaded(known, askedAs: path))
        }
        var told: String?
        for pause in ReconnectPauses() {
            do {
                let answer = try await runner.details(of: reference, asking: true)
                guard !Task.isCancelled else { return }
                post(.modelLoaded(answer.details, askedAs: path))
                post(.modelKnown(summary(of: answer.model)))
                post(.connectivityChanged(.online))
                return tell(await runner.costs.history(of: answer.model), of: answer.model.path)
            } catch {
                guard !Task.isCancelled, error.code != .canceled else { return }
                // The same once more would only wake the studio.
                if told != error.explanation { tell(error, of: path) }
                told = error.explanation
                guard error.isTransient else { return }
            }
            guard (try? await workers.sleep(pause)) != nil else { return }
        }
    }

    private func tell(_ error: APIError, of path: String) {
        guard error.code != .notFound else {
            post(.modelMissing(path: path, reason: error.message))
            return post(.connectivityChanged(.online))
        }
        post(.modelUnavailable(path: path, reason: error.explanation))
        if error.code == .unauthenticated {
            post(.connectivityChanged(.tokenRefused(error.explanation)))
        } else if error.isTransient {
            post(.connectivityChanged(.offline(error.explanation)))
        }
    }

    /// Posts the models that match the words, or those that the API lists first where there are none. What cannot be asked
    /// is an empty answer.
    func search(_ query: String) async {
        let found: [Model]? =
            query.isEmpty ? try? await client.models().results : try? await client.models(matching: query)
        post(.modelsFound(query: query, (found ?? []).map { ModelSummary($0, usualSeconds: nil) }))
    }

    /// Posts the first part of what the model's owner has written; nothing where it cannot be read. Returns at once. A
    /// question that is under way stops: whoever moves through a list looks at one model only.
    func loadReadme(_ path: String) {
        let task = workers.start { [self] in
            guard (try? await workers.sleep(Self.readmePause)) != nil, let reference = ModelReference(path),
                let readme = try? await client.readme(of: reference), !Task.isCancelled
            else { return }
            post(.readmeLoaded(path: path, String(readme.prefix(Self.readmeCharacters))))
        }
        reading.withLock { previous in
            previous?.cancel()
            previous = task
        }
    }

    /// For this long a model must be looked at.
    private static let readmePause = Duration.milliseconds(150)
    /// More than a page of a list shows.
    private static let readmeCharacters = 4_000

    /// - Parameter sku: empty: it is not known, and is not to be asked again.
    func rememberHardware(_ sku: String, of model: String) {
        do { try store.models.rememberHardware(sku, of: model) } catch {
            post(.noticed(Notice(.error, "The history could not be written: check the disk's space")))
        }
    }

    /// Models to offer before the network has answered: those that ran last, then `others`, each once.
    func known(and others: [ModelSummary]) -> [ModelSummary] {
        let recent = ((try? store.models.recent()) ?? []).map(summary)
        var seen = Set(recent.map(\.path))
        return recent + others.filter { seen.insert($0.path).inserted }
    }

    /// The model as it was last seen; nil where it has to be asked for.
    func seen(_ path: String) -> ModelDetails? { ModelReference(path).flatMap(runner.models.seenDetails) }
}
