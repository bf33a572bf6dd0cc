import Foundation
import ReplicateAPI

/// What inputs that the price entry says nothing of do to the price.
struct UnlistedInputs {
    /// Factors of the lower and the upper end; 1 where they change nothing.
    var least = Decimal(1)
    var most = Decimal(1)
    /// Sentences' ends, such as `megapixels 0.25 (1 by default) is not in the price book`.
    var notes: [String] = []
    /// Why nobody can tell the price; nil where somebody can.
    var obstacle: String?

    /// The price is what the entry says.
    var isEmpty: Bool { notes.isEmpty && obstacle == nil }
}

extension PricedInputs {
    /// The inputs that will have another value than the one the entry was written for, and whose effect on the price it
    /// does not tell; prompts, pictures and dials such as a seed are none of them.
    var unlisted: [(name: String, value: JSONValue, effect: InputEffect)] {
        let named = entry.named
        // A default of this version of the model may be another than the entry's.
        let standing = schema == nil ? [] : Array(entry.defaults.keys)
        let names: [String] = Set(input.keys).union(standing).subtracting(named).sorted()
        return names.compactMap { name in
            guard let value = sent(name) ?? schema?[name]?.defaultValue else { return nil }
            if let usual = usual(name), usual.means(value) { return nil }
            // An empty list or text is what is sent when nothing is meant.
            if usual(name) == nil, value.array?.isEmpty == true || value.string?.isEmpty == true { return nil }
            let effect = effect(of: name, value)
            return effect == .none ? nil : (name, value, effect)
        }
    }

    /// The value that the entry was written for: its own word, else the model's default.
    private func usual(_ name: String) -> JSONValue? {
        entry.defaults[name].map(JSONValue.string) ?? schema?[name]?.defaultValue
    }

    /// What ``unlisted`` do together.
    var unlistedEffect: UnlistedInputs {
        unlisted.reduce(into: UnlistedInputs()) { sum, found in
            let shown = found.value.plain.prefix(24)
            let usual = usual(found.name)
            switch found.effect {
            case .none: break
            case .doubtful:
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

    /// nil where the two cannot be compared.
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
