import Foundation
import Money
import Predictions
import Pricing
import ReplicateAPI
import ReplicateClient
import Studio
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

    /// Returns when the person leaves. Throws ``CommandError`` when there is no terminal to draw on, or no history.
    static func run(_ context: CommandContext, _ settings: Settings, mode: StudioMode) throws {
        let mailbox = Mailbox()
        let feed = RunFeed()
        let composition = try Composition(
            context,
            settings: settings,
            pool: .shared,
            onNotice: { _ in },
            onUpdate: { feed.post($0) }
        )
        TerminalSignals.installCrashHandlers()
        let signals = TerminalSignals(waker: mailbox.waker)
        let screen: Screen
        do throws(ScreenError) {
            screen = try Screen.open(
                input: context.console.input,
                output: context.console.output,
                logDescriptor: composition.logDescriptor,
                mouse: settings.mouse,
                environment: settings.environment
            )
        } catch {
            throw CommandError(.usage, error.description)
        }
        let previews = PreviewStore()
        let performer = StudioPerformer(
            composition: composition,
            mailbox: mailbox,
            previews: previews,
            depth: screen.depth,
            mode: mode
        )
        feed.connect(performer.receive)
        var state = StudioState(
            mode: mode,
            model: settings.imageModel,
            budget: settings.spending.budget,
            keys: settings.keys,
            editing: settings.editing,
            now: Date()
        )
        state.tokenFile = settings.tokenFile
        let program = Program(
            screen: screen,
            signals: signals,
            mailbox: mailbox,
            reducer: StudioReducer(prices: composition.prices, measure: TextWidth.columns(of:)),
            view: StudioView(
                theme: settings.theme ?? Theme.guessed(environment: settings.environment),
                glyphs: Glyphs(isUnicode: screen.isUnicode),
                depth: screen.depth,
                calendar: .current,
                pictures: previews
            ),
            state: state,
            adaptsTheme: settings.theme == nil,
            escapeTime: settings.escapeTime,
            keptTexts: settings.paths.keptTexts,
            perform: performer.perform
        )
        performer.start()
        screen.setTitle("darkroom")
        let last = program.run()
        let ending = performer.finish()
        farewell(last, mode: mode, context.console)
        tell(ending, context.console)
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
        let parts = state.spend.parts(state.spend.session)
        if parts.counted > .zero || !parts.remarks.isEmpty, mode == .live {
            console.say(
                (["Spent in this session: \(parts.paid.text)"] + parts.remarks).joined(separator: " · ")
            )
        }
    }
}

extension Settings {
    /// What the header says of a token that a `.env` file gave.
    fileprivate var tokenFile: StudioState.TokenFile? {
        guard case .dotEnv(let path) = tokenSource else { return nil }
        let isUsual = baseURL.absoluteString == ClientConfiguration.official
        return StudioState.TokenFile(path: path, host: isUsual ? nil : baseURL.host())
    }
}
