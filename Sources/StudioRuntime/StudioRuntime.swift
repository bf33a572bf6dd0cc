package import Foundation
package import History
package import Predictions
import ReplicateAPI
package import ReplicateClient
package import Studio
import Synchronization

/// Does what the studio orders outside the terminal, off the main thread; what comes of it is posted as actions.
///
/// Each performer has one noun. This type starts them and knows what follows from a change of a run; it reads and writes
/// nothing by itself.
package final class StudioRuntime: Sendable {
    /// What the settings say.
    package struct Configuration: Sendable {
        /// Whether runs are paid for, made by the sandbox, or impossible without a token.
        package var mode: StudioMode
        /// `owner/name` of the model that a first start composes for.
        package var imageModel: String
        /// Models to offer besides those that ran already, best first.
        package var offeredModels: [ModelSummary]
        package var spending: SpendingPolicy
        /// Of the process; for `PATH`, `HOME` and the desktop.
        package var environment: [String: String]
        /// A draft that the database did not take.
        package var draftFile: URL
        /// Drafts that cannot be read.
        package var keptTexts: URL
        /// The prompt library.
        package var libraryFile: URL
        /// A folder for the files of deleted runs.
        package var trash: URL
        /// A folder for pictures that were pasted.
        package var pastedPictures: URL
        /// A folder for small pictures, which may be emptied at any time.
        package var thumbnails: URL
        /// The file that a path of the image list names.
        package var file: @Sendable (String) -> URL
        /// Tells the person's own command that runs have ended, and waits for it; returns why it failed, as a sentence. nil:
        /// there is none.
        package var tellOfEnd: (@Sendable ([RunRecord]) -> String?)?
        /// What the guide of a first start does; nil: nothing can be set up.
        package var setUp: SetUp?

        package init(
            mode: StudioMode,
            imageModel: String,
            offeredModels: [ModelSummary] = [],
            spending: SpendingPolicy = SpendingPolicy(),
            environment: [String: String] = [:],
            draftFile: URL,
            keptTexts: URL,
            libraryFile: URL,
            trash: URL,
            pastedPictures: URL,
            thumbnails: URL,
            file: @escaping @Sendable (String) -> URL = { URL(filePath: $0) },
            tellOfEnd: (@Sendable ([RunRecord]) -> String?)? = nil,
            setUp: SetUp? = nil
        ) {
            self.mode = mode
            self.imageModel = imageModel
            self.offeredModels = offeredModels
            self.spending = spending
            self.environment = environment
            self.draftFile = draftFile
            self.keptTexts = keptTexts
            self.libraryFile = libraryFile
            self.trash = trash
            self.pastedPictures = pastedPictures
            self.thumbnails = thumbnails
            self.file = file
            self.tellOfEnd = tellOfEnd
            self.setUp = setUp
        }
    }

    private let configuration: Configuration
    private let runner: PredictionRunner
    private let store: HistoryStore
    private let workers: Workers
    private let post: Post
    let runs: RunPerformer
    let models: ModelPerformer
    let images: ImagePerformer
    let folders: FolderReader
    let clipboard: ClipboardReader
    let pictures: PicturePerformer
    let films: FilmPerformer
    let filmStrips: FilmStripPerformer
    let drafts: DraftPerformer
    let library: LibraryPerformer
    let spend: SpendPerformer
    private let trash: Trash
    private let setUp: SetUpPerformer
    private let updates = RunUpdates()
    /// Sees what other processes do; until ``finish()``.
    private let watching = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter post: called from any thread; must not block.
    package init(
        _ configuration: Configuration,
        runner: PredictionRunner,
        client: APIClient,
        store: HistoryStore,
        workers: Workers,
        post: @escaping Post
    ) {
        self.configuration = configuration
        self.runner = runner
        self.store = store
        self.workers = workers
        self.post = post
        trash = Trash(folder: configuration.trash)
        let reader = RunReader(store)
        runs = RunPerformer(
            runner: runner,
            client: client,
            reader: reader,
            deletions: Deletions(runner: runner, store: store, trash: trash, reader: reader, post: post),
            workers: workers,
            post: post
        )
        models = ModelPerformer(
            runner: runner,
            client: client,
            store: store,
            mode: configuration.mode,
            workers: workers,
            post: post
        )
        images = ImagePerformer(client: client, file: configuration.file, post: post)
        folders = FolderReader(home: configuration.environment["HOME"], file: configuration.file, post: post)
        clipboard = ClipboardReader(
            environment: configuration.environment,
            folder: configuration.pastedPictures,
            post: post
        )
        pictures = PicturePerformer(
            environment: configuration.environment,
            cache: configuration.thumbnails,
            file: configuration.file,
            workers: workers,
            post: post
        )
        let source = FilmSource(searchPath: configuration.environment["PATH"] ?? "", file: configuration.file)
        films = FilmPerformer(films: source, workers: workers, post: post)
        filmStrips = FilmStripPerformer(films: source, workers: workers, post: post)
        drafts = DraftPerformer(
            store: store,
            file: configuration.draftFile,
            keptTexts: configuration.keptTexts,
            workers: workers,
            post: post
        )
        library = LibraryPerformer(store: store, file: configuration.libraryFile, post: post)
        setUp = SetUpPerformer(setUp: configuration.setUp, post: post)
        spend = SpendPerformer(store: store, policy: configuration.spending, clock: client.clock, post: post)
    }

    /// Loads what the first screen shows, then goes on with what was in flight. Returns at once.
    package func start() {
        workers.start { [self] in
            if configuration.mode == .demo { EndedDemo.closeRuns(in: store, at: Date()) }
            let startup = startup()
            post(.started(startup))
            watch(from: startup.runs)
            if let notice = store.notice { post(.noticed(Notice(.warning, notice))) }
            workers.start { [trash] in trash.empty() }
            guard configuration.mode != .noToken else { return }
            runs.announceQueued()
            do { try await runner.start() } catch {
                post(.noticed(Notice(.error, "The history cannot be read: `darkroom doctor` tells more")))
            }
        }
        workers.start { [self] in await updates.forward(runs.reader, to: post, changedSpend: changedSpend) }
    }

    private func watch(from page: RunPage) {
        let external = ExternalRuns(store, runs.reader, workers)
        let task = workers.start { [self] in
            await external.watch(from: page, own: { updates.ownRuns }, makeDurable: runner.makeDurable) { changes in
                if !changes.runs.isEmpty { post(.runsChangedElsewhere(changes.runs)) }
                for id in changes.deleted { post(.runDeleted(id)) }
                spend.tell()
            }
        }
        watching.withLock { $0 = task }
    }

    private func startup() -> Startup {
        let draft = drafts.last()
        return Startup(
            mode: configuration.mode,
            draft: draft,
            defaultModel: configuration.imageModel,
            runs: runs.firstPage(),
            spend: spend.current(),
            budget: configuration.spending.budget,
            models: models.known(and: configuration.offeredModels),
            model: models.seen(draft.model.isEmpty ? configuration.imageModel : draft.model)
        )
    }

    /// Makes the last draft durable; to be called when the studio has ended.
    package func finish() async -> DraftWriter.Ending {
        watching.withLock { $0.take() }?.cancel()
        updates.close()
        films.close()
        filmStrips.close()
        return await workers.start { [drafts, store] in
            let ending = drafts.flush()
            store.emptyLog()
            return ending
        }.value
    }

    /// From the runner's thread; returns at once.
    package func receive(_ update: RunUpdate) { updates.receive(update) }

    private func changedSpend(_ change: RunChange) {
        workers.start { [self] in
            // An end is told before it is on the disk, where the spend is read from.
            if case .priced = change { await runner.makeDurable() }
            spend.tell()
            // What the run took and cost is part of the next estimate.
            if case .priced(let model, isSettled: true) = change { models.tellHistory(of: model) }
        }
    }

    /// From the main thread; returns at once.
    package func perform(_ effect: WorldEffect) {
        switch effect {
        // These begin their own work: the newest takes the place of what waits.
        case .saveDraft(let draft): drafts.save(draft)
        case .loadModel(let path): models.load(path)
        case .loadPreview(let key): pictures.load(key)
        case .loadPictures(let keys): pictures.load(keys)
        case .playFilm(let key, let second, let continues): films.play(key, after: second, continues: continues)
        case .showFrame(let key, let second): films.show(key, at: second)
        case .closeFilm: films.close()
        case .loadFilmStrip(let key, let moments): filmStrips.load(key, moments: moments)
        case .closeFilmStrip: filmStrips.close()
        case .loadRuns(let request): runs.load(request)
        case .countRuns(let request): runs.count(request)
        case .loadReadme(let path): models.loadReadme(path)
        case .submit, .cancel, .delete, .undelete, .resend, .recall, .annotate, .loadCandidates, .follow, .attend,
            .searchModels,
            .rememberHardware, .checkImage, .uploadImage, .uploadInput, .examinePicture, .listFolder, .readClipboard,
            .openFile,
            .keepTemplate, .loadPrompts, .searchPrompts,
            .loadSpend, .tellOfEnd, .keepDraft, .listDrafts, .loadLibrary, .keepPrompt, .openLibrary, .writeLibrary,
            .keepToken,
            .keepBudget:
            workers.start { [self] in await carryOut(effect) }
        }
    }

    private func tellOfEnd(_ ids: [RunItem.ID]) async {
        guard let tell = configuration.tellOfEnd else { return }
        // An end is told before it is on the disk, where the records are read from.
        await runner.makeDurable()
        let records = ids.compactMap { try? store.run($0.rawValue) }
        if let failure = tell(records) { post(.noticed(Notice(.warning, failure))) }
    }

    private func carryOut(_ effect: WorldEffect) async {
        switch effect {
        case .submit(let requests): await runs.submit(requests)
        case .cancel(let ids): await runs.cancel(ids)
        case .delete(let ids): await runs.delete(ids)
        case .undelete: await runs.undelete()
        case .resend(let id): await runs.resend(id)
        case .recall(let ids): await runs.recall(ids)
        case .annotate(let ids, let change): runs.annotate(ids, change)
        case .loadCandidates(let id, let predictions): await runs.loadCandidates(id, predictions)
        case .follow(let id, let prediction): await runs.follow(id, prediction)
        case .loadRuns(let request): runs.load(request)
        case .countRuns(let request): runs.count(request)
        case .attend(let visible, let focused): await runs.attend(visible: visible, focused: focused)
        case .loadModel(let path): models.load(path)
        case .searchModels(let query): await models.search(query)
        case .loadReadme(let path): models.loadReadme(path)
        case .rememberHardware(let model, let sku): models.rememberHardware(sku, of: model)
        case .checkImage(let id, let url): await images.check(id, url)
        case .uploadImage(let id, let path): await images.upload(id, path)
        case .uploadInput(let name, let path): await images.upload(input: name, path)
        case .listFolder(let path, let purpose): folders.list(path, purpose)
        case .readClipboard: await clipboard.read()
        case .examinePicture(let path, let text): images.examine(path, text)
        case .loadPreview(let key): pictures.load(key)
        case .loadPictures(let keys): pictures.load(keys)
        case .playFilm(let key, let second, let continues): films.play(key, after: second, continues: continues)
        case .showFrame(let key, let second): films.show(key, at: second)
        case .closeFilm: films.close()
        case .loadFilmStrip(let key, let moments): filmStrips.load(key, moments: moments)
        case .closeFilmStrip: filmStrips.close()
        case .openFile(let path): await pictures.open(path)
        case .saveDraft(let draft): drafts.save(draft)
        case .keepDraft(let draft, let name): library.keep(draft, name: name)
        case .listDrafts: library.listDrafts()
        case .loadLibrary: library.load()
        case .keepPrompt(let prompt, let name): library.keep(prompt, name: name)
        case .openLibrary: library.open()
        case .writeLibrary(let text): library.replace(text)
        case .keepTemplate(let text): drafts.keepTemplate(text)
        case .loadPrompts: drafts.loadPrompts()
        case .searchPrompts(let query, let text): drafts.searchPrompts(query, text: text)
        case .loadSpend(let period): spend.load(period)
        case .tellOfEnd(let ids): await tellOfEnd(ids)
        case .keepToken(let token): await setUp.keep(token)
        case .keepBudget(let budget): await setUp.keep(budget)
        }
    }
}
