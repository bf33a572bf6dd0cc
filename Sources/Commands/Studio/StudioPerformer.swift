import Composing
import Foundation
import History
import Money
import Pictures
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Studio
import StudioUI
import Terminal

/// Does what the studio orders, off the main thread; what comes of it goes to the mailbox.
final class StudioPerformer: Sendable {
    private let composition: Composition
    private let mailbox: Mailbox
    private let previews: PreviewStore
    private let depth: PixelDepth
    private let mode: StudioMode
    private let drafts: DraftWriter
    private let models: ModelLoader

    init(
        composition: Composition,
        mailbox: Mailbox,
        previews: PreviewStore,
        depth: ColorDepth,
        mode: StudioMode
    ) {
        self.composition = composition
        self.mailbox = mailbox
        self.previews = previews
        self.depth = PixelDepth(depth)
        self.mode = mode
        drafts = DraftWriter(
            store: { [store = composition.store] in try store.saveDraft($0, slot: "compose") },
            file: composition.settings.paths.draftFile,
            notify: { mailbox.post(.noticed($0)) }
        )
        models = ModelLoader(composition: composition, mailbox: mailbox, mode: mode)
    }

    /// Loads what the first screen shows, then goes on with what was in flight.
    func start() {
        work { [self] in
            if mode == .demo { EndedDemo.closeRuns(in: composition.store, at: Date()) }
            mailbox.post(.started(startup()))
            if let notice = composition.store.notice { mailbox.post(.noticed(Notice(.warning, notice))) }
            guard mode != .noToken else { return }
            announceQueued()
            do { try await composition.runner.start() } catch {
                mailbox.post(.noticed(Notice(.error, "The history cannot be read: `darkroom doctor` tells more")))
            }
        }
    }

    /// Says what an earlier session left unsent, because it is sent and paid for now.
    private func announceQueued() {
        let queued = ((try? composition.store.inFlight()) ?? []).filter { $0.stage == .queued }
        guard !queued.isEmpty else { return }
        let what =
            queued.count == 1 ? "1 run that was queued earlier is" : "\(queued.count) runs that were queued earlier are"
        let sum = Estimate.sum(queued.map(\.estimate)).label
        mailbox.post(.noticed(Notice(.information, "\(what) sent now: \(sum)")))
    }

    /// Makes the last draft durable; called when the studio has ended.
    func finish() -> DraftWriter.Ending { drafts.flush() }

    /// From the main thread; returns at once.
    func perform(_ effect: StudioEffect) {
        switch effect {
        case .saveDraft(let draft): drafts.save(draft)
        case .submit(let requests): work { [self] in await submit(requests) }
        case .cancel(let ids): runner { runner in for id in ids { try await runner.cancel(id.rawValue) } }
        case .delete(let ids): runner { runner in for id in ids { try await runner.delete(id.rawValue) } }
        case .resend(let id): runner { try await $0.resend(id.rawValue) }
        case .loadCandidates(let id, let predictions): work { [self] in await loadCandidates(id, predictions) }
        case .follow(let id, let prediction): work { [self] in await follow(id, prediction) }
        case .attend(let visible, let focused):
            runner { await $0.attend(visible: visible.map(\.rawValue), focused: focused?.rawValue) }
        case .loadModel(let path): models.load(path)
        case .searchModels(let query): work { [self] in await searchModels(query) }
        case .checkImage(let id, let url): work { [self] in await check(id, url) }
        case .uploadImage(let id, let path): work { [self] in await upload(id, path) }
        case .loadSpend(let period): work { [self] in loadSpend(period) }
        case .rememberHardware(let model, let sku):
            runner { [store = composition.store] _ in try store.rememberHardware(sku, of: model) }
        case .loadPrompts: work { [self] in mailbox.post(.promptsLoaded((try? composition.store.prompts()) ?? [])) }
        case .loadRuns(let cursor): work { [self] in loadRuns(after: cursor) }
        case .loadPreview(let key): work { [self] in await loadPreview(key) }
        case .openFile(let path): work { [self] in await open(path) }
        // Done by the loop itself: they concern the terminal.
        case .copy, .editExternally, .redraw, .suspend, .bell, .quit: break
        }
    }

    private func work(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: WorkerPool.shared) { @concurrent in await body() }
    }

    private func runner(_ body: @escaping @Sendable (PredictionRunner) async throws -> Void) {
        work { [self] in
            do { try await body(composition.runner) } catch let refusal as BudgetRefusal {
                mailbox.post(.noticed(Notice(.error, refusal.description)))
            } catch {
                mailbox.post(.noticed(Notice(.error, "The history could not be written: check the disk's space")))
            }
        }
    }

    // MARK: Runs

    private func startup() -> Startup {
        let store = composition.store
        let paths = composition.settings.paths
        let (draft, notice) = DraftReader(
            stored: { try store.draft("compose") },
            file: paths.draftFile,
            keptTexts: paths.keptTexts
        ).read()
        if let notice { mailbox.post(.noticed(notice)) }
        let path = draft.model.isEmpty ? composition.settings.imageModel : draft.model
        let known = ModelReference(path).flatMap(composition.runner.models.seenDetails)
        let recent = ((try? store.recentModels()) ?? []).map(ModelSummary.init)
        let defaults = [composition.settings.imageModel, composition.settings.videoModel]
        let priced = composition.prices.models.keys.sorted()
        var seen = Set(recent.map(\.path))
        let others = (defaults + priced).filter { seen.insert($0).inserted }
            .map { ModelSummary(path: $0, summary: "", isOfficial: $0 != Settings.defaultVideoModel) }
        return Startup(
            mode: mode,
            draft: draft,
            defaultModel: composition.settings.imageModel,
            runs: firstPage(),
            spend: spend(),
            budget: composition.settings.spending.budget,
            models: recent + others,
            model: known
        )
    }

    /// Runs of one page of the history.
    private static let pageSize = 200

    /// The newest runs, and everything that is in flight or waits for a person's word, however old it is.
    private func firstPage() -> RunPage {
        let store = composition.store
        do {
            let page = try store.page(limit: Self.pageSize)
            let open = try store.inFlight() + store.resendable()
            return RunPage(runs: items(page.runs + open), next: page.next.map(RunPages.Cursor.init), total: page.total)
        } catch {
            mailbox.post(.noticed(Notice(.error, "The history cannot be read: `darkroom doctor` tells more")))
            return RunPage(runs: [], total: 0)
        }
    }

    private func loadRuns(after cursor: RunPages.Cursor) {
        do {
            let page = try composition.store.page(
                after: .init(createdAt: cursor.createdAt, row: cursor.row),
                limit: Self.pageSize
            )
            mailbox.post(
                .runsLoaded(
                    RunPage(runs: items(page.runs), next: page.next.map(RunPages.Cursor.init), total: page.total)
                )
            )
        } catch {
            mailbox.post(.runsFailed(reason: "Older runs cannot be read: `darkroom doctor` tells more"))
        }
    }

    /// What each model usually takes is read once, not once a run.
    private func items(_ runs: [RunRecord]) -> [RunItem] {
        var typical: [String: Double?] = [:]
        return runs.map { run in
            guard run.isInFlight else { return RunItem(run, typical: nil) }
            let seconds = typical[run.model] ?? typicalDuration(of: run.model)
            typical[run.model] = seconds
            return RunItem(run, typical: seconds)
        }
    }

    /// A change that the runner has told of.
    func receive(_ update: RunUpdate) {
        switch update {
        case .run(let run):
            mailbox.post(.runChanged(item(run)))
            guard !run.isInFlight || run.stage == .queued else { break }
            // An end is told before it is on the disk, where the spend is read from.
            work { [self] in
                await composition.runner.makeDurable()
                mailbox.post(.spendChanged(spend()))
            }
            // What the run took and cost is part of the next estimate.
            if run.stage == .settled { work { [self] in models.tellHistory(of: run.model) } }
        case .deleted(let id):
            mailbox.post(.runDeleted(.init(rawValue: id)))
            mailbox.post(.spendChanged(spend()))
        case .takenOver(let id):
            if let run = (try? composition.store.run(id)) ?? nil { mailbox.post(.runChanged(item(run))) }
            mailbox.post(.noticed(Notice(.warning, "Another darkroom has taken a run over and goes on with it")))
        case .refused(let id, let fields): mailbox.post(.inputsRefused(.init(rawValue: id), fields))
        case .noticed(let sentence): mailbox.post(.noticed(Notice(.information, sentence)))
        case .online: mailbox.post(.connectivityChanged(.online))
        case .offline(let reason): mailbox.post(.connectivityChanged(.offline(reason)))
        }
    }

    private func item(_ run: RunRecord) -> RunItem {
        RunItem(run, typical: run.isInFlight ? typicalDuration(of: run.model) : nil)
    }

    private func typicalDuration(of model: String) -> Double? {
        let past = (try? composition.store.durations(of: model)) ?? []
        return past.count < 2 ? nil : past.sorted()[past.count / 2]
    }

    private func spend() -> Spend {
        let policy = composition.settings.spending
        return (try? composition.store.readSpend { try policy.use($0, clock: composition.client.clock) }) ?? Spend()
    }

    private func loadSpend(_ period: Ledger.Period) {
        let calendar = composition.settings.spending.calendar
        let since = calendar.date(byAdding: .day, value: 1 - period.days, to: Date())
        do {
            mailbox.post(
                .spendLoaded(period, try SpendBook(composition.store, calendar: calendar).report(since: since))
            )
        } catch {
            mailbox.post(.spendFailed(reason: "The history cannot be read: `darkroom doctor` tells more"))
        }
    }

    private func submit(_ requests: [RunRequest]) async {
        let drafts = requests.map { RunDraft($0, origin: .studio) }
        do {
            let runs = try await composition.runner.submit(drafts)
            mailbox.post(.submitted(count: runs.count))
        } catch let refusal as BudgetRefusal {
            mailbox.post(.submissionFailed(reason: refusal.description))
        } catch {
            mailbox.post(
                .submissionFailed(reason: "The journal could not be written, so nothing was sent: check the disk")
            )
        }
    }

    /// Those that cannot be asked for are listed by their ids alone.
    private func loadCandidates(_ id: RunItem.ID, _ predictions: [String]) async {
        var candidates: [RunCandidate] = []
        for text in predictions {
            let found = try? await composition.client.prediction(Prediction.ID(text))
            let owner = (try? composition.store.run(predictionID: text)) ?? nil
            candidates.append(
                RunCandidate(
                    id: text,
                    createdAt: found?.createdAt,
                    status: found?.status.rawValue,
                    isTaken: owner != nil
                )
            )
        }
        mailbox.post(.candidatesLoaded(id, candidates))
    }

    private func follow(_ id: RunItem.ID, _ text: String) async {
        do {
            let prediction = try await composition.client.prediction(Prediction.ID(text))
            let run = try await composition.runner.follow(prediction, as: id.rawValue)
            if run == nil { mailbox.post(.noticed(Notice(.warning, "Another run is that prediction already"))) }
        } catch let error as APIError {
            mailbox.post(.noticed(Notice(.error, error.explanation)))
        } catch {
            mailbox.post(.noticed(Notice(.error, "The history could not be written: check the disk's space")))
        }
    }

    // MARK: Models

    private func searchModels(_ query: String) async {
        let found: [Model]? =
            query.isEmpty
            ? try? await composition.client.models().results : try? await composition.client.models(matching: query)
        mailbox.post(.modelsFound(query: query, (found ?? []).map(ModelSummary.init)))
    }

    // MARK: Images

    private func check(_ id: ImageItem.ID, _ url: String) async {
        let result: ImageList.CheckResult
        do {
            let probe = try await composition.client.probe(url)
            result = Self.verdict(probe)
        } catch {
            result =
                error.effect == .notSent ? .bad(reason: "cannot be reached") : .unconfirmed(reason: "not checked")
        }
        mailbox.post(.imageChecked(id, url: url, result))
    }

    private static func verdict(_ probe: URLProbe) -> ImageList.CheckResult {
        switch probe.status {
        case 200, 206: break
        case 404, 410: return .bad(reason: "\(probe.status) not found")
        case 401, 403: return .bad(reason: "\(probe.status) not allowed")
        default: return .unconfirmed(reason: "the host answers \(probe.status)")
        }
        let header = PictureHeader.read(probe.head)
        let type = header?.format.mimeType ?? probe.contentType
        guard type?.hasPrefix("image/") == true || type?.hasPrefix("video/") == true else {
            return .bad(reason: "not a picture (\(type ?? "unknown type"))")
        }
        return .ok(
            ImageFacts(contentType: type, width: header?.width, height: header?.height, bytes: probe.length)
        )
    }

    private func upload(_ id: ImageItem.ID, _ path: String) async {
        let file = URL(filePath: Paths.expanded(path, home: composition.context.surroundings.home))
        // A pipe in its place would be waited for.
        let isFile = (try? file.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile
        let handle = isFile == true ? FileHandle(forReadingAtPath: file.path) : nil
        let head = handle.flatMap { try? $0.read(upToCount: 1_024) } ?? Data()
        let format = PictureFormat.detect(head)
        guard format != .unknown else {
            return mailbox.post(
                .imageUploadFailed(id, path: path, reason: head.isEmpty ? "cannot be read" : "not a picture")
            )
        }
        do {
            let stored = try await composition.client.upload(file: file, contentType: format.mimeType)
            mailbox.post(.imageUploaded(id, path: path, url: stored.url))
        } catch {
            mailbox.post(.imageUploadFailed(id, path: path, reason: error.message))
        }
    }

    // MARK: Pictures

    private func open(_ path: String) async {
        let isOpen = await DesktopOpener.open(path, environment: composition.settings.environment)
        if !isOpen { mailbox.post(.openFailed(path: path)) }
    }

    private func loadPreview(_ key: PreviewKey) async {
        let file = URL(filePath: key.path)
        let fitting = HalfBlocks.pixels(columns: key.columns, rows: key.rows)
        do throws(PictureError) {
            let head = FileHandle(forReadingAtPath: key.path).flatMap {
                try? $0.read(upToCount: PictureFormat.headLength)
            }
            let isVideo = PictureFormat.detect(head ?? Data()).isVideo
            let bitmap =
                isVideo
                ? try await VideoFrame.first(of: file, fitting: fitting)
                : try PictureDecoder.decode(contentsOf: file, fitting: fitting)
            previews.put(HalfBlocks.render(bitmap, columns: key.columns, rows: key.rows, depth: depth), for: key)
            mailbox.post(.previewLoaded(key))
        } catch {
            mailbox.post(.previewFailed(key, reason: error.description))
        }
    }
}

extension ModelSummary {
    init(_ model: Model) {
        self.init(
            path: model.path,
            summary: model.summary ?? "",
            isOfficial: model.isOfficial,
            runCount: model.runCount
        )
    }
}

extension RunPages.Cursor {
    init(_ cursor: RunRecordPage.Cursor) {
        self.init(createdAt: cursor.createdAt, row: cursor.row)
    }
}

extension PixelDepth {
    init(_ depth: ColorDepth) {
        switch depth {
        case .direct: self = .direct
        case .palette256: self = .palette256
        case .ansi16: self = .ansi16
        case .mono: self = .mono
        }
    }
}
