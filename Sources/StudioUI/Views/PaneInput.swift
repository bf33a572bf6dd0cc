import Foundation
import Money
import Pixels
import Pricing
import ReplicateAPI
import Studio

/// What a part of the screen is drawn from, besides its place, the theme and the keys. Two that are equal draw the same
/// cells: whatever a view reads of the state stands here, and a test draws random states with kept cells and without.
enum PaneInput: Equatable {
    case header(Header)
    case model(Model)
    case prompt(Prompt)
    case images(Images)
    case inputs(Inputs)
    case predictions(Predictions)
    case detail(Detail)
    case estimate(Price)
    case facts(Facts)
    case footer(Footer)

    struct Header: Equatable {
        let mode: StudioMode
        let tokenFile: StudioState.TokenFile?
        /// Of the tabs; nil: there are none.
        let focus: Pane?
        let spend: Spend
        let budget: Budget
        let active: Int
        let connectivity: Connectivity
        let unseen: UnseenResults

        init(_ state: StudioState, _ layout: ScreenLayout) {
            unseen = state.unseen
            mode = state.mode
            tokenFile = state.tokenFile
            focus = layout.shape == .tabbed ? state.focus : nil
            spend = state.spend
            budget = state.budget
            active = state.runs.activeCount
            connectivity = state.connectivity
        }
    }

    struct Model: Equatable {
        let choice: ModelChoice
        let isFocused: Bool

        init(_ state: StudioState) {
            choice = state.compose.model
            isFocused = state.focus == .model
        }
    }

    struct Prompt: Equatable {
        let isFocused: Bool
        let editor: TextEditor
        let layout: WrappedText
        let refusal: String?
        let runs: Int
        let count: Int
        let isSent: Bool
        let name: NameEntry?
        let vim: VimEditing?

        init(_ state: StudioState) {
            isFocused = state.focus == .prompt
            editor = state.compose.prompt
            layout = state.compose.promptLayout
            refusal = state.compose.refusal(in: .prompt)
            runs = state.compose.quote.runs
            count = state.compose.count
            isSent = state.compose.promptField != nil
            name = state.nameEntry
            vim = state.vim
        }
    }

    struct Images: Equatable {
        let isFocused: Bool
        let list: ImageList
        let entry: ComposeState.ImageEntry?
        let refusal: String?
        let takesImages: Bool
        let names: ImageNames

        init(_ state: StudioState) {
            isFocused = state.focus == .images
            list = state.compose.images
            entry = state.compose.imageEntry
            refusal = state.compose.refusal(in: .images)
            takesImages = state.compose.model.details == nil || state.compose.binding != nil
            names = state.imageNames
        }
    }

    struct Inputs: Equatable {
        let isFocused: Bool
        let isZoomed: Bool
        let form: InputsForm
        let refusals: [String?]
        let isKnown: Bool

        init(_ state: StudioState) {
            isKnown = state.compose.model.details != nil
            isFocused = state.focus == .inputs
            isZoomed = state.isZoomed
            form = state.compose.inputs
            refusals = [state.compose.refusal(in: .inputs)] + form.fields.map { state.compose.refusal(of: $0.name) }
        }
    }

    struct Predictions: Equatable {
        let isFocused: Bool
        let list: RunListAppearance
        let filter: TextEditor?
        let annotation: AnnotationEntry?
        /// What an empty list says.
        let mode: StudioMode
        let total: Estimate?
        let model: ModelChoice?
        let isPromptEmpty: Bool?
        let isHeld: Bool?
        let now: Date
        let frame: Int

        init(_ state: StudioState, _ moment: PredictionsView.Moment, rows: Int) {
            isFocused = state.focus == .predictions
            list = state.runs.appearance
            filter = state.filterEntry
            annotation = state.annotationEntry
            mode = state.mode
            let isEmpty = state.runs.shown.isEmpty
            total = isEmpty ? state.compose.quote.total : nil
            model = isEmpty ? state.compose.model : nil
            isPromptEmpty = isEmpty ? state.compose.prompt.isEmpty : nil
            isHeld = isEmpty ? state.compose.quote.obstacle != nil : nil
            let isMoving = state.runs.shown.dropFirst(state.runs.top).prefix(rows).contains(where: \.isActive)
            // Of a run that has ended the time is told by the minute, and from the next day on by its date.
            now =
                isMoving
                ? moment.now : Date(timeIntervalSince1970: (moment.now.timeIntervalSince1970 / 60).rounded(.down))
            frame = isMoving ? moment.frame : 0
        }
    }

    struct Detail: Equatable {
        let isFocused: Bool
        let detail: DetailState
        let run: RunItem?
        let list: RunListAppearance
        let preview: StudioState.Preview?
        let film: Film?
        let picture: RenderedPicture?
        let strip: [RenderedPicture?]
        let filmStrip: FilmStrip?
        let image: String?
        let imageNumber: Int
        let hidesPicture: Bool
        let home: String
        let now: Date?

        init(_ state: StudioState, stripped: Range<Int>) {
            isFocused = state.focus == .detail
            detail = state.detail
            run = state.runs.selected
            list = state.runs.appearance
            preview = state.preview
            film = state.film
            picture = state.shownPicture
            let outputs = state.runs.selected?.outputs ?? []
            strip = stripped.filter(outputs.indices.contains).map { index in
                state.stripKey(outputs[index].path).flatMap { state.pictures[$0] }
            }
            filmStrip = state.filmStrip
            image = state.shownImage
            imageNumber = state.compose.images.selection
            hidesPicture = state.picker != nil
            home = state.home
            now = state.runs.selected?.isActive == true ? state.now : nil
        }
    }

    struct Price: Equatable {
        let quote: Quote
        let spend: Spend
        let budget: Budget
        let hardware: String?

        init(_ state: StudioState) {
            quote = state.compose.quote
            spend = state.spend
            budget = state.budget
            hardware = state.compose.history?.hardware
        }
    }

    struct Facts: Equatable {
        let run: RunItem?
        let output: Int

        init(_ state: StudioState) {
            run = state.runs.selected
            output = state.detail.output
        }
    }

    struct Footer: Equatable {
        let hints: [FooterView.Hint]
        let toast: StudioState.Toast?
        let connectivity: Connectivity
        let run: RunItem?
        let now: Date?
        let frame: Int
        let step: FooterView.Step?

        init(
            _ state: StudioState,
            _ hints: [FooterView.Hint],
            _ layout: ScreenLayout,
            _ moment: PredictionsView.Moment
        ) {
            self.hints = hints
            step = FooterView.step(state, layout)
            run = FooterView.runOnTheWay(state, layout)
            now = run == nil ? nil : moment.now
            frame = run == nil ? 0 : moment.frame
            toast = state.toast
            connectivity = state.connectivity
        }
    }
}
