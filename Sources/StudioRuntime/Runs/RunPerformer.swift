import Composing
import History
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Studio
import Synchronization

/// Starts, cancels, deletes and resends runs, and reads them for the table.
final class RunPerformer: Sendable {
    private let runner: PredictionRunner
    private let client: APIClient
    let reader: RunReader
    private let deletions: Deletions
    private let workers: Workers
    private let post: Post
    /// What was ordered last.
    private let wanted = Mutex<(page: RunPage.Request?, count: RunCounts.Request?)>((nil, nil))

    init(
        runner: PredictionRunner,
        client: APIClient,
        reader: RunReader,
        deletions: Deletions,
        workers: Workers,
        post: @escaping Post
    ) {
        self.deletions = deletions
        self.runner = runner
        self.client = client
        self.reader = reader
        self.workers = workers
        self.post = post
    }

    private static let unwritable = Notice(.error, "The history could not be written: check the disk's space")

    /// Journals and sends. Posts either how many runs were started, or why none was.
    func submit(_ requests: [RunRequest]) async {
        do {
            let runs = try await runner.submit(requests.map { RunDraft($0, origin: .studio) })
            post(.submitted(runs.map { RunItem.ID(rawValue: $0.id) }))
        } catch let refusal as BudgetRefusal {
            post(.submissionFailed(reason: refusal.description))
        } catch let obstacle as OutputObstacle {
            post(.submissionFailed(reason: "\(obstacle). Nothing was sent"))
        } catch {
            post(.submissionFailed(reason: "The journal could not be written, so nothing was sent: check the disk"))
        }
    }

    /// Cancels runs wherever they stand. What another darkroom has sent is canceled on the server, and that one sees it.
    func cancel(_ ids: [RunItem.ID]) async {
        await telling {
            for id in ids where try await !runner.cancelRecorded(id.rawValue) { try await cancelElsewhere(id) }
        }
    }

    private func cancelElsewhere(_ id: RunItem.ID) async throws {
        guard let run = try reader.record(id.rawValue), run.isInFlight else { return }
        if runner.isOfAnotherAccount(run) {
            return post(.noticed(Notice(.warning, "This run was \(RunRecord.elsewhere)")))
        }
        guard let prediction = run.prediction else {
            return post(.noticed(Notice(.warning, "Another darkroom is sending this run: try again in a moment")))
        }
        do {
            _ = try await client.cancel(prediction.id)
            post(.noticed(Notice(.information, "Canceled on the server; another darkroom watches this run")))
        } catch {
            post(.noticed(Notice(.error, error.explanation)))
        }
    }

    func delete(_ ids: [RunItem.ID]) async { await telling { try await deletions.delete(ids) } }

    func undelete() async { await telling { try deletions.undo() } }

    func annotate(_ ids: [RunItem.ID], _ change: AnnotationChange) {
        do {
            let runs = try reader.annotate(ids, change)
            post(.runsAnnotated(runs))
        } catch {
            post(.noticed(Self.unwritable))
        }
    }

    func resend(_ id: RunItem.ID) async { await telling { try await runner.resend(id.rawValue) } }

    /// Posts what runs were given, each with its model as it is now and without its seed; or why that cannot be told.
    func recall(_ ids: [RunItem.ID]) async {
        var orders: [GivenRun] = []
        for id in ids {
            guard let run = (try? reader.record(id.rawValue)) ?? nil, let reference = ModelReference(run.model) else {
                return post(
                    .recallFailed(reason: "The record of this run cannot be read: `darkroom doctor` tells more")
                )
            }
            do {
                let answer = try await runner.details(of: reference)
                var input = run.input
                input["seed"] = nil
                orders.append(
                    GivenRun(
                        model: run.model,
                        details: answer.details,
                        inputs: GivenInput.values(input),
                        history: await runner.costs.history(of: answer.model)
                    )
                )
            } catch {
                return post(.recallFailed(reason: error.explanation))
            }
        }
        post(.recalled(orders))
    }

    /// Tells the poller which runs are looked at.
    func attend(visible: [RunItem.ID], focused: RunItem.ID?) async {
        await runner.attend(visible: visible.map(\.rawValue), focused: focused?.rawValue)
    }

    private func telling(_ body: () async throws -> Void) async {
        do { try await body() } catch let refusal as BudgetRefusal {
            post(.noticed(Notice(.error, refusal.description)))
        } catch let obstacle as OutputObstacle {
            post(.noticed(Notice(.error, "\(obstacle). Nothing was sent")))
        } catch {
            post(.noticed(Self.unwritable))
        }
    }

    // MARK: Lost runs

    /// Asks what each prediction is; those that cannot be asked for are listed by their ids alone.
    func loadCandidates(_ id: RunItem.ID, _ predictions: [String]) async {
        var candidates: [RunCandidate] = []
        for text in predictions {
            let found = try? await client.prediction(Prediction.ID(text))
            candidates.append(
                RunCandidate(
                    id: text,
                    createdAt: found?.createdAt,
                    status: found?.status.rawValue,
                    isTaken: reader.isTaken(text)
                )
            )
        }
        post(.candidatesLoaded(id, candidates))
    }

    /// Makes the prediction that run's, unless it is another's already.
    func follow(_ id: RunItem.ID, _ predictionID: String) async {
        do {
            let prediction = try await client.prediction(Prediction.ID(predictionID))
            let run = try await runner.follow(prediction, as: id.rawValue)
            if run == nil { post(.noticed(Notice(.warning, "Another run is that prediction already"))) }
        } catch let error as APIError {
            post(.noticed(Notice(.error, error.explanation)))
        } catch {
            post(.noticed(Self.unwritable))
        }
    }

    // MARK: Pages

    /// The first page; an empty one, with a notice, where the history cannot be read.
    func firstPage() -> RunPage {
        do { return try reader.firstPage() } catch {
            post(.noticed(Notice(.error, "The history cannot be read: `darkroom doctor` tells more")))
            return RunPage(runs: [])
        }
    }

    /// Reads the page on another thread, unless another one is ordered before that has begun: while somebody types, only the
    /// last search counts.
    func load(_ request: RunPage.Request) {
        wanted.withLock { $0.page = request }
        workers.start { [self] in
            guard wanted.withLock({ $0.page == request }) else { return }
            do { post(.runsLoaded(try reader.page(request))) } catch { fail() }
        }
    }

    /// As ``load(_:)``, for a count.
    func count(_ request: RunCounts.Request) {
        wanted.withLock { $0.count = request }
        workers.start { [self] in
            guard wanted.withLock({ $0.count == request }) else { return }
            do { post(.runsCounted(try reader.counts(request))) } catch { fail() }
        }
    }

    private func fail() { post(.runsFailed(reason: "The history cannot be read: `darkroom doctor` tells more")) }

    /// Posts what an earlier session left unsent, because it is sent and paid for now.
    func announceQueued() {
        let queued = reader.queued().filter { !runner.isOfAnotherAccount($0) }
        guard !queued.isEmpty else { return }
        let what =
            queued.count == 1 ? "1 run that was queued earlier is" : "\(queued.count) runs that were queued earlier are"
        let sum = Estimate.sum(queued.map(\.estimate)).label
        post(.noticed(Notice(.information, "\(what) sent now: \(sum)")))
    }
}
