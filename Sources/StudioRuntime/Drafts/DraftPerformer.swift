import Composing
import Foundation
import History
import Search
import Studio

/// Keeps what is being composed, and reads the earlier prompts.
struct DraftPerformer: Sendable {
    private static let slot = "compose"

    private let store: HistoryStore
    private let file: URL
    private let keptTexts: URL
    private let writer: DraftWriter
    private let post: Post

    /// - Parameters:
    ///   - file: where a draft goes that the database does not take.
    ///   - keptTexts: where drafts are put that cannot be read.
    init(store: HistoryStore, file: URL, keptTexts: URL, workers: Workers, post: @escaping Post) {
        self.store = store
        self.file = file
        self.keptTexts = keptTexts
        self.post = post
        writer = DraftWriter(
            store: { try store.drafts.save($0, slot: Self.slot) },
            file: file,
            workers: workers,
            notify: { post(.noticed($0)) }
        )
    }

    /// The draft of the last session; posts a notice about one that cannot be read.
    func last() -> Draft {
        let reader = DraftReader(stored: { try store.drafts.draft(Self.slot) }, file: file, keptTexts: keptTexts)
        let (draft, notice) = reader.read()
        if let notice { post(.noticed(notice)) }
        return draft
    }

    /// From any thread; returns at once.
    func save(_ draft: Draft) { writer.save(draft) }

    /// Returns when the last draft is where it can be.
    func flush() -> DraftWriter.Ending { writer.flush() }

    func loadPrompts() { post(.promptsLoaded(pastPrompts(RunQuery(), limit: 1_000))) }

    /// - Parameter text: what was typed; comes back with what is found.
    func searchPrompts(_ query: RunQuery, text: String) {
        post(.promptsFound(text: text, pastPrompts(query, limit: 100)))
    }

    /// Remembers a prompt with its alternatives.
    func keepTemplate(_ text: String) { try? store.drafts.keepTemplate(text, usedAt: Date()) }

    /// Templates and prompts of runs, the latest first. What a template of the list stands for is not listed besides.
    private func pastPrompts(_ query: RunQuery, limit: Int) -> [String] {
        let templates = (try? store.drafts.templates(query)) ?? []
        let made = Set(templates.flatMap { (try? PromptAlternatives.expand($0.text)) ?? [] })
        // A prompt with braces of its own is listed so that it stands for itself when it is taken.
        let prompts = ((try? store.prompts(query, limit: limit)) ?? []).filter { !made.contains($0.text) }
            .map { PastPrompt(text: PromptAlternatives.quoted($0.text), usedAt: $0.usedAt) }
        return (templates + prompts).sorted { $0.usedAt > $1.usedAt }.map(\.text)
    }
}
