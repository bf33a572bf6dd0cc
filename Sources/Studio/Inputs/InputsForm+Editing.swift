import ReplicateAPI

extension InputsForm {
    mutating func takeOverflow() -> Int { editing?.editor.takeOverflow() ?? 0 }

    /// What is typed next is an undo step of its own.
    mutating func endUndoStep() { editing?.editor.endUndoStep() }

    /// Whether what is typed is kept from the screen, and so from the clipboard.
    var editsSecret: Bool { editing.flatMap { self[$0.field] }?.kind == .secret }

    /// Begins to edit the selected input in a line of text: the value it has, a secret always empty. A text of several
    /// lines gets as many. False when there is nothing to type: switches and choices are not.
    @discardableResult
    package mutating func beginEditing() -> Bool {
        guard let field = selected.map(branched), !field.isChosen else { return false }
        let value = (values[field.name] ?? field.defaultValue).flatMap { field.type.issue(with: $0) == nil ? $0 : nil }
        let isEmpty = field.kind == .secret || value?.isNull ?? true
        let text = uploads[field.name]?.path ?? (isEmpty ? "" : value?.plain ?? "")
        let editor = TextEditor(text, isMultiline: field.kind == .text && text.contains(where: \.isNewline))
        editing = InputEditing(field: field.name, editor: editor, original: editor.text)
        return true
    }

    /// Runs a command of the text editor on the input being edited; nil when there is none.
    @discardableResult
    package mutating func edit<Result>(_ command: (inout TextEditor) -> Result) -> Result? {
        guard var current = editing else { return nil }
        let before = current.editor.text
        let result = command(&current.editor)
        if current.editor.text != before { current.issue = nil }
        editing = current
        return result
    }

    /// Takes the typed text as the value and ends editing. A refused text stays in the editor with the reason in
    /// ``InputEditing/issue``, the value stays what it was, and false is returned.
    ///
    /// No text takes the default, or `null` where the input can go without its default.
    @discardableResult
    package mutating func commitEditing() -> Bool {
        guard let current = editing, let field = self[current.field].map(branched) else { return true }
        let typed = current.editor.text
        if typed == current.original, current.issue == nil {
            editing = nil
            return true
        }
        if field.kind == .file, let path = InputUpload.path(in: typed) {
            set(nil, for: field.name)
            uploads[field.name] = InputUpload(path: path)
            editing = nil
            return true
        }
        switch field.reading(typed) {
        case .success(let value):
            set(value, for: field.name)
            editing = nil
            return true
        case .failure(let refusal):
            editing?.issue = refusal.reason
            return false
        }
    }

    /// Takes a text as the value of an input. Returns why it is refused, as a sentence; the value stays what it was then.
    mutating func type(_ text: String, into name: String) -> String? {
        guard let field = self[name] else { return "\(name) is no input of this model" }
        return typed(text, into: field).map { "\(name) \($0)" }
    }

    /// The same; the reason reads after the name.
    mutating func typed(_ text: String, into field: InputField) -> String? {
        switch field.reading(text) {
        case .success(let value): set(value, for: field.name)
        case .failure(let refusal): return refusal.reason
        }
        return nil
    }

    /// Ends editing and leaves the value as it was.
    package mutating func cancelEditing() { editing = nil }
}
