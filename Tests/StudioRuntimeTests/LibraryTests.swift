import Foundation
import History
import Studio
import Testing

@testable import StudioRuntime

struct LibraryTests {
    private func library(_ bench: RuntimeBench) async throws -> PromptLibrary {
        try await bench.posted.next { if case .libraryLoaded(let library) = $0 { library } else { nil } }
    }

    @Test func `what is kept is in the file, and there at the next start`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.loadLibrary)
            let before = try await library(bench)
            #expect(before.entries.isEmpty)
            bench.runtime.perform(.keepPrompt("a red fox", name: "Fox portrait"))
            let kept = try await library(bench)
            #expect(kept["fox-portrait"]?.content == .text("a red fox"))
            let file = bench.folder.appending(path: "prompts.md")
            #expect(try String(contentsOf: file, encoding: .utf8) == "# Fox portrait\na red fox\n")
            bench.runtime.perform(.loadLibrary)
            let after = try await library(bench)
            #expect(after.entries.map(\.handle) == ["fox-portrait"])
        }
    }

    @Test func `an editor gets the file, or an example where there is none`() async throws {
        try await withRuntime { bench in
            bench.runtime.perform(.openLibrary)
            let example = try await bench.posted.next { if case .libraryOpened(let text) = $0 { text } else { nil } }
            #expect(PromptLibrary(parsing: example).entries.count == 2)
            bench.runtime.perform(.writeLibrary("# a\nb"))
            let edited = try await library(bench)
            #expect(edited["a"]?.content == .text("b"))
            bench.runtime.perform(.openLibrary)
            let text = try await bench.posted.next { if case .libraryOpened(let text) = $0 { text } else { nil } }
            #expect(text == "# a\nb")
        }
    }

    @Test func `a file that cannot be written is said`() async throws {
        try await withRuntime(configure: { $0.libraryFile = URL(filePath: "/dev/null/prompts.md") }) { bench in
            bench.runtime.perform(.keepPrompt("a", name: "b"))
            let notice = try await bench.posted.nextNotice()
            #expect(notice.text.contains("/dev/null/prompts.md cannot be written"))
        }
    }

    @Test func `drafts are kept beside the one that is composed`() async throws {
        try await withRuntime { bench in
            let draft = Draft(model: RuntimeBench.model, prompt: "a fox", count: 3)
            bench.runtime.perform(.keepDraft(draft, name: "fox"))
            let notice = try await bench.posted.nextNotice()
            #expect(notice.text == "Kept as fox")
            bench.runtime.perform(.keepDraft(Draft(prompt: "an owl"), name: "owl"))
            _ = try await bench.posted.nextNotice()
            bench.runtime.perform(.listDrafts)
            let drafts = try await bench.posted.next { if case .draftsListed(let drafts) = $0 { drafts } else { nil } }
            #expect(drafts.map(\.name) == ["owl", "fox"])
            #expect(drafts.last?.draft == draft)
            #expect(try bench.store.drafts.draft("compose") == nil)
        }
    }
}
