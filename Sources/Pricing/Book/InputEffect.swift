import Foundation
import ReplicateAPI

/// What an input may do to the price when the price entry says nothing of it: told from its name, its kind, its
/// description and its value.
enum InputEffect: Hashable {
    /// It changes what is made, not how much of it: a seed, a style, a file type.
    case none
    /// Twice the value makes so much as twice as much, or four times where it is the side of an area.
    case proportional(isSide: Bool)
    /// It decides how much is made or which tier is billed, and nobody can tell by how much.
    case decisive
    /// A number that may mean anything.
    case doubtful

    /// - Parameters:
    ///   - field: nil where the schema is not known.
    ///   - isTimed: billed by the second of compute, so that what takes longer costs more.
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
            case nil: self = .doubtful
            }
        } else {
            switch value {
            case .array, .object: self = .doubtful
            case .null, .bool, .integer, .unsigned, .number, .string: self = .none
            }
        }
    }

    /// Text for people to read, such as a prompt or a caption: it holds no quantity.
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
