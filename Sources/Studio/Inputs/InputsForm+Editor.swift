import Foundation
import ReplicateAPI

extension InputsForm {
    /// What goes to the person's editor: what is being typed, else the value, JSON on several lines.
    func editableText(of field: InputField) -> String {
        let field = branched(field)
        if let editing, editing.field == field.name { return Self.spread(editing.editor.text, field) }
        guard let value = values[field.name] ?? field.defaultValue, !value.isNull else {
            return field.isStructured ? field.emptyText : ""
        }
        return field.isStructured ? value.text(pretty: true) + "\n" : value.plain
    }

    private static func spread(_ text: String, _ field: InputField) -> String {
        guard field.isStructured, let value = try? JSONValue(parsing: Data(text.utf8)) else { return text }
        return value.text(pretty: true) + "\n"
    }

    /// Takes what came back from the editor. What is refused is typed into the input, with the reason, to be mended.
    mutating func takeEdited(_ text: String, for name: String) {
        guard let field = self[name] else { return }
        editing = nil
        select(named: name)
        // Editors end a text with a line break.
        let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard let reason = typed(text, into: branched(field)) else { return }
        let isMultiline = branched(field).kind == .text && text.contains(where: \.isNewline)
        let editor = TextEditor(text, isMultiline: isMultiline)
        editing = InputEditing(field: name, editor: editor, issue: reason, original: editor.text)
    }
}

extension InputField {
    /// The shape of a value where there is none yet.
    fileprivate var emptyText: String {
        switch kind {
        case .object(let members) where !members.isEmpty:
            let shown = members.filter { $0.isRequired || $0.defaultValue != nil }
            let values = shown.map { ($0.name, $0.defaultValue ?? $0.emptyValue) }
            return JSONValue.object(JSONObject(values) { first, _ in first }).text(pretty: true) + "\n"
        case .list: return "[]\n"
        default: return "{}\n"
        }
    }

    private var emptyValue: JSONValue {
        switch kind {
        case .integer, .number: 0
        case .boolean: false
        case .choice(let values): values.first ?? ""
        case .files, .texts, .list: []
        case .object: [:]
        case .text, .secret, .file, .union, .json: ""
        }
    }
}
