import Foundation
import ReplicateAPI

/// The effect on the price of inputs that the entry does not mention.
struct UnlistedInputs {
    /// Factors of the lower and the upper end; 1: no change.
    var least = Decimal(1)
    var most = Decimal(1)
    /// Ends of sentences, such as `megapixels 0.25 is not in the price book, 1 by default`.
    var notes: [String] = []
    /// Why the price cannot be worked out; nil when it can.
    var obstacle: String?

    /// Whether the price is that of the entry.
    var isEmpty: Bool { notes.isEmpty && obstacle == nil }
}

extension PricedInputs {
    /// Inputs whose value differs from the one for which the entry was written, and whose effect the entry does not
    /// tell. Prompts, pictures and settings such as a seed are not among them.
    var unlisted: [(name: String, value: JSONValue, effect: InputEffect)] {
        let named = entry.named
        // This version of the model may have other defaults than the entry.
        let standing = schema == nil ? [] : Array(entry.defaults.keys)
        let names: [String] = Set(input.keys).union(standing).subtracting(named).sorted()
        return names.compactMap { name in
            guard let value = sent(name) ?? schema?[name]?.defaultValue else { return nil }
            if let usual = usual(name), usual.means(value) { return nil }
            // An empty list or text is sent when the user gave nothing.
            if usual(name) == nil, value.array?.isEmpty == true || value.string?.isEmpty == true { return nil }
            let effect = effect(of: name, value)
            return effect == .none ? nil : (name, value, effect)
        }
    }

    /// The value for which the entry was written: its own default, else the model's.
    private func usual(_ name: String) -> JSONValue? {
        entry.defaults[name].map(JSONValue.string) ?? schema?[name]?.defaultValue
    }

    /// The combined effect of ``unlisted``.
    var unlistedEffect: UnlistedInputs {
        unlisted.reduce(into: UnlistedInputs()) { sum, found in
            let shown = found.value.plain.prefix(24)
            let usual = usual(found.name)
            switch found.effect {
            case .none: break
            case .uncertain:
                sum.notes.append("\(found.name) \(shown) may change it")
            case .proportional(let isSide):
                guard let usual, let factor = Self.factor(found.value, usual, isSide: isSide) else { fallthrough }
                sum.least *= min(factor, 1)
                sum.most *= max(factor, 1)
                sum.notes.append("\(found.name) \(shown) is not in the price book, \(usual.plain) by default")
            case .decisive:
                sum.obstacle = sum.obstacle ?? "nobody has told what \(found.name) \(shown) does to the price"
            }
        }
    }

    /// The factor between two values; nil when they cannot be compared.
    private static func factor(_ value: JSONValue, _ usual: JSONValue, isSide: Bool) -> Decimal? {
        guard let value = InputMagnitude(value.plain), let usual = InputMagnitude(usual.plain),
            let times = value.times(usual)
        else { return nil }
        switch value.unit {
        case .lines, .kilopixels: return times * times
        case .none: return isSide ? times * times : times
        case .seconds, .megapixels, .area: return times
        }
    }
}
