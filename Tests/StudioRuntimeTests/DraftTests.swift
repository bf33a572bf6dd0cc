import Foundation
import Studio
import Synchronization
import Testing

@testable import StudioRuntime

/// What is typed is kept, or there is a word that it is not.
struct DraftTests {
    /// A database that can be made to refuse.
    private final class Store: Sendable {
        struct Refusal: Error {}
        let text = Mutex<String?>(nil)
        let refuses = Mutex(false)

        @Sendable func save(_ new: String) throws {
            if refuses.withLock({ $0 }) { throw Refusal() }
            text.withLock { $0 = new }
        }
    }

    private let folder: URL
    private let store = Store()
    private let notices = NoticeList()

    private final class NoticeList: Sendable {
        let all = Mutex<[Notice]>([])
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-draft-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func writer(file: URL? = nil) -> DraftWriter {
        DraftWriter(
            store: store.save,
            file: file ?? folder.appending(path: "draft.json"),
            workers: Workers()
        ) { [notices] notice in
            notices.all.withLock { $0.append(notice) }
        }
    }

    private func reader() -> DraftReader {
        DraftReader(
            stored: { [store] in store.text.withLock { $0 } },
            file: folder.appending(path: "draft.json"),
            keptTexts: folder.appending(path: "kept")
        )
    }

    @Test func `what the database refuses is said once, filed, and found by the next start`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        store.refuses.withLock { $0 = true }
        let writer = writer()
        writer.save(Draft(prompt: "a fo"))
        writer.save(Draft(prompt: "a fox"))
        #expect(writer.flush() == .filed(folder.appending(path: "draft.json")))
        #expect(notices.all.withLock { $0.map(\.kind) } == [.error])
        #expect(reader().read().draft.prompt == "a fox")

        store.refuses.withLock { $0 = false }
        let next = self.writer()
        next.save(Draft(prompt: "a fox, asleep"))
        #expect(next.flush() == .saved)
        #expect(reader().read().draft.prompt == "a fox, asleep")
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "draft.json").path))
    }

    @Test func `what cannot be saved anywhere is given back`() {
        defer { try? FileManager.default.removeItem(at: folder) }
        store.refuses.withLock { $0 = true }
        let writer = writer(file: URL(filePath: "/proc/no/such/place"))
        writer.save(Draft(prompt: "a fox"))
        #expect(writer.flush() == .lost(prompt: "a fox"))
    }

    @Test func `an unreadable draft is put aside, named, and not written over`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        store.text.withLock { $0 = "{\"prompt\": \"a fox" }
        let (draft, notice) = reader().read()
        #expect(draft == Draft())
        let kept = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "kept"),
            includingPropertiesForKeys: nil
        )
        #expect(try kept.map { try String(contentsOf: $0, encoding: .utf8) } == ["{\"prompt\": \"a fox"])
        #expect(notice?.text.contains(kept[0].lastPathComponent) == true)
    }

    @Test func `a database that cannot be read is said to be`() {
        let reader = DraftReader(
            stored: { throw Store.Refusal() },
            file: folder.appending(path: "draft.json"),
            keptTexts: folder
        )
        #expect(reader.read().notice?.kind == .error)
    }
}
