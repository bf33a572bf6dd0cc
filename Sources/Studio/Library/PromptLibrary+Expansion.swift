extension PromptLibrary {
    /// A prompt with what its names in braces stand for.
    struct Expansion: Hashable, Sendable {
        var text: String
        /// Names in braces that the library does not have, each once, in their order: they stay as they were typed.
        var unknown: [String] = []
    }

    /// Puts in what `{@animals}` and `{@animals|a fox}` stand for: a list as its alternatives, a prompt as its text. A name
    /// outside of braces is a text like any other.
    func expansion(of prompt: String) -> Expansion {
        guard prompt.contains("@") else { return Expansion(text: prompt) }
        var expansion = Expansion(text: "")
        var rest = prompt[...]
        while let at = rest.firstIndex(of: "@") {
            let before = rest[..<at]
            let name = rest[rest.index(after: at)...].prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            let next = name.endIndex < rest.endIndex ? rest[name.endIndex] : nil
            let typed = expansion.text.suffix(2) + before
            // A brace or bar behind a backslash is a character like any other.
            let opening = typed.dropLast().last == "\\" ? nil : typed.last
            guard !name.isEmpty, opening == "{" || opening == "|", next == "}" || next == "|" else {
                expansion.text += rest[...at]
                rest = rest[rest.index(after: at)...]
                continue
            }
            rest = rest[name.endIndex...]
            guard let entry = self[Self.handle(String(name))] else {
                let name = String(name)
                if !expansion.unknown.contains(name) { expansion.unknown.append(name) }
                expansion.text += before + "@" + name
                continue
            }
            expansion.text += before
            if opening == "{", next == "}" {
                expansion.text.removeLast()
                expansion.text += entry.alternatives
                rest.removeFirst()
            } else {
                expansion.text += entry.innerAlternatives
            }
        }
        expansion.text += rest
        return expansion
    }
}

extension PromptLibrary.Entry {
    /// As it stands in a prompt: a list in braces. One of a single item is that item, because braces without a bar are
    /// plain text.
    var alternatives: String {
        switch content {
        case .text(let text): text
        case .list(let items): items.count == 1 ? items[0] : "{\(items.joined(separator: "|"))}"
        }
    }

    /// As it stands between two bars of a prompt, where a text is one alternative.
    var innerAlternatives: String {
        switch content {
        case .text(let text): text.replacing("|", with: "\\|")
        case .list(let items): items.joined(separator: "|")
        }
    }
}
