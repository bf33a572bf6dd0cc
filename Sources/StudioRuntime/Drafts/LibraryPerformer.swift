import Foundation
import History
import Studio

/// Keeps the prompt library in its file, and drafts under names in the history.
struct LibraryPerformer: Sendable {
    /// Before the names of drafts that a person keeps; the one that is composed has another.
    private static let prefix = "named: "

    let store: HistoryStore
    /// A text in the form of ``Studio/PromptLibrary``; it need not be there.
    let file: URL
    let post: Post

    /// Posts what the file holds; an empty library where there is none. Blocks.
    func load() { post(.libraryLoaded(PromptLibrary(parsing: text() ?? ""))) }

    /// Keeps a prompt under a name. Blocks.
    func keep(_ prompt: String, name: String) {
        if write(PromptLibrary.adding(prompt, as: name, to: text() ?? "")) {
            post(.noticed(Notice(.success, "Kept: @ and its name with Tab put it in")))
        }
    }

    /// Posts the text of the file, for an editor. Blocks.
    func open() { post(.libraryOpened(text() ?? Self.introduction)) }

    /// Replaces the file. Blocks.
    func replace(_ text: String) { _ = write(text) }

    private static let introduction = """
        Prompts by name: @fox-portrait and Tab in the prompt puts one in. The lines of a list are alternatives.

        # fox portrait
        a red fox asleep in a hollow oak, morning fog, 85 mm

        # animals
        - fox
        - owl
        - heron

        """

    private func text() -> String? {
        FileManager.default.contents(atPath: file.path).map { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ text: String) -> Bool {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try Data(text.utf8).write(to: file.resolvingSymlinksInPath(), options: .atomic)
            post(.libraryLoaded(PromptLibrary(parsing: text)))
            return true
        } catch {
            post(.noticed(Notice(.error, "\(file.path) cannot be written: check its rights")))
            return false
        }
    }

    // MARK: Drafts

    func keep(_ draft: Draft, name: String) {
        do {
            let json = String(decoding: try JSONEncoder().encode(draft), as: UTF8.self)
            try store.drafts.save(json, slot: Self.prefix + name)
            post(.noticed(Notice(.success, "Kept as \(name)")))
        } catch {
            post(.noticed(Notice(.error, "The draft could not be kept: check the disk's space")))
        }
    }

    /// Posts the drafts that have a name, the latest first. Blocks.
    func listDrafts() {
        let found = (try? store.drafts.drafts(prefix: Self.prefix)) ?? []
        post(
            .draftsListed(
                found.compactMap { slot, json in
                    guard let draft = try? JSONDecoder().decode(Draft.self, from: Data(json.utf8)) else { return nil }
                    return NamedDraft(name: String(slot.dropFirst(Self.prefix.count)), draft: draft)
                }
            )
        )
    }
}
