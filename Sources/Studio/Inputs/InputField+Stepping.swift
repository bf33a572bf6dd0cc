import Foundation
import ReplicateAPI

extension InputField {
    /// Whether ``InputsForm/step(by:)`` can do anything.
    var hasSteps: Bool {
        switch kind {
        case .integer, .number, .choice, .boolean: true
        default: false
        }
    }

    /// What a choice can be, in the order of the schema; one without a default can also be not made, which is `null`.
    var options: [JSONValue] {
        guard case .choice(let values) = kind else { return [] }
        return (defaultValue == nil && !isRequired ? [.null] : []) + values
    }

    /// What a switch can be: neither on nor off as well where the model takes that.
    private var switchStates: [JSONValue] {
        (isNullable || (defaultValue == nil && !isRequired) ? [.null] : []) + [true, false]
    }

    /// The value `steps` on from `value`, where nil is the default; nil when the kind knows no steps.
    func value(stepping value: JSONValue?, by steps: Int) -> JSONValue? {
        let current = value ?? defaultValue
        switch kind {
        case .integer(let minimum, let maximum):
            guard let from = current?.whole else { return JSONValue(whole: Self.clamp(0, minimum, maximum)) }
            // Beyond 64 bits nothing can be sent exactly, and few take more than a signed number where they do not say.
            let most = maximum == nil ? Int128(Int64.max) : Int128(UInt64.max)
            let (distance, overflows) = Int128(steps).multipliedReportingOverflow(by: integerStep)
            guard !overflows else { return nil }
            let target = Self.clamp(
                Self.clamp(from, Int128(Int64.min), most) + Self.clamp(distance, -most, most),
                Int128(Int64.min),
                most
            )
            return JSONValue(whole: Self.clamp(target, minimum, maximum))
        case .number(let minimum, let maximum):
            guard let from = current?.double else { return Self.number(Self.clamp(0, minimum, maximum)) }
            return Self.number(Self.clamp(Self.grid(from, step: numberStep(near: from), by: steps), minimum, maximum))
        case .choice:
            let options = options
            guard !options.isEmpty else { return nil }
            guard let index = options.firstIndex(where: { $0.isSame(as: current ?? .null) }) else {
                return steps > 0 ? options[0] : options[options.count - 1]
            }
            let turn = (index + steps % options.count + options.count) % options.count
            return options[turn]
        case .boolean:
            let states = switchStates
            let index = states.firstIndex { $0.isSame(as: current ?? .null) } ?? (states.count - 1)
            return states[(index + steps % states.count + states.count) % states.count]
        default:
            return nil
        }
    }

    private static func clamp<Value: Comparable>(_ value: Value, _ minimum: Value?, _ maximum: Value?) -> Value {
        var value = value
        if let maximum { value = min(value, maximum) }
        if let minimum { value = max(value, minimum) }
        return value
    }

    /// Whole numbers as the person would have typed them.
    private static func number(_ value: Double) -> JSONValue {
        Int64(exactly: value).map(JSONValue.integer) ?? .number(value)
    }

    /// What the schema says, else one, or the size that the field's numbers are all multiples of where the range is long: pixels go by 8 to 64.
    private var integerStep: Int128 {
        if let step = limits.multipleOf.flatMap({ Int128(exactly: $0) }) { return step }
        guard case .integer(let minimum?, let maximum?) = kind, maximum > minimum else { return 1 }
        let numbers = [minimum, maximum] + (defaultValue?.whole.map { [$0] } ?? [])
        let (span, overflows) = maximum.subtractingReportingOverflow(minimum)
        guard !overflows, span >= 200, span <= 100_000 else { return 1 }
        return [64, 32, 16, 8].first { size in numbers.allSatisfy { $0 % size == 0 } } ?? 1
    }

    /// A twentieth of the range, or of the number's size where no range is known, rounded down to 1 or 5 of its place.
    private func numberStep(near value: Double) -> Double {
        if let step = limits.multipleOf { return step }
        var size = max(abs(value), 1) / 10
        if case .number(let minimum?, let maximum?) = kind, maximum > minimum, (maximum - minimum).isFinite {
            size = (maximum - minimum) / 20
        }
        // The small excess keeps a size that is exactly 1 or 5 from falling below it in binary.
        let place = pow(10, (log10(size) + 1e-9).rounded(.down))
        return size * (1 + 1e-9) >= 5 * place ? 5 * place : place
    }

    /// The multiple of `step` that lies `steps` on from `value`, free of binary dust such as 0.30000000000000004.
    private static func grid(_ value: Double, step: Double, by steps: Int) -> Double {
        let position = value / step
        let start = steps > 0 ? (position + 1e-6).rounded(.down) : (position - 1e-6).rounded(.up)
        let target = start + Double(steps)
        return step < 1 ? target / (1 / step).rounded() : target * step
    }
}
