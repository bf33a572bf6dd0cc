import Foundation
import Money
import ReplicateAPI

extension PricedInputs {
    /// The number of units; nil when it is not known before the run.
    func amount(of unit: Price.Unit, usual: RunHistory.UsualSeconds?) -> Quantity? {
        switch unit {
        case .run, .video: Quantity(1)
        case .image: files.map { Quantity(Decimal($0)) } ?? images
        case .second: seconds
        case .megapixel: megapixels
        case .computeSecond:
            usual.map { Quantity(Quantity.seconds($0.low), Quantity.seconds($0.high)) }
        case .inputMegapixel: inputMegapixels.map(Quantity.init)
        case .inputToken, .outputToken, .audioSecond: entry.formula(of: unit).flatMap(evaluate)
        case .inputCharacter: characters
        }
    }

    /// The value of a formula; nil when an input is missing or is not a number above zero.
    private func evaluate(_ formula: QuantityFormula) -> Quantity? {
        var value = Decimal(1)
        for factor in formula.over {
            guard let number = self.value(of: factor) else { return nil }
            value *= number
        }
        for factor in formula.under {
            guard let number = self.value(of: factor) else { return nil }
            value /= number
        }
        return Quantity(value.rounded(6))
    }

    private func value(of factor: QuantityFormula.Factor) -> Decimal? {
        switch factor {
        case .number(let number): return number
        case .input(let names):
            guard let name = names.first(where: { isPresent($0) }) ?? names.first(where: { plain($0) != nil }) else {
                return nil
            }
            if let list = sent(name)?.array { return list.isEmpty ? nil : Decimal(list.count) }
            // A list of addresses may be one text with one address on each line.
            if let text = sent(name)?.string, text.contains("://") {
                return Decimal(text.split(whereSeparator: \.isNewline).count)
            }
            return text(name).flatMap(InputMagnitude.init).flatMap {
                [.none, .seconds].contains($0.unit) ? $0.amount : nil
            }
        }
    }

    /// Whether an input of `formula` was sent or measured, also with a value that lets the model choose.
    private func isSent(_ formula: QuantityFormula) -> Bool {
        formula.inputs.contains { sent($0) != nil || measured[$0] != nil }
    }

    /// Why a default is not certain: the model lacks an input by which the entry counts. Nil: it is certain.
    private func uncertainty(_ formula: QuantityFormula) -> String? {
        guard let schema else { return nil }
        for case .input(let names) in formula.over + formula.under
        where !names.contains(where: { schema[$0] != nil || sent($0) != nil || measured[$0] != nil }) {
            return "the model has no input \(names.joined(separator: " or "))"
        }
        return nil
    }

    private var images: Quantity? {
        if let most = entry.mostImages, mayHold(most.conditions) {
            // The model decides the number of images.
            guard let number = number(most.input) else { return plain(most.input) == nil ? Quantity(1) : nil }
            return number >= 1 ? Quantity(1, number) : nil
        }
        guard let formula = entry.formula(of: .image) else { return Quantity(1) }
        // Most models make one image and have no input for the number. But if the entry names an input, the model
        // should have it.
        let uncertainty = entry.quantities[.image] == nil ? nil : uncertainty(formula)
        if let count = evaluate(formula) { return Quantity(count.least, count.most, uncertainty: uncertainty) }
        guard !formula.inputs.contains(where: { plain($0) != nil }) else { return nil }
        return Quantity(1, uncertainty: uncertainty)
    }

    /// Whether the conditions may hold. A condition on an input that this version of the model lacks may hold.
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
        guard let formula = entry.formula(of: .second) else {
            return entry.defaultLength.map { Quantity($0.least, $0.most) }
        }
        if let length = evaluate(formula) {
            return Quantity(length.least, length.most, uncertainty: uncertainty(formula))
        }
        // −1 and `auto` mean that the model chooses.
        guard !isSent(formula), let length = entry.defaultLength else { return nil }
        return Quantity(length.least, length.most, uncertainty: uncertainty(formula))
    }

    /// User-perceived characters and UTF-16 units may differ; it is not known which of them the bill counts.
    private var characters: Quantity? {
        let names = entry.formula(of: .inputCharacter)?.inputs ?? []
        let given = names.compactMap { sent($0)?.string }.first { !$0.isEmpty }
        guard let text = given ?? names.lazy.compactMap({ text($0) }).first, !text.isEmpty else { return nil }
        return Quantity(Decimal(text.count), Decimal(text.utf16.count))
    }

    private var megapixels: Quantity? {
        let sides = number("width").flatMap { width in number("height").map { width * $0 } }
        let exact = sides.flatMap { $0 > 0 ? Quantity(($0 / 1_000_000).rounded(0, .up)) : nil }
        // `1`, `0.25`, `2 MP`: an approximate size with any ratio of the sides.
        let named = text("megapixels") ?? text("resolution").flatMap { $0.uppercased().hasSuffix("MP") ? $0 : nil }
        let about = named.flatMap(InputMagnitude.init).map { size in
            Quantity(size.amount.rounded(0, .up), (size.amount * Self.nominal).rounded(0, .up))
        }
        guard let exact else { return about }
        // Width and height apply only with the ratio `custom`; for other ratios it is not known which of the two the
        // model uses.
        guard let about, text("aspect_ratio")?.lowercased() != "custom" else { return exact }
        return Quantity(min(exact.least, about.least), max(exact.most, about.most))
    }

    /// A named megapixel has up to 2²⁰ pixels, and sides are rounded to whole blocks.
    private static let nominal = Decimal(sign: .plus, exponent: -1, significand: 12)

    /// Megapixels of all input pictures that the price counts; nil unless all of their sizes are known.
    private var inputMegapixels: Decimal? {
        let names = entry.prices.filter { $0.unit == .inputMegapixel }.flatMap(\.conditions.keys)
        var sum = Decimal(0)
        for address in Set(names).compactMap({ input[$0] }).flatMap(\.strings) {
            guard let megapixels = megapixelsIn[address] else { return nil }
            sum += megapixels.rounded(0, .up)
        }
        return sum > 0 ? sum : nil
    }

    func unknownReason(_ unit: Price.Unit) -> String {
        switch unit {
        case .second:
            if let formula = entry.quantities[.second],
                formula.inputs.contains(where: { sent($0)?.array?.isEmpty == true })
                    || (formula.onlyInput == nil && !isSent(formula))
            {
                "the length of the video comes from \(formula.inputs.joined(separator: " and ")), which is not given yet"
            } else {
                "the length of the video is not known before the run"
            }
        case .audioSecond: "the length of the sound is not known before the run"
        case .inputToken, .outputToken: "billed by token; how many is known after the run"
        case .inputCharacter: "billed by character; there is no text yet"
        case .inputMegapixel: "the size of the input images is not known"
        case .megapixel: "the size of the picture is not known"
        case .computeSecond: "billed by time, and no run of it is known yet"
        case .image:
            "\((entry.formula(of: .image)?.inputs ?? []).joined(separator: " and ")) is no number of images"
        case .run, .video: "not known"
        }
    }
}
