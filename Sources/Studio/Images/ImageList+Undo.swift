extension ImageList {
    /// At most 200 changes are kept.
    package var canUndo: Bool { !undoSteps.isEmpty }
    /// False after any change but an undo.
    package var canRedo: Bool { !redoSteps.isEmpty }

    var step: Step { Step(items: items, selection: selection) }

    mutating func record(_ before: Step) {
        undoSteps.append(before)
        if undoSteps.count > Self.mostSteps { undoSteps.removeFirst() }
        redoSteps = []
    }

    /// False when there is nothing to undo.
    @discardableResult
    package mutating func undo() -> Bool {
        guard let earlier = undoSteps.popLast() else { return false }
        redoSteps.append(step)
        restore(earlier)
        return true
    }

    /// False when there is nothing to redo.
    @discardableResult
    package mutating func redo() -> Bool {
        guard let later = redoSteps.popLast() else { return false }
        undoSteps.append(step)
        restore(later)
        return true
    }

    private mutating func restore(_ step: Step) {
        let present = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) })
        items = step.items.map { item in
            var item = item
            if let known = present[item.id], known.text == item.text {
                item.state = known.state
            } else {
                item.state = item.state.settled
            }
            return item
        }
        select(step.selection)
    }
}

extension ImageItemState {
    /// Without what was under way: its answer was dropped while the item was out of the list.
    fileprivate var settled: ImageItemState {
        switch self {
        case .checking: .unchecked
        case .uploading(let path): .localFile(path: path)
        default: self
        }
    }
}
