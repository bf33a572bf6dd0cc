/// Commands while a question is open.
enum ConfirmationReducer {
    /// Returns what the person has agreed to; nil: nothing yet, or the question was dismissed.
    static func reduce(_ command: Command, _ confirmation: inout Confirmation?) -> Confirmation.Purpose? {
        guard let question = confirmation else { return nil }
        switch command.meaning {
        case .dialog(.switchButton), .edit(.move(.left)), .edit(.move(.right)), .screen(.nextPane),
            .screen(.previousPane):
            confirmation?.isConfirmFocused.toggle()
        // Pressed again it is an answer.
        case .screen(.interrupt) where question.purpose == .quit: return .quit
        case .screen(.back), .screen(.interrupt), .screen(.quit): confirmation = nil
        case .dialog(.confirm):
            confirmation = nil
            return question.isConfirmFocused ? question.purpose : nil
        case .screen, .compose, .list, .edit, .normalMode, .acceptField, .images, .inputs, .runs, .annotate, .detail,
            .large,
            .film,
            .ledger,
            .dialog:
            break
        }
        return nil
    }
}
