import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Does the tasks of the runner, and tells its state what came of them.
struct RunnerTasks: Sendable {
    private let sender: CreationSender
    private let search: LostRunSearch
    private let cancel: CancelRequest
    private let delivery: OutputDelivery
    private let poll: PollRequests
    private let journal: JournalWriter

    /// Seconds until the server is asked again for a prediction that it did not know.
    private static let unknownPause = 60.0
    /// Seconds between two tries to write the journal.
    private static let journalPause = 2.0

    init(
        _ client: APIClient,
        _ sender: CreationSender,
        _ delivery: OutputDelivery,
        _ models: ModelCatalogue,
        _ journal: JournalWriter
    ) {
        self.sender = sender
        self.delivery = delivery
        self.journal = journal
        search = LostRunSearch(client: client, journal: journal, models: models)
        cancel = CancelRequest(client: client)
        poll = PollRequests(client: client)
    }

    func run(_ task: RunnerTask, _ host: any RunnerHost) async {
        switch task {
        case .findVersion(let run): await sender.findVersion(of: run, work(run.id, host))
        case .send(let run, let input, let permit, let factor):
            await sender.send(run, input: input, permit: permit, cancelAfter: factor, work(run.id, host))
        case .findNewVersion(let run, let input, let version, let error):
            await sender.findNewVersion(of: run, input: input, than: version, after: error, work(run.id, host))
        case .search(let id):
            let isLost = await search.run(for: id, work(id, host))
            await host.update { state, now in
                (isLost ? state.lose(id) : []) + state.searchEnded(id, now: now)
            }
        case .cancel(let id):
            let last = await cancel.run(work(id, host))
            await host.update { state, _ in state.cancelEnded(id, of: last) }
        case .watchAgain(let id):
            if await host.rest(Self.unknownPause) { await work(id, host).happened(.watchedAgain) }
        case .saveOutputs(let id): await saveOutputs(of: id, host)
        case .ask(let order): await ask(order, host)
        case .fetchLogs(let id): await fetchLogs(ofRun: id, host)
        case .retryJournal:
            while await host.read(\.journal.hasFailed), await host.rest(Self.journalPause) { await host.makeDurable() }
        }
    }

    private func work(_ id: RunRecord.ID, _ host: any RunnerHost) -> RunWork {
        RunWork(
            record: { await host.read { $0.runs[id] } },
            cleaned: { prediction in await host.read { $0.cleaned(prediction, ofRun: id) } },
            happened: { event in await host.update { $0.take(event, of: id, now: $1) } },
            answered: { await host.update { state, _ in state.answered() } },
            failed: { error in await host.update { state, _ in state.failed(error) } },
            rest: { await host.rest($0) }
        )
    }

    private func saveOutputs(of id: RunRecord.ID, _ host: any RunnerHost) async {
        await delivery.run(work(id, host)) { seconds in
            // Others may settle while this one waits.
            await host.update { state, _ in state.savingPaused(id) }
            let goesOn = await host.rest(seconds)
            await host.update { state, _ in state.savingResumed(id) }
            return goesOn
        }
        await host.update { state, _ in state.savingEnded(id) }
    }

    // MARK: Asking

    private func ask(_ order: PollSchedule.Order, _ host: any RunnerHost) async {
        do throws(APIError) {
            var unseen: Set<Prediction.ID> = []
            switch order {
            case .get(let id):
                let event = try await poll.prediction(id).map(RunEvent.reported) ?? .unknownToServer
                await host.update { $0.take(event, ofRunWith: id, now: $1) }
            case .window(let window, let from, let to):
                let members = await host.read { $0.watch.members(of: window) }
                unseen = try await poll.sweep(members, from: from, to: to) { rows in
                    await host.change { $0.take(rows, now: $1) }
                }
            case .logs(let id): try await fetchLogs(of: id, host)
            }
            await host.update { [unseen] in $0.answered(order, unseen: unseen, now: $1) }
        } catch {
            await host.update { $0.failed(order, error, now: $1) }
        }
    }

    private func fetchLogs(of id: Prediction.ID, _ host: any RunnerHost) async throws(APIError) {
        guard let whole = try await poll.logs(of: id) else { return }
        if await host.read({ $0.watch.run(of: id) }) != nil {
            await host.update { $0.take(.logsFetched(whole), ofRunWith: id, now: $1) }
        } else if let changed = await journal.keepLogs(whole.logs ?? "", of: whole) {
            await host.update { _, _ in [.tell(.run(changed))] }
        }
    }

    private func fetchLogs(ofRun id: RunRecord.ID, _ host: any RunnerHost) async {
        guard let run = (try? await journal.run(id)) ?? nil,
            let prediction = await host.change({ ($0.shouldAskForLogs(of: run, now: $1), []) })
        else { return }
        // A failure is of no consequence: what the run made is saved already.
        try? await fetchLogs(of: prediction, host)
    }
}
