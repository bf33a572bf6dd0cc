import Foundation
import ReplicateAPI

extension InputField {
    struct Refusal: Error, Hashable {
        let reason: String
    }

    /// The value for a text; nil for the default.
    func reading(_ typed: String) -> Result<JSONValue?, Refusal> {
        let isProse = kind == .text || kind == .secret
        let text = isProse ? typed : typed.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { return .success(cleared) }
        guard let value = value(typed: text) else { return .failure(Refusal(reason: issue(typed: text))) }
        if let reason = issue(with: value) { return .failure(Refusal(reason: reason)) }
        return .success(value)
    }

    var isChosen: Bool {
        switch kind {
        case .boolean, .choice: true
        default: false
        }
    }

    /// What stands for a text that was taken away on purpose: nothing where nothing is the default, else null or the
    /// empty text, so that the default does not come back.
    private var cleared: JSONValue? {
        guard defaultValue != nil else { return nil }
        if isNullable { return .null }
        return kind == .text && type.issue(with: "") == nil && !isRequired ? "" : nil
    }
}
