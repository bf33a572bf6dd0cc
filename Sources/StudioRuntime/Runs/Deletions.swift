import Foundation
import History
import Predictions
import Studio
import Synchronization

/// Deletes runs with their files, and brings them back for as long as the studio is open.
final class Deletions: Sendable {
    private struct Deletion {
        var runs: [RunRecord]
        var files: [Trash.Entry]
    }

    private let runner: PredictionRunner
    private let store: HistoryStore
    private let trash: Trash
    private let reader: RunReader
    private let post: Post
    /// The latest last. Their prompts are in this memory only.
    private let deletions = Mutex<[Deletion]>([])

    init(runner: PredictionRunner, store: HistoryStore, trash: Trash, reader: RunReader, post: @escaping Post) {
        self.runner = runner
        self.store = store
        self.trash = trash
        self.reader = reader
        self.post = post
    }

    /// Takes the records off the list and moves their files to the trash. What a person has changed of a file since, or what
    /// another run has made too, stays. Blocks.
    func delete(_ ids: [RunItem.ID]) async throws {
        var deletion = Deletion(runs: [], files: [])
        for id in ids {
            guard let run = try store.run(id.rawValue) else { continue }
            let files = try store.removableFiles(of: run)
            try await runner.delete(run.id)
            guard try store.run(run.id) == nil else { continue }
            deletion.runs.append(run)
            deletion.files += trash.take(files.map(\.path))
        }
        guard !deletion.runs.isEmpty else { return }
        let count = deletions.withLock { deletions in
            deletions.append(deletion)
            return deletions.count
        }
        post(.deleted(runs: deletion.runs.count, files: deletion.files.count, undoable: count))
    }

    /// Brings back what was deleted last. Blocks.
    func undo() throws {
        let (last, count) = deletions.withLock { ($0.popLast(), $0.count) }
        guard let last else { return }
        let lost = trash.putBack(last.files)
        var restored = 0
        for run in last.runs where try store.restore(run) {
            restored += 1
            post(.runChanged(reader.item(run)))
        }
        post(.undeleted(runs: restored, lostFiles: lost.count, undoable: count))
    }
}
