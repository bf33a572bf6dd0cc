/// What `.` does again.
struct VimChange: Hashable, Sendable {
    var command: VimCommand
    /// How much was selected; nil: nothing was.
    var extent: VimExtent?
    /// What was typed in insert mode after it.
    var keys: [VimInsertion.Key] = []
}

extension VimCommand {
    /// Whether `.` does it again.
    var isChange: Bool {
        switch action {
        case .apply(let verb, _), .applyToObject(let verb, _), .applyToLines(let verb), .applyToSelection(let verb, _):
            verb.isChange
        case .insert, .put, .join, .replace, .swapCase: true
        case .move, .undo, .redo, .again, .select, .selectAgain, .selectObject, .otherEnd: false
        }
    }
}

/// What is typed in insert mode, to be done again by a count and by `.`.
struct VimInsertion: Hashable, Sendable {
    enum Key: Hashable, Sendable {
        case text(String)
        case operation(TextOperation)
    }

    /// Where it began.
    var start: TextPosition
    var count = 1
    /// Each repetition is a line of its own.
    var opensLines = false
    var keys: [Key] = []
}
