import Foundation
import Money
import ReplicateAPI

extension PricedInputs {
    /// nil: not known before the run.
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

    /// nil where an input is missing or is no number above zero.
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
            // A list of addresses may be one text with an address on each line.
            if let text = sent(name)?.string, text.contains("://") {
                return Decimal(text.split(whereSeparator: \.isNewline).count)
            }
            return text(name).flatMap(InputMagnitude.init).flatMap {
                [.none, .seconds].contains($0.unit) ? $0.amount : nil
            }
        }
    }

    /// Whether somebody has said what `formula` asks for, be it that the model is to choose.
    private func isSent(_ formula: QuantityFormula) -> Bool {
        formula.inputs.contains { sent($0) != nil || measured[$0] != nil }
    }

    /// What stands in the way of trusting a default: the model lacks an input that the entry counts by.
    private func doubt(_ formula: QuantityFormula) -> String? {
        guard let schema else { return nil }
        for case .input(let names) in formula.over + formula.under
        where !names.contains(where: { schema[$0] != nil || sent($0) != nil || measured[$0] != nil }) {
            return "the model has no input \(names.joined(separator: " or "))"
        }
        return nil
    }

    private var images: Quantity? {
        if let most = entry.mostImages, mayHold(most.conditions) {
            // The model decides how many it makes.
            guard let number = number(most.input) else { return plain(most.input) == nil ? Quantity(1) : nil }
            return number >= 1 ? Quantity(1, number) : nil
        }
        guard let formula = entry.formula(of: .image) else { return Quantity(1) }
        // Most models make one, and have no input for it; one that the entry names and the model lacks is another matter.
        let doubt = entry.quantities[.image] == nil ? nil : doubt(formula)
        if let count = evaluate(formula) { return Quantity(count.least, count.most, doubt: doubt) }
        guard !formula.inputs.contains(where: { plain($0) != nil }) else { return nil }
        return Quantity(1, doubt: doubt)
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
        guard let formula = entry.formula(of: .second) else {
            return entry.defaultLength.map { Quantity($0.least, $0.most) }
        }
        if let length = evaluate(formula) { return Quantity(length.least, length.most, doubt: doubt(formula)) }
        // −1 and `auto` let the model choose.
        guard !isSent(formula), let length = entry.defaultLength else { return nil }
        return Quantity(length.least, length.most, doubt: doubt(formula))
    }

    /// Letters as people count them and as programs do may differ; how the bill counts them nobody says.
    private var characters: Quantity? {
        let names = entry.formula(of: .inputCharacter)?.inputs ?? []
        let given = names.compactMap { sent($0)?.string }.first { !$0.isEmpty }
        guard let text = given ?? names.lazy.compactMap({ text($0) }).first, !text.isEmpty else { return nil }
        return Quantity(Decimal(text.count), Decimal(text.utf16.count))
    }

    private var megapixels: Quantity? {
        let sides = number("width").flatMap { width in number("height").map { width * $0 } }
        let exact = sides.flatMap { $0 > 0 ? Quantity(($0 / 1_000_000).rounded(0, .up)) : nil }
        // `1`, `0.25`, `2 MP`: about so many, in whatever ratio the sides have.
        let named = text("megapixels") ?? text("resolution").flatMap { $0.uppercased().hasSuffix("MP") ? $0 : nil }
        let about = named.flatMap(InputMagnitude.init).map { size in
            Quantity(size.amount.rounded(0, .up), (size.amount * Self.nominal).rounded(0, .up))
        }
        guard let exact else { return about }
        // Sides count with a ratio of their own; which of the two the model takes is known only then.
        guard let about, text("aspect_ratio")?.lowercased() != "custom" else { return exact }
        return Quantity(min(exact.least, about.least), max(exact.most, about.most))
    }

    /// A megapixel by name has up to 2²⁰ pixels, and sides are rounded to whole blocks.
    private static let nominal = Decimal(sign: .plus, exponent: -1, significand: 12)

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
