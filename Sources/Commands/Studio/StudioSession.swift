import Foundation
import History
import Money
import Pictures
import Pixels
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Studio
import StudioRuntime
import StudioUI
import Terminal

/// One sitting in the studio: from opening the terminal to giving it back.
@MainActor
enum StudioSession {
    /// Before anything is started for it: throws ``CommandError`` when there is no terminal to draw on.
    static func requireTerminal(_ context: CommandContext) throws {
        do throws(ScreenError) {
            try Screen.checkTerminal(input: context.console.input, output: context.console.output)
        } catch {
            throw CommandError(.usage, error.description)
        }
    }

    /// Returns when the person leaves: what another sitting is to begin with, if any. Throws ``CommandError`` when there is no
    /// terminal to draw on, or no history.
    ///
    /// - Parameter firstStart: the guide, where there is no token yet.
    @discardableResult
    static func run(
        _ context: CommandContext,
        _ settings: Settings,
        mode: StudioMode,
        firstStart: FirstStart? = nil
    ) throws -> StudioMode? {
        // Beside the first frame: whether the API answers is the last thing that it shows.
        CurlTransport.preload()
        let mailbox = Mailbox()
        let log = try LogFile(settings.paths)
        let prices = try Composition.priceBook(settings.paths)
        try Composition.checkHardware(settings.spending.hardware, prices, settings.paths)
        let signals = TerminalSignals(waker: mailbox.waker)
        let reducer = StudioReducer(prices: prices, measure: TextWidth.columns(of:))
        let runtime = SessionRuntime()
        let open = {
            runtime.open(
                { try Self.runtime(context, settings, mode, log, prices, mailbox, settings.plain ? nil : firstStart) },
                onFailure: { mailbox.post(.openingFailed) }
            )
        }
        if settings.plain {
            let program = PlainProgram(
                input: context.console.input,
                print: { (line: String) in context.console.print(line) },
                signals: signals,
                mailbox: mailbox,
                reducer: reducer,
                state: state(settings, mode, nil),
                perform: runtime.perform
            )
            open()
            return try end(program.run(), runtime, mode, context)
        }
        TerminalSignals.installCrashHandlers()
        let screen: Screen
        do throws(ScreenError) {
            screen = try Screen.open(
                input: context.console.input,
                output: context.console.output,
                logDescriptor: log.descriptor,
                mouse: settings.mouse,
                environment: settings.environment
            )
        } catch {
            throw CommandError(.usage, error.description)
        }
        open()
        let (wish, depth) = (settings.pictures, PixelDepth(screen.depth))
        let program = Program(
            screen: screen,
            signals: signals,
            mailbox: mailbox,
            reducer: reducer,
            view: StudioView(
                theme: settings.theme.theme(on: nil, environment: settings.environment),
                glyphs: Glyphs(isUnicode: screen.isUnicode && settings.glyphs == .auto),
                depth: screen.depth,
                calendar: .current
            ),
            state: state(settings, mode, firstStart),
            themes: settings.themes,
            environment: settings.environment,
            chooseDisplay: { PictureChoice(wish: wish, traits: $0, depth: depth).display },
            escapeTime: settings.escapeTime,
            keptTexts: settings.paths.keptTexts,
            perform: runtime.perform
        )
        return try end(program.run(), runtime, mode, context)
    }

    /// Blocks for as long as the history takes to be opened.
    private nonisolated static func runtime(
        _ context: CommandContext,
        _ settings: Settings,
        _ mode: StudioMode,
        _ log: LogFile,
        _ prices: PriceBook,
        _ mailbox: Mailbox,
        _ firstStart: FirstStart?
    ) throws -> StudioRuntime {
        let feed = RunFeed()
        let composition = try Composition(
            context,
            settings: settings,
            pool: .shared,
            access: .concurrent,
            log: log,
            prices: prices,
            onNotice: { _ in },
            onUpdate: { feed.post($0) }
        )
        let runtime = StudioRuntime(
            settings.runtime(mode, composition, firstStart?.setUp),
            runner: composition.runner,
            client: composition.client,
            store: composition.store,
            workers: Workers(executor: WorkerPool.shared, sleep: WorkerPool.shared.sleep(for:)),
            post: mailbox.post
        )
        feed.connect(runtime.receive)
        return runtime
    }

    private static func state(_ settings: Settings, _ mode: StudioMode, _ firstStart: FirstStart?) -> StudioState {
        var state = StudioState(
            mode: mode,
            model: settings.imageModel,
            budget: settings.spending.budget,
            keys: settings.keys,
            editing: settings.editing,
            now: Date()
        )
        state.home = settings.environment["HOME"] ?? ""
        state.tokenFile = settings.tokenFile
        state.motion = settings.motion
        state.themes = settings.themes.map { Picker.Item(value: $0.name, title: $0.name, note: $0.summary) }
        state.theme = settings.theme.name
        state.guideOffer = firstStart?.guide
        if firstStart?.isDone == false { state.guide = state.guideOffer }
        state.endNotices = EndNotices(when: settings.notify, runsCommand: settings.notifyCommand != nil)
        return state
    }

    private static func end(
        _ last: StudioState,
        _ opened: SessionRuntime,
        _ mode: StudioMode,
        _ context: CommandContext
    ) throws -> StudioMode? {
        let runtime = try opened.result()
        let ending = try Blocking.wait { await runtime.finish() }
        farewell(last, mode: mode, context.console)
        tell(ending, context.console)
        return last.next
    }

    /// What was typed is never gone without a word.
    private static func tell(_ ending: DraftWriter.Ending, _ console: Console) {
        switch ending {
        case .saved: break
        case .filed(let file):
            console.say("The draft could not be saved in the history; the next start finds it in \(file.path).")
        case .lost(let prompt):
            console.say("The draft could not be saved anywhere. This is what was typed:")
            for line in prompt.split(separator: "\n", omittingEmptySubsequences: false) { console.say(String(line)) }
        }
    }

    /// Two lines on the ordinary screen, so that nothing is lost with the full one.
    private static func farewell(_ state: StudioState, mode: StudioMode, _ console: Console) {
        let active = state.runs.activeCount
        if active > 0, mode == .live {
            let what = active == 1 ? "1 prediction goes" : "\(active) predictions go"
            console.say("\(what) on; `darkroom resume` or the next start saves what comes of it.")
        }
        let spent = state.spend[.session]
        if spent.counted > .zero || !spent.remarks.isEmpty, mode == .live {
            console.say((["Spent in this session: \(spent.paid.text)"] + spent.remarks).joined(separator: " · "))
        }
    }
}

extension Settings {
    /// What the runtime of a session has to know.
    fileprivate func runtime(_ mode: StudioMode, _ composition: Composition, _ setUp: SetUp?)
        -> StudioRuntime.Configuration
    {
        let surroundings = composition.context.surroundings
        let used = [imageModel, videoModel]
        let priced = composition.prices.models.keys.filter { !used.contains($0) }.sorted()
        return StudioRuntime.Configuration(
            mode: mode,
            imageModel: imageModel,
            offeredModels: (used + priced).enumerated().map { place, path in
                var model = ModelSummary(path: path, summary: "", isOfficial: path != DefaultModel.video)
                model.isOnlyPriced = place >= used.count
                return model
            },
            spending: spending,
            environment: environment,
            draftFile: paths.draftFile,
            keptTexts: paths.keptTexts,
            libraryFile: paths.libraryFile,
            trash: paths.trash,
            pastedPictures: paths.pasted,
            thumbnails: paths.thumbnails,
            file: { URL(filePath: Paths.expanded($0, home: surroundings.home)) },
            tellOfEnd: notifyCommand.map { command in
                let notify = NotifyCommand(command: command, surroundings: surroundings)
                return { runs in EndNotice.tell(notify, of: runs) }
            },
            setUp: setUp
        )
    }

    /// What the header says of a token that a `.env` file gave.
    fileprivate var tokenFile: StudioState.TokenFile? {
        guard case .dotEnv(let path) = tokenSource else { return nil }
        let isUsual = baseURL.absoluteString == ClientConfiguration.official
        return StudioState.TokenFile(path: path, host: isUsual ? nil : baseURL.host())
    }
}

extension PixelDepth {
    fileprivate init(_ depth: ColorDepth) {
        switch depth {
        case .direct: self = .direct
        case .palette256: self = .palette256
        case .ansi16: self = .ansi16
        case .mono: self = .mono
        }
    }
}
