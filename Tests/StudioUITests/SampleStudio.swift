import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI
import Studio
import StudioUI
import Terminal

/// A studio with a model, a prompt, images and predictions in every stage, at a frozen moment.
enum SampleStudio {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static let reducer = StudioReducer(prices: PriceBook.builtIn, measure: TextWidth.columns(of:))

    static let flux = ModelDetails(
        path: "black-forest-labs/flux-schnell",
        summary: "The fastest image generation model for local development and personal use",
        isOfficial: true,
        schema: InputSchema(fields: [
            InputField(name: "prompt", kind: .text, isRequired: true, order: 0),
            InputField(
                name: "aspect_ratio",
                kind: .choice(["1:1", "16:9", "21:9", "3:2", "2:3"]),
                defaultValue: "1:1",
                order: 1
            ),
            InputField(name: "num_outputs", kind: .integer(minimum: 1, maximum: 4), defaultValue: 1, order: 2),
            InputField(name: "num_inference_steps", kind: .integer(minimum: 1, maximum: 4), defaultValue: 4, order: 3),
            InputField(name: "seed", kind: .integer(minimum: nil, maximum: nil), order: 4),
            InputField(name: "output_format", kind: .choice(["webp", "jpg", "png"]), defaultValue: "webp", order: 5),
            InputField(name: "output_quality", kind: .integer(minimum: 0, maximum: 100), defaultValue: 80, order: 6),
            InputField(name: "go_fast", kind: .boolean, defaultValue: true, order: 7),
            InputField(name: "disable_safety_checker", kind: .boolean, defaultValue: false, order: 8),
        ])
    )

    static let skyreels = ModelDetails(
        path: "fofr/skyreels-2",
        summary: "A video from still images",
        isOfficial: false,
        schema: InputSchema(fields: [
            InputField(name: "image_urls", kind: .files(most: nil), isRequired: true, order: 0),
            InputField(name: "prompt", kind: .text, order: 1),
        ])
    )

    /// A studio that has just opened, sized for `size`.
    static func opened(
        mode: StudioMode = .live,
        draft: Draft = Draft(),
        runs: [RunItem] = [],
        keys: KeyTable = .standard,
        editing: EditingKeys = .emacs,
        size: Size
    ) -> StudioState {
        var state = StudioState(mode: mode, budget: Budget(), keys: keys, editing: editing, now: now)
        var budget = Budget()
        budget.session = Money("5.00")
        budget.day = Money("5.00")
        budget.askAbove = Money("0.10")
        send(
            .started(
                Startup(
                    mode: mode,
                    draft: draft,
                    defaultModel: flux.path,
                    runs: RunPage(runs: runs),
                    spend: Spend(session: SpendSum(paid: Money("0.31")!), today: SpendSum(paid: Money("0.31")!)),
                    budget: budget,
                    models: [flux, skyreels].map {
                        ModelSummary(path: $0.path, summary: $0.summary, isOfficial: $0.isOfficial)
                    }
                )
            ),
            to: &state
        )
        let path = state.compose.model.path
        send(.modelLoaded(path == skyreels.path ? skyreels : flux), to: &state)
        send(.connectivityChanged(mode == .noToken ? .unknown : .online), to: &state)
        fit(&state, to: size)
        return state
    }

    @discardableResult
    static func send(_ action: StudioAction, to state: inout StudioState) -> [StudioEffect] {
        reducer.reduce(&state, action)
    }

    /// What the main loop does before it draws.
    static func fit(_ state: inout StudioState, to size: Size) {
        send(.viewportChanged(ScreenLayout(size: size, state: state).viewport(state: state)), to: &state)
    }

    static func busy(size: Size) -> StudioState {
        var state = opened(
            draft: Draft(
                prompt: "A red fox asleep in a hollow oak, morning fog, 85 mm, shallow depth of field, film grain. "
                    + "The fur catches a single beam of {golden|silver} light from the left.\n\nMoss on the bark.",
                images: [
                    ImageList.Entry(text: "https://replicate.delivery/xezq/Hk2l9/fox-pose.png", isOn: true),
                    ImageList.Entry(text: "https://example.org/ref/oak.jpg", isOn: true),
                    ImageList.Entry(text: "https://example.org/ref/a/very/long/path/to/the/mood.webp", isOn: false),
                    ImageList.Entry(text: "ftp://example.org/x.png", isOn: true),
                ],
                inputs: ["aspect_ratio": "16:9", "num_outputs": 4, "seed": 42],
                count: 1
            ),
            runs: runs,
            size: size
        )
        for item in state.compose.images.items {
            let result: ImageList.CheckResult =
                item.text.hasSuffix("pose.png")
                ? .ok(ImageFacts(contentType: "image/png", width: 1_024, height: 1_024, bytes: 412_300))
                : .bad(reason: "404 not found")
            send(.imageChecked(item.id, url: item.text, result), to: &state)
        }
        send(.ticked(now), to: &state)
        return state
    }

    static var runs: [RunItem] {
        func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }
        let price = Estimate.exact(Money("0.012")!, because: "4 images × $0.003")
        return [
            RunItem(
                id: .init(rawValue: "a"),
                predictionID: "xk3f09q",
                model: flux.path,
                prompt: "A red fox asleep",
                input: ["seed": 42, "prompt": "A red fox asleep"],
                stage: .processing,
                createdAt: ago(7),
                startedAt: ago(6),
                logs: "Using seed: 42\n 62%|██████▏   | 17/28 [00:03<00:02,  5.00it/s]",
                progress: LogProgress(logs: " 62%|██████▏   | 17/28 [00:03<00:02,  5.00it/s]"),
                typicalDuration: 12,
                estimate: price
            ),
            RunItem(
                id: .init(rawValue: "b"),
                predictionID: "w4n",
                model: "wan-video/wan-2.2-i2v-fast",
                prompt: "the fox wakes\nand yawns",
                stage: .starting,
                createdAt: ago(31),
                estimate: .exact(Money("0.05")!, because: "1 video × $0.05")
            ),
            RunItem(
                id: .init(rawValue: "c"),
                predictionID: "d0n",
                model: flux.path,
                prompt: "A red fox asleep in the ho",
                stage: .succeeded,
                createdAt: ago(200),
                startedAt: ago(199),
                finishedAt: ago(190),
                estimate: price,
                cost: .counted(Money("0.012")!, because: "4 images × $0.003"),
                outputs: [
                    RunOutput(
                        url: "https://replicate.delivery/xezq/out-0.webp",
                        path: "/data/outputs/fox-0.webp",
                        size: 41_200,
                        contentType: "image/webp"
                    )
                ]
            ),
            RunItem(
                id: .init(rawValue: "d"),
                predictionID: "f41",
                model: "black-forest-labs/flux-kontext-pro",
                prompt: "make it snow \u{1B}[31m on the \u{202E}oak",
                stage: .failed,
                createdAt: ago(260),
                finishedAt: ago(250),
                estimate: .exact(Money("0.04")!, because: "1 image × $0.04"),
                cost: .free(reason: "a failed run is free"),
                failure: "NSFW content detected. Try another prompt. (E005)"
            ),
            RunItem(
                id: .init(rawValue: "e"),
                model: "lab/slow-diffusion",
                prompt: "drone shot over the oak 夜の森",
                stage: .resendable,
                createdAt: ago(400),
                estimate: .unknown(reason: "billed by time")
            ),
            RunItem(
                id: .init(rawValue: "f"),
                predictionID: "c4n",
                model: "google/veo-3-fast",
                prompt: "drone shot",
                stage: .canceled,
                createdAt: ago(90_000),
                finishedAt: ago(89_990),
                estimate: .range(low: Money("0.8")!, high: Money("1.2")!, because: "8 s"),
                cost: .unknown(reason: "no counter")
            ),
        ]
    }

    static func draw(
        _ state: StudioState,
        size: Size,
        glyphs: Glyphs = Glyphs(isUnicode: true),
        depth: ColorDepth = .direct
    ) -> StudioView.Frame {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var view = StudioView(theme: .darkroom, glyphs: glyphs, depth: depth, calendar: calendar)
        return view.draw(state, layout: ScreenLayout(size: size, state: state), frame: 0)
    }
}
