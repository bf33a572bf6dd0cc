import ReplicateAPI

extension InputsForm {
    /// Steps the selected number within its range, or goes round the selected choice or switch; negative `steps` go
    /// back. False, and nothing happens, for other kinds and at the end of a range.
    @discardableResult
    package mutating func step(by steps: Int) -> Bool {
        guard steps != 0, let field = selected.map(branched),
            let next = field.value(stepping: values[field.name], by: steps)
        else {
            return false
        }
        editing = nil
        let before = values[field.name]
        set(next, for: field.name)
        return values[field.name] != before
    }

    /// Switches the selected input over; false when it is not a switch.
    @discardableResult
    package mutating func toggle() -> Bool {
        guard selected.map(branched)?.kind == .boolean else { return false }
        return step(by: 1)
    }

    /// Takes the selected input back to its default; false when it is there already.
    @discardableResult
    package mutating func reset() -> Bool {
        guard let field = selected else { return false }
        editing = nil
        branches[field.name] = nil
        if uploads.removeValue(forKey: field.name) != nil { return true }
        return values.removeValue(forKey: field.name) != nil
    }
}
