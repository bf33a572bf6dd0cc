/// The rows of the table, from the first to the last; each is looked up when it is asked for.
package struct ShownRuns: RandomAccessCollection, Sendable {
    /// The last row first.
    let ids: [RunItem.ID]
    let runs: [RunItem.ID: RunItem]

    package var startIndex: Int { 0 }
    package var endIndex: Int { ids.count }

    package subscript(index: Int) -> RunItem {
        let id = ids[ids.count - 1 - index]
        guard let run = runs[id] else { preconditionFailure("the table lists \(id), which is not there") }
        return run
    }
}
