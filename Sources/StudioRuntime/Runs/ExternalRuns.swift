import Foundation
import History
import Studio

/// Sees what other processes do with the history, such as a batch or another studio: their runs come and go in the table too.
struct ExternalRuns: Sendable {
    /// SQLite tells nobody of another process's changes, so it is asked.
    static let pause = Duration.seconds(2)

    private let store: HistoryStore
    private let reader: RunReader
    private let workers: Workers

    init(_ store: HistoryStore, _ reader: RunReader, _ workers: Workers) {
        self.store = store
        self.reader = reader
        self.workers = workers
    }

    /// What another process has changed of the newest runs and of those in flight.
    struct Changes: Hashable, Sendable {
        var runs: [RunItem] = []
        var deleted: [RunItem.ID] = []
    }

    /// Calls `tell` for each change after `page` was read, until the task is canceled. A history that cannot be read at the
    /// moment is looked at again.
    ///
    /// - Parameters:
    ///   - own: the runs that this process works on, and tells of sooner than the history knows.
    ///   - makeDurable: returns when the history has what was told before the call.
    func watch(
        from page: RunPage,
        own: @Sendable () -> Set<String>,
        makeDurable: @Sendable () async -> Void,
        tell: @Sendable (Changes) -> Void
    ) async {
        var known = page
        // The page was read before: the first look compares in any case.
        var version: Int?
        while (try? await workers.sleep(Self.pause)) != nil {
            guard let next = try? store.externalVersion(), next != version else { continue }
            let before = own()
            await makeDurable()
            guard let page = try? reader.firstPage(), var changes = try? changes(from: known, to: page) else {
                continue
            }
            let isFirst = version == nil
            version = next
            known = page
            let ownRuns = before.union(own())
            changes.runs.removeAll { ownRuns.contains($0.id.rawValue) }
            changes.deleted.removeAll { ownRuns.contains($0.rawValue) }
            if !isFirst || changes != Changes() { tell(changes) }
        }
    }

    /// Throws where a run that is on neither page cannot be read: nothing is known of it then.
    private func changes(from old: RunPage, to new: RunPage) throws -> Changes {
        var changes = Changes(runs: Self.changed(from: old, to: new))
        for id in Self.missing(from: old, in: new) {
            if let run = try reader.run(id.rawValue) { changes.runs.append(run) } else { changes.deleted.append(id) }
        }
        return changes
    }

    /// Runs that are new or were another way, the oldest first, as they were made.
    static func changed(from old: RunPage, to new: RunPage) -> [RunItem] {
        let before = Dictionary((old.runs + old.open).map { ($0.id, $0) }) { $1 }
        var seen: Set<RunItem.ID> = []
        return (new.runs + new.open).filter { before[$0.id] != $0 && seen.insert($0.id).inserted }.reversed()
    }

    /// Runs that were among the newest, or in flight, and are neither any more, although they are not too old for it.
    static func missing(from old: RunPage, in new: RunPage) -> [RunItem.ID] {
        let present = Set((new.runs + new.open).map(\.id))
        let oldest = new.hasBelow ? new.runs.last?.createdAt ?? .distantPast : .distantPast
        let wasOpen = Set(old.open.map(\.id))
        var seen: Set<RunItem.ID> = []
        return (old.runs + old.open).filter { run in
            !present.contains(run.id) && (run.createdAt >= oldest || wasOpen.contains(run.id))
                && seen.insert(run.id).inserted
        }.map(\.id)
    }
}
