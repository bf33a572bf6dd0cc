import Foundation
import History
import Predictions
import ReplicateAPI
import ReplicateClient
import Studio
import Testing

@testable import StudioRuntime

struct DeletionsTests {
    /// A run that has ended, with a saved file.
    private func run(_ id: String, file: URL, key: String? = nil) throws -> RunRecord {
        try Data("picture \(id)".utf8).write(to: file)
        let (size, sha256) = try Digest.sha256(ofFile: file.path)
        var run = RunPerformerTests.record(id)
        run.key = key
        run.tags = ["fox"]
        run.outputs = [
            RunRecord.Output(
                url: "https://h/\(id)",
                path: file.path,
                size: size,
                sha256: sha256,
                contentType: "image/png"
            )
        ]
        return run
    }

    private func deleted(_ bench: RuntimeBench) async throws -> [Int] {
        try await bench.posted.next { action in
            if case .deleted(let runs, let files, let undoable) = action { [runs, files, undoable] } else { nil }
        }
    }

    private func undeleted(_ bench: RuntimeBench) async throws -> [Int] {
        try await bench.posted.next { action in
            if case .undeleted(let runs, let lost, let undoable) = action { [runs, lost, undoable] } else { nil }
        }
    }

    @Test func `what was deleted comes back as it was, the latest first`() async throws {
        try await withRuntime { bench in
            let files = ["a", "b"].map { bench.folder.appending(path: "\($0).png") }
            try bench.store.journal([try run("a", file: files[0]), try run("b", file: files[1])])
            let runs = try bench.store.runs()
            await bench.runs.delete([.init(rawValue: "a")])
            #expect(try await deleted(bench) == [1, 1, 1])
            await bench.runs.delete([.init(rawValue: "b"), .init(rawValue: "gone")])
            #expect(try await deleted(bench) == [1, 1, 2])
            #expect(try bench.store.runs().isEmpty)
            #expect(files.allSatisfy { !FileManager.default.fileExists(atPath: $0.path) })

            await bench.runs.undelete()
            #expect(try await undeleted(bench) == [1, 0, 1])
            #expect(try bench.store.runs().map(\.id) == ["b"])
            await bench.runs.undelete()
            #expect(try await undeleted(bench) == [1, 0, 0])
            #expect(Set(try bench.store.runs()) == Set(runs))
            #expect(files.allSatisfy { FileManager.default.fileExists(atPath: $0.path) })
            #expect(try bench.store.page("fox") == ["a", "b"])
        }
    }

    @Test func `a file that was changed since, or that another run has too, stays`() async throws {
        try await withRuntime { bench in
            let file = bench.folder.appending(path: "shared.png")
            let changed = bench.folder.appending(path: "changed.png")
            let other = try run("other", file: file)
            try bench.store.journal([try run("shared", file: file), other, try run("changed", file: changed)])
            try Data("mine".utf8).write(to: changed)
            try Data("picture other".utf8).write(to: file)
            await bench.runs.delete([.init(rawValue: "shared"), .init(rawValue: "changed")])
            #expect(try await deleted(bench) == [2, 0, 1])
            #expect(FileManager.default.fileExists(atPath: file.path))
            #expect(FileManager.default.fileExists(atPath: changed.path))
        }
    }

    @Test func `a key that another run has by now stays with that run`() async throws {
        try await withRuntime { bench in
            let run = try run("a", file: bench.folder.appending(path: "a.png"), key: "poster")
            try bench.store.journal([run])
            await bench.runs.delete([.init(rawValue: "a")])
            _ = try await deleted(bench)
            var next = RunPerformerTests.record("b")
            next.key = "poster"
            try bench.store.journal([next])
            await bench.runs.undelete()
            _ = try await undeleted(bench)
            #expect(try bench.store.run("a")?.key == nil)
            #expect(try bench.store.run("b")?.key == "poster")
        }
    }
}

extension HistoryStore {
    /// Ids of the runs with this tag.
    fileprivate func page(_ tag: String) throws -> [String] {
        try runs().filter { $0.tags.contains(tag) }.map(\.id).sorted()
    }
}
