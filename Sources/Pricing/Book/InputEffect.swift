import Foundation
import ReplicateAPI

/// The effect that an input may have on the price when the price entry does not mention it. Worked out from its name,
/// kind, description and value.
enum InputEffect: Hashable {
    /// It changes the content of the output, not its amount: a seed, a style, a file type.
    case none
    /// A doubled value doubles the amount, or makes it four times as much when the value is the side of an area.
    case proportional(isSide: Bool)
    /// It decides the amount or the billed tier, in a way that is not known.
    case decisive
    /// A number whose meaning is not known.
    case uncertain

    /// - Parameters:
    ///   - name: the name of the input.
    ///   - value: the value that is sent.
    ///   - field: the input in the schema; nil when the schema is not known.
    ///   - isTimed: whether the model is billed by the second of computing, so that slower runs cost more.
    init(_ name: String, _ value: JSONValue, field: InputField?, isTimed: Bool) {
        let words = InputWords(name)
        switch field?.kind {
        case .file, .files, .secret:
            self = .none
            return
        default:
            if value.isAddress || Self.isProse(value, field, words) {
                self = .none
                return
            }
        }
        let isSwitch = value.bool != nil
        if words.names(InputWords.amounts) || words.begins(with: InputWords.counting)
            || words.isOneOf(InputWords.counts)
        {
            self = isSwitch ? .decisive : .proportional(isSide: words.names(InputWords.sides))
        } else if words.hasWord(of: InputWords.harmless) || words.isFileQuality(value) {
            self = .none
        } else if isTimed, words.hasWord(of: InputWords.work) {
            self = isSwitch ? .decisive : .proportional(isSide: false)
        } else if words.hasWord(of: InputWords.areas) || words.names(["scale"]) {
            self = isSwitch ? .decisive : .proportional(isSide: true)
        } else if words.hasWord(of: InputWords.tiers) {
            self = .decisive
        } else if value.isNumeric || field?.kind.isNumeric == true {
            switch InputWords.phrase(in: [field?.title, field?.summary]) {
            case .amount: self = .proportional(isSide: false)
            case .side: self = .proportional(isSide: true)
            case nil: self = .uncertain
            }
        } else {
            switch value {
            case .array, .object: self = .uncertain
            case .null, .bool, .integer, .unsigned, .number, .string: self = .none
            }
        }
    }

    /// Text for readers, such as a prompt or a caption: it contains no quantity.
    private static func isProse(_ value: JSONValue, _ field: InputField?, _ words: InputWords) -> Bool {
        guard let text = value.string else { return false }
        if case .choice = field?.kind { return false }
        if words.hasWord(of: InputWords.prose) { return true }
        return InputMagnitude(text) == nil && text.contains { $0.isWhitespace }
    }
}

extension JSONValue {
    fileprivate var isNumeric: Bool { double != nil || string.flatMap(InputMagnitude.init) != nil }
}

extension InputField.Kind {
    fileprivate var isNumeric: Bool {
        switch self {
        case .integer, .number: true
        default: false
        }
    }
}
