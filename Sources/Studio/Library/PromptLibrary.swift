/// Prompts and pieces of prompts that a person keeps under names, and lists to choose from.
///
/// It is a text: each entry begins with a line `# name`; what follows up to the next is the entry. One whose lines all begin
/// with `- ` is a list. What stands before the first name is a comment.
package struct PromptLibrary: Hashable, Sendable {
    /// A text to insert, or a list to make alternatives of.
    package enum Content: Hashable, Sendable {
        case text(String)
        /// What stands for each other in braces.
        case list([String])
    }

    /// A section of `prompts.md`.
    package struct Entry: Hashable, Sendable {
        /// As it was written.
        package var name: String
        package var content: Content

        /// What is typed behind `@`: small letters, with `-` where the name has anything but letters and digits.
        package var handle: String { PromptLibrary.handle(name) }
    }

    /// In the order of the text; of two with one handle the later.
    package private(set) var entries: [Entry] = []

    package init() {}

    package init(parsing text: String) {
        var name: String?
        var lines: [Substring] = []
        func end(_ library: inout PromptLibrary) {
            if let name, let content = Self.content(lines) { library.put(Entry(name: name, content: content)) }
            lines = []
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("# ") {
                end(&self)
                name = String(line.dropFirst(2)).trimmed
            } else {
                // A line of a prompt that begins so has a backslash before it.
                lines.append(line.hasPrefix("\\# ") ? line.dropFirst() : line)
            }
        }
        end(&self)
    }

    private mutating func put(_ entry: Entry) {
        guard !entry.handle.isEmpty else { return }
        if let place = entries.firstIndex(where: { $0.handle == entry.handle }) {
            entries[place] = entry
        } else {
            entries.append(entry)
        }
    }

    private static func content(_ lines: [Substring]) -> Content? {
        let text = lines.joined(separator: "\n").trimmed
        guard !text.isEmpty else { return nil }
        let rows = text.split(whereSeparator: \.isNewline)
        guard rows.allSatisfy({ $0.hasPrefix("- ") }) else { return .text(text) }
        let items = rows.map { String($0.dropFirst(2)).trimmed }.filter { !$0.isEmpty }
        return items.isEmpty ? nil : .list(items)
    }

    /// nil: there is none of that handle.
    package subscript(handle: String) -> Entry? { entries.first { $0.handle == handle } }

    /// Entries whose handle begins so, in their order.
    func entries(beginning stem: String) -> [Entry] { entries.filter { $0.handle.hasPrefix(stem) } }

    /// The text of a library with one entry more, which takes the place of one with the same handle; all else stays as it
    /// was written.
    package static func adding(_ prompt: String, as name: String, to text: String) -> String {
        let handle = handle(name)
        var kept: [Substring] = []
        var isReplaced = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("# ") { isReplaced = Self.handle(String(line.dropFirst(2))) == handle }
            if !isReplaced { kept.append(line) }
        }
        let rest = kept.joined(separator: "\n").trimmedEnd
        let lines = prompt.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let body = lines.map { $0.hasPrefix("# ") ? "\\\($0)" : String($0) }.joined(separator: "\n")
        return (rest.isEmpty ? "" : rest + "\n\n") + "# \(name.oneLine(characters: 80))\n\(body)\n"
    }

    static func handle(_ name: String) -> String {
        var handle = ""
        for character in name.lowercased() {
            if character.isLetter || character.isNumber {
                handle.append(character)
            } else if !handle.isEmpty, handle.last != "-" {
                handle.append("-")
            }
        }
        if handle.last == "-" { handle.removeLast() }
        return handle
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let rest = drop(while: \.isWhitespace)
        return String(rest).trimmedEnd
    }

    fileprivate var trimmedEnd: String {
        var text = String(self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
