import Foundation
import Money
import Pricing
import ReplicateAPI

/// The rows of each kind of list.
struct PickerItems: Sendable {
    let prices: PriceBook

    /// What the two rows stand for that are no prediction's; ids have no blanks.
    static let sendAgain = "send again"
    static let cancel = "leave it"

    /// What was used here comes first, then what everybody uses, then what only the price book names.
    ///
    /// - Parameter found: what the API has answered to what is typed.
    /// - Parameter isDemo: the demo has a part of the models only; what it has not been asked for is marked.
    func models(_ offered: [ModelSummary], found: [ModelSummary], isDemo: Bool) -> [Picker.Item] {
        let answers = Dictionary(found.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let known = offered.filter { !$0.isOnlyPriced }.map { known in
            var fresh = answers[known.path] ?? known
            fresh.usualSeconds = known.usualSeconds
            return fresh
        }
        let paths = Set(known.map(\.path))
        let others = answers.values.filter { !paths.contains($0.path) }
            .sorted { ($1.runCount ?? 0, $0.path) < ($0.runCount ?? 0, $1.path) }
        let priced = offered.filter { $0.isOnlyPriced && answers[$0.path] == nil }.map { summary in
            var item = model(summary)
            item.isAbsent = isDemo
            return item
        }
        return (known + others).map(model) + priced
    }

    func model(_ model: ModelSummary) -> Picker.Item {
        let price = prices.shortHeadline(for: model.path)
        var item = Picker.Item(
            value: model.path,
            title: model.path,
            note: price ?? (model.isOfficial ? "?" : "by time")
        )
        item.model = model
        item.model?.kind = model.kind ?? kind(of: model.path)
        return item
    }

    /// What a model makes by what is counted for its price; nil where that says nothing.
    private func kind(of path: String) -> ModelKind? {
        switch prices.unit(for: path) {
        case .image, .megapixel: .image
        case .video, .second: .video
        case .audioSecond: .audio
        case .outputToken: .text
        case .run, .inputMegapixel, .inputToken, .inputCharacter, .computeSecond, nil: nil
        }
    }

    var hardware: [Picker.Item] {
        prices.hardwareByPrice.map { hardware in
            Picker.Item(value: hardware.sku, title: hardware.sku, note: "\(hardware.rate.exactText)/s")
        } + [Picker.Item(value: "", title: "I do not know", note: "asks before each run")]
    }

    func choices(of field: InputField) -> [Picker.Item] {
        field.options.map { option in
            Picker.Item(
                value: option.plain,
                title: option.isNull ? "not set" : option.plain,
                note: option.isSame(as: field.defaultValue ?? .null) ? "default" : ""
            )
        }
    }

    func ticks(of field: InputField, in form: InputsForm) -> [Picker.Item] {
        let ticked = form.ticked(of: field)
        return (field.ticks ?? []).map { value in
            var item = Picker.Item(value: value.plain, title: value.plain)
            item.isTicked = ticked.contains { $0.isSame(as: value) }
            return item
        }
    }

    func candidates(_ candidates: [RunCandidate], now: Date) -> [Picker.Item] {
        candidates.map { candidate in
            let age = candidate.createdAt.map { "created \(Self.age(now.timeIntervalSince($0))) ago" }
            return Picker.Item(
                value: candidate.id,
                title: candidate.id,
                note: [age, candidate.status].compactMap { $0 }.joined(separator: " · "),
                obstacle: candidate.isTaken ? "Another run is that prediction already" : nil
            )
        } + [
            Picker.Item(value: Self.sendAgain, title: "None of these: send again", note: "asks first"),
            Picker.Item(value: Self.cancel, title: "Cancel"),
        ]
    }

    /// A length of time in its largest unit, such as `5 min`.
    static func age(_ seconds: Double) -> String {
        let seconds = Int(min(max(seconds, 0), 1e9))
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}
