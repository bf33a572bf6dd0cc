/// A list to choose from by typing: models, earlier prompts, an input's choices, commands.
package struct Picker: Hashable, Sendable {
    /// What is chosen from, and so what choosing does.
    package enum Kind: Hashable, Sendable {
        case models
        case prompts
        /// The values that the input of this name can have.
        case choices(String)
        /// The values of which the input of this name can have any; choosing takes one in or out.
        case ticks(String)
        /// The types that the input of this name can have.
        case branches(String)
        /// Everything that can be done here: the palette, and the help.
        case commands
        /// How the studio looks.
        case themes
        /// What a model that is billed by time runs on.
        case hardware
        /// Prompts that are kept under names.
        case library
        /// What is composed beside what is on the screen.
        case drafts
        /// Pictures and folders of this computer.
        case files
        /// The predictions that this lost run could be.
        case candidates(RunItem.ID)
    }

    /// A row of the list.
    package struct Item: Hashable, Sendable {
        /// What is chosen: a model's path, a prompt, a choice in plain text, a command's name.
        package var value: String
        /// A command's name in one or two words; nil for other rows.
        package var name: String?
        /// At the left; not safe for a terminal yet.
        package var title: String
        /// At the right: keys, a price, "official".
        package var note: String
        /// Where a command works; nil for other rows.
        package var place: String?
        /// Why it cannot be chosen now; nil when it can.
        package var obstacle: String?
        /// Whether it is one of those that were taken; nil: rows are not taken, but chosen.
        package var isTicked: Bool?
        /// What is known of a model; nil for other rows.
        package var model: ModelSummary?
        /// A model that may not be there: it stays below all others.
        package var isAbsent = false
        /// What a row of the drafts stands for; nil for other rows.
        var draft: Draft?

        package init(value: String, title: String, note: String = "", obstacle: String? = nil) {
            self.value = value
            self.title = title
            self.note = note
            self.obstacle = obstacle
        }
    }

    /// What is chosen from.
    package var kind: Kind
    /// In the upper edge of the list.
    package var title: String
    /// What has been typed; on one line.
    package var query: TextEditor
    /// Everything there is to choose from, best first when nothing is typed.
    package var items: [Item]
    /// What was looked for elsewhere and has what is typed, though not always in its order; after the items that fit.
    package var found: [Item] = [] {
        didSet { refreshKeepingSelection() }
    }
    /// The items that fit ``query``, best first.
    package private(set) var matches: [Item]
    /// −1: nothing is selected.
    package private(set) var selection = 0
    /// The person has moved since the last letter was typed.
    private var isMoved = false
    /// First shown row.
    package private(set) var top = 0
    /// More items are on their way.
    package var isLoading: Bool
    /// A model that no list has and that is being asked for; nil: none is.
    package private(set) var awaited: String?
    /// Why it could not be had; nil: nothing was wrong.
    package private(set) var failure: String?
    /// What the owners have written of models that were looked at; empty: nothing, or it is being read.
    package internal(set) var readmes: [String: String] = [:]

    package init(kind: Kind, title: String, items: [Item], isLoading: Bool = false) {
        self.kind = kind
        self.title = title
        query = TextEditor(isMultiline: false)
        self.items = items
        matches = items
        self.isLoading = isLoading
        selection = first
    }

    /// A guess must not be one key away where only a person can know: there nothing is selected until somebody types or
    /// moves.
    private var first: Int { kind == .hardware && query.text.isEmpty ? -1 : 0 }

    /// nil when nothing fits, and when nothing is selected.
    package var selected: Item? { matches.indices.contains(selection) ? matches[selection] : nil }

    /// Filters anew after the query or the items changed; the best match is selected.
    package mutating func refresh() {
        let text = query.text
        matches =
            text.isEmpty
            ? items
            : FuzzyMatch.rank(text, in: items.map(\.haystack)).map { items[$0.index] }
        if !text.isEmpty {
            switch kind {
            case .models: putNamedFirst(text)
            case .commands: keepNamed(text)
            default: break
            }
        }
        let known = Set(matches.map(\.value))
        matches += found.filter { !known.contains($0.value) }
        selection = first
        isMoved = false
        top = 0
    }

    /// Filters anew after other items have come. What a person has moved to stays selected, and what was selected before
    /// anything was typed; else the best match is.
    private mutating func refreshKeepingSelection() {
        let (kept, wasMoved) = (selected?.value, isMoved)
        refresh()
        guard wasMoved || query.text.isEmpty, let kept else { return }
        select(kept)
        isMoved = wasMoved
    }

    /// The model that is called what is typed, those whose name begins with it, and the others; of each those first that
    /// are known to be there.
    private mutating func putNamedFirst(_ text: String) {
        let typed = text.trimmingBlanks.lowercased()
        sortMatches { item in
            let names = [item.value.lowercased(), String(item.model?.name ?? "").lowercased()]
            let fit = names.contains(typed) ? 0 : names.contains { $0.hasPrefix(typed) } ? 1 : 2
            return (item.isAbsent ? 10 : 0) + fit * 2 + (item.model?.isOnlyPriced == true ? 1 : 0)
        }
    }

    /// Commands by how well their name fits. Where a name or a sentence has what is typed, letters that are strewn over a
    /// sentence are no match.
    private mutating func keepNamed(_ text: String) {
        let typed = text.trimmingBlanks.lowercased()
        let words = typed.split(separator: " ")
        func fit(_ item: Item) -> Int {
            let name = (item.name ?? "").lowercased()
            if name == typed { return 0 }
            if name.hasPrefix(typed) { return 1 }
            let nameWords = name.split(separator: " ")
            if words.allSatisfy({ word in nameWords.contains { $0.hasPrefix(word) } }) { return 2 }
            if words.allSatisfy({ name.contains($0) }) { return 3 }
            let sentence = "\(name) \(item.title.lowercased())"
            if words.allSatisfy({ sentence.contains($0) }) { return 4 }
            return FuzzyMatch.score(typed, name) == nil ? 6 : 5
        }
        sortMatches(by: fit)
        if matches.first.map(fit) ?? 6 < 6 { matches.removeAll { fit($0) == 6 } }
    }

    /// Lower ones first; the order of equal ones stays.
    private mutating func sortMatches(by fit: (Item) -> Int) {
        matches = matches.map { (fit: fit($0), item: $0) }.enumerated()
            .sorted { ($0.element.fit, $0.offset) < ($1.element.fit, $1.offset) }
            .map(\.element.item)
    }

    /// A model that was typed is being asked for.
    mutating func awaits(_ path: String) {
        awaited = path
        failure = nil
    }

    /// What is typed now is another question.
    mutating func forgetFailure() { failure = nil }

    mutating func fail(_ reason: String) {
        awaited = nil
        failure = reason
    }

    /// Takes other items; the selection stays on its value where that still fits, unless something is typed and nobody has
    /// moved.
    package mutating func replaceItems(_ items: [Item]) {
        self.items = items
        refreshKeepingSelection()
    }

    /// Selects the row that stands for `value`, if there is one.
    package mutating func select(_ value: String) {
        if let index = matches.firstIndex(where: { $0.value == value }) { selection = index }
    }

    /// Moves the selection among the matches, stopping at the ends.
    package mutating func move(by rows: Int) {
        guard !matches.isEmpty else { return }
        isMoved = true
        selection = min(max(selection + rows, 0), matches.count - 1)
    }

    /// Scrolls so that the selection lies within `height` rows.
    package mutating func reveal(height: Int) {
        if selection < top { top = max(selection, 0) }
        if height > 0, selection >= top + height { top = selection - height + 1 }
    }
}

extension Picker.Item {
    /// What is looked through for the words that are typed.
    fileprivate var haystack: String {
        "\(name ?? "") \(title) \(value == title ? "" : value) \(model?.kind?.rawValue ?? "") \(model?.summary ?? "")"
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
