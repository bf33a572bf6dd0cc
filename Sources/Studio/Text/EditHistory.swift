/// The edits that one undo takes back together.
struct EditStep: Hashable, Sendable {
    var edits: [TextEdit]
    /// Where the caret was.
    var before: TextPosition
    var after: TextPosition
    var size: Int
}

/// What can be undone and redone, bounded in steps and in the characters it keeps.
struct EditHistory: Hashable, Sendable {
    /// Edits of one kind that follow each other directly become one step; `whole` never does.
    enum Kind: Hashable, Sendable {
        case typing, deletingBackward, deletingForward, whole
    }

    static let mostSteps = 2_000
    static let mostCharacters = 1_000_000

    private var undoSteps: [EditStep] = []
    private var redoSteps: [EditStep] = []
    private var open: Kind?
    /// Whether edits of any kind become one step.
    private var isGrouping = false
    /// Whether the group has a step yet.
    private var hasGroupStep = false
    private var size = 0

    var canUndo: Bool { !undoSteps.isEmpty }
    var canRedo: Bool { !redoSteps.isEmpty }
    var stepCount: Int { undoSteps.count }

    mutating func record(_ edit: TextEdit, kind: Kind, before: TextPosition, after: TextPosition) {
        redoSteps = []
        size += edit.size
        let continues = isGrouping ? hasGroupStep : kind != .whole && open == kind
        if continues, !undoSteps.isEmpty {
            undoSteps[undoSteps.count - 1].extend(with: edit, after: after)
        } else {
            undoSteps.append(EditStep(edits: [edit], before: before, after: after, size: edit.size))
        }
        open = kind == .whole ? nil : kind
        hasGroupStep = isGrouping
        while undoSteps.count > Self.mostSteps || (size > Self.mostCharacters && undoSteps.count > 1) {
            size -= undoSteps.removeFirst().size
        }
    }

    /// The next edit begins a step of its own, unless steps are grouped.
    mutating func seal() { open = nil }

    /// Edits of any kind are one step until ``endGroup()``. Nothing where that is so already.
    mutating func beginGroup() {
        if !isGrouping { (isGrouping, hasGroupStep) = (true, false) }
    }

    mutating func endGroup() {
        (isGrouping, hasGroupStep) = (false, false)
        open = nil
    }

    /// The step to take back, its edits last to first.
    mutating func undo() -> EditStep? {
        endGroup()
        guard let step = undoSteps.popLast() else { return nil }
        size -= step.size
        redoSteps.append(step)
        return step
    }

    mutating func redo() -> EditStep? {
        endGroup()
        guard let step = redoSteps.popLast() else { return nil }
        size += step.size
        undoSteps.append(step)
        return step
    }
}

extension EditStep {
    fileprivate mutating func extend(with edit: TextEdit, after: TextPosition) {
        self.after = after
        size += edit.size
        let last = edits[edits.count - 1]
        if edit.removed.isEmpty, edit.start == last.inserted.end(from: last.start) {
            edits[edits.count - 1].inserted.append(edit.inserted)
        } else {
            edits.append(edit)
        }
    }
}
