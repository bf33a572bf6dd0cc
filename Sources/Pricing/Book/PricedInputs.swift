import Foundation
import ReplicateAPI

/// A run's inputs as the price sees them.
struct PricedInputs {
    let entry: ModelPrices
    let input: JSONObject
    let schema: InputSchema?
    /// Of pictures that go in, by address.
    var megapixelsIn: [String: Decimal] = [:]
    /// What the server says that it ran, by the name of the input; goes before everything else.
    var measured: [String: String] = [:]

    /// The value as text: what was measured or is sent, else the schema's default, else the book's. nil: nobody says,
    /// and so it is when the model is to choose by itself.
    func text(_ name: String) -> String? {
        let value = plain(name)
        return measured[name] == nil && value?.lowercased() == "auto" ? nil : value
    }

    /// ``text(_:)``, and the word `auto` where that is the value.
    private func plain(_ name: String) -> String? {
        measured[name] ?? sent(name) ?? schema?[name]?.defaultValue?.plain ?? entry.defaults[name]
    }

    func number(_ name: String) -> Decimal? {
        text(name).flatMap { Decimal(string: $0, locale: Locale(identifier: "en_US_POSIX")) }
    }

    private func sent(_ name: String) -> String? {
        input[name].flatMap { $0.isNull ? nil : $0.plain }
    }

    private func isPresent(_ name: String) -> Bool {
        input[name].map { !$0.isNull && $0.array?.isEmpty != true && $0.string?.isEmpty != true } ?? false
    }

    // MARK: Which price

    enum Verdict {
        case yes
        case no
        /// An input that decides is not known.
        case open
    }

    func verdict(_ conditions: [String: Criterion]) -> Verdict {
        var verdict = Verdict.yes
        for (name, criterion) in conditions {
            switch criterion {
            case .present: if !isPresent(name) { return .no }
            case .absent: if isPresent(name) { return .no }
            case .anyOf:
                guard let value = text(name) else {
                    verdict = .open
                    continue
                }
                if !criterion.admits(value) { return .no }
            }
        }
        return verdict
    }

    /// What may apply for `unit`: prices of one unit exclude each other and the one with the most conditions wins, so
    /// there are several only while an input that decides is not known. Empty: no price is known.
    func candidates(for unit: Price.Unit) -> [Price] {
        var best: Price?
        var open: [Price] = []
        for price in entry.prices where price.unit == unit {
            switch verdict(price.conditions) {
            case .no: break
            case .yes: if price.conditions.count >= best?.conditions.count ?? 0 { best = price }
            case .open: open.append(price)
            }
        }
        open = open.filter { $0.conditions.count > best?.conditions.count ?? -1 }
        // A single row of a table that has more of them in reality would pass for the whole of it.
        if best == nil, open.count == 1 { return [] }
        return [best].compactMap { $0 } + open
    }

    /// Inputs that decide the price and that nobody has told.
    var undecided: [String] {
        Set(entry.prices.flatMap { price in price.conditions.filter { text($0.key) == nil && $0.value.isValue }.keys })
            .sorted()
    }

    // MARK: How much of it

    /// nil: not known before the run.
    func amount(of unit: Price.Unit, history: RunHistory?) -> Quantity? {
        switch unit {
        case .run, .video: Quantity(1)
        case .image: count
        case .second: seconds
        case .megapixel: megapixels.map(Quantity.init)
        case .computeSecond:
            history?.usualSeconds.map { Quantity(Quantity.seconds($0.low), Quantity.seconds($0.high)) }
        case .inputMegapixel: inputMegapixels.map(Quantity.init)
        case .inputToken, .outputToken, .audioSecond: nil
        case .inputCharacter: (sent("text") ?? sent("prompt")).map { Quantity(Decimal($0.count)) }
        }
    }

    private var count: Quantity? {
        if measured[entry.countInput] == nil, let most = entry.mostImages, mayHold(most.conditions) {
            // The model decides how many it makes.
            guard let number = number(most.input) else { return text(most.input) == nil ? Quantity(1) : nil }
            return number >= 1 ? Quantity(1, number) : nil
        }
        guard let count = text(entry.countInput) else { return Quantity(1) }
        return Decimal(string: count, locale: Locale(identifier: "en_US_POSIX")).flatMap { $0 > 0 ? Quantity($0) : nil }
    }

    /// Whether they may hold: of an input that this version of the model does not have, nobody can say.
    private func mayHold(_ conditions: [String: Criterion]) -> Bool {
        conditions.allSatisfy { name, criterion in
            switch criterion {
            case .present: return isPresent(name)
            case .absent: return !isPresent(name)
            case .anyOf:
                if let schema, schema[name] == nil, sent(name) == nil { return true }
                return plain(name).map(criterion.admits) ?? false
            }
        }
    }

    private var seconds: Quantity? {
        if let perImage = entry.secondsPerImage {
            let count = input[perImage.input]?.array?.count ?? 0
            return count == 0 ? nil : Quantity(Decimal(count) * perImage.seconds)
        }
        if let name = entry.durationInput, let length = number(name) {
            // −1 lets the model choose.
            return length > 0 ? Quantity(length) : nil
        }
        if let frames = number("num_frames"), let rate = number("fps") ?? number("frames_per_second"), rate > 0 {
            return Quantity(frames / rate)
        }
        return entry.defaultLength.map { Quantity($0.least, $0.most) }
    }

    private var megapixels: Decimal? {
        if let width = number("width"), let height = number("height") {
            return max(1, (width * height / 1_000_000).rounded(0, .up))
        }
        // `1`, `0.25`, `2 MP`.
        guard let text = text("megapixels") ?? text("resolution").flatMap({ $0.hasSuffix("MP") ? $0 : nil }) else {
            return nil
        }
        let number = text.split(separator: " ").first.flatMap { Decimal(string: String($0)) }
        return number.map { $0.rounded(0, .up) }
    }

    /// nil unless the size of every picture is known that the price counts.
    private var inputMegapixels: Decimal? {
        let names = entry.prices.filter { $0.unit == .inputMegapixel }.flatMap(\.conditions.keys)
        var sum = Decimal(0)
        for address in Set(names).compactMap({ input[$0] }).flatMap(\.strings) {
            guard let megapixels = megapixelsIn[address] else { return nil }
            sum += megapixels.rounded(0, .up)
        }
        return sum > 0 ? sum : nil
    }

    func whyUnknown(_ unit: Price.Unit) -> String {
        switch unit {
        case .second:
            if let perImage = entry.secondsPerImage {
                "no images yet: each makes \(perImage.seconds) s of video"
            } else {
                "the length of the video is not known before the run"
            }
        case .audioSecond: "the length of the sound is not known before the run"
        case .inputToken, .outputToken: "billed by token; how many is known after the run"
        case .inputCharacter: "billed by character; there is no text yet"
        case .inputMegapixel: "the size of the input images is not known"
        case .megapixel: "the size of the picture is not known"
        case .computeSecond: "billed by time, and no run of it is known yet"
        case .image: "\(entry.countInput) is no number of images"
        case .run, .video: "not known"
        }
    }
}

extension Criterion {
    var isValue: Bool { if case .anyOf = self { true } else { false } }
}
