/// Goes on with a path that is being typed, as a shell does.
struct PathCompletion: Hashable {
    /// What was typed up to its last slash; empty: a name in the working folder.
    let folder: String
    /// What was typed behind it.
    let stem: String

    enum Outcome: Hashable {
        /// The text as far as it is certain.
        case goesOn(String)
        /// Nothing is certain beyond what is typed.
        case isOpen
        /// Nothing begins so.
        case isUnknown
    }

    /// nil: the text is no path.
    init?(_ text: String) {
        guard !text.contains("://") else { return nil }
        let text = text == "~" ? "~/" : text
        let end = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
        folder = String(text[..<end])
        stem = String(text[end...])
    }

    /// What a listing of ``folder`` says.
    func outcome(in listing: FolderListing) -> Outcome {
        let fitting = listing.entries.filter { $0.name.hasPrefix(stem) && (!$0.isHidden || stem.hasPrefix(".")) }
        guard let first = fitting.first else { return .isUnknown }
        // A name alone could be taken for a host.
        let folder = folder.isEmpty ? "./" : folder
        if fitting.count == 1 { return .goesOn(folder + first.name + (first.isFolder ? "/" : "")) }
        let common = fitting.dropFirst().reduce(Substring(first.name)) { common, entry in
            common.prefix(zip(common, entry.name).prefix { $0 == $1 }.count)
        }
        return common.count > stem.count ? .goesOn(folder + common) : .isOpen
    }
}
