/// Commands while a line is typed into: the filter of the table, an image's address, an input's value.
///
/// Each returns false for a command that is not for the field; it is then dispatched as if there were none.
enum FieldReducer {
    /// Goes to the field that is open, of several to the first in this order.
    static func reduce(_ command: Command, _ state: inout StudioState) -> Bool {
        if state.filterEntry != nil, enterFilter(command.meaning, &state) { return true }
        if state.compose.imageEntry != nil, enterImage(command.meaning, &state) { return true }
        if state.compose.inputs.editing != nil, enterInput(command.meaning, &state.compose.inputs) { return true }
        return false
    }

    private static func enterFilter(_ command: CommandMeaning, _ state: inout StudioState) -> Bool {
        switch command {
        case .acceptField: state.filterEntry = nil
        case .screen(.back), .screen(.interrupt):
            state.filterEntry = nil
            state.filter(by: "")
        case .list(.up), .list(.down):
            guard case .list(let move) = command else { break }
            if !LightTableReducer.reduce(command, &state) { TableReducer.move(move, &state) }
        case .edit(let operation):
            state.filterEntry?.perform(operation)
            state.filter(by: state.filterEntry?.text ?? "")
        case .screen, .compose, .list, .normalMode, .images, .inputs, .runs, .annotate, .detail, .large, .film, .ledger,
            .dialog:
            return false
        }
        return true
    }

    private static func enterImage(_ command: CommandMeaning, _ state: inout StudioState) -> Bool {
        switch command {
        case .acceptField: acceptImage(&state)
        case .screen(.back), .screen(.interrupt): state.compose.imageEntry = nil
        case .edit(let operation): state.compose.imageEntry?.editor.perform(operation)
        case .screen, .compose, .list, .normalMode, .images, .inputs, .runs, .annotate, .detail, .large, .film, .ledger,
            .dialog:
            return false
        }
        return true
    }

    private static func acceptImage(_ state: inout StudioState) {
        guard let entry = state.compose.imageEntry else { return }
        guard let id = entry.id else {
            state.compose.imageEntry = nil
            if let said = ImagesReducer.add(entry.editor.text, &state.compose.images) { state.say(.information, said) }
            return
        }
        // What is refused stays in the field, to be mended.
        switch state.compose.images.edit(id, to: entry.editor.text) {
        case .changed, .unchanged: state.compose.imageEntry = nil
        case .duplicate:
            let back = state.keys.name(of: .back)
            state.say(.warning, "This image is in the list already; \(back) leaves the row as it was")
        case .several: state.say(.warning, "One image a row; \(state.keys.name(of: .addImage)) adds more")
        }
    }

    private static func enterInput(_ command: CommandMeaning, _ form: inout InputsForm) -> Bool {
        switch command {
        case .acceptField: form.commitEditing()
        // Tab takes the value, then goes on as Tab does; a refused one stays.
        case .screen(.nextPane), .screen(.previousPane): return !form.commitEditing()
        case .screen(.back), .screen(.interrupt): form.cancelEditing()
        case .edit(let operation): form.edit { $0.perform(operation) }
        case .screen, .compose, .list, .normalMode, .images, .inputs, .runs, .annotate, .detail, .large, .film, .ledger,
            .dialog:
            return false
        }
        return true
    }
}
