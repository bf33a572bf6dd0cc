import Foundation
package import ReplicateAPI

/// The images of a draft: a list to select in, reorder and switch, bound to what the model takes.
///
/// Items that cannot be sent stay in the list with the reason. Each change by the person can be undone; what checks and
/// uploads tell is knowledge, not a change, and survives undo.
package struct ImageList: Hashable, Sendable {
    /// Images that a list can hold.
    package static let capacity = 200
    static let mostSteps = 200

    /// In the order in which they are sent.
    package internal(set) var items: [ImageItem] = []
    /// An index into ``items``; 0 when the list is empty.
    package internal(set) var selection = 0
    /// How the model takes images; nil when it takes none.
    package var binding: ImageBinding?

    var nextID = 1
    var undoSteps: [Step] = []
    var redoSteps: [Step] = []

    struct Step: Hashable, Sendable {
        var items: [ImageItem]
        var selection: Int
    }

    /// A list of texts that are all switched on.
    package init(_ texts: [String] = [], binding: ImageBinding? = nil) {
        self.init(entries: texts.map { Entry(text: $0) }, binding: binding)
    }

    /// The list of a draft; entries named twice and those beyond ``capacity`` are left out.
    package init(entries: [Entry], binding: ImageBinding? = nil) {
        self.binding = binding
        var known: Set<String> = []
        for entry in entries where items.count < Self.capacity && known.insert(entry.text).inserted {
            append(entry.text)
            items[items.count - 1].isOn = entry.isOn
        }
    }

    /// What of an item belongs to a draft.
    package struct Entry: Hashable, Sendable, Codable {
        /// As the person gave it.
        package var text: String
        /// Whether it is sent.
        package var isOn: Bool

        /// Switched on by default.
        package init(text: String, isOn: Bool = true) {
            self.text = text
            self.isOn = isOn
        }
    }

    /// What a draft keeps; checks and uploads are made again.
    package var entries: [Entry] { items.map { Entry(text: $0.text, isOn: $0.isOn) } }

    /// nil when it has been removed.
    package subscript(id id: ImageItem.ID) -> ImageItem? { items.first { $0.id == id } }

    /// nil when the list is empty.
    package var selected: ImageItem? { items.indices.contains(selection) ? items[selection] : nil }
    /// Those whose address nobody has looked at yet.
    package var unchecked: [ImageItem] { items.filter { $0.state == .unchecked } }

    /// Selects the nearest item there is.
    package mutating func select(_ index: Int) { selection = min(max(index, 0), max(items.count - 1, 0)) }

    /// Moves the selection, stopping at the ends.
    package mutating func moveSelection(by steps: Int) {
        let (target, overflows) = selection.addingReportingOverflow(steps)
        select(overflows ? (steps > 0 ? .max : 0) : target)
    }

    mutating func append(_ text: String) {
        items.append(ImageItem(id: nextID, text: text))
        nextID += 1
    }
}

extension ImageList {
    /// What became of a paste.
    package struct Addition: Hashable, Sendable {
        /// In order; they are at the end of the list.
        package internal(set) var added: [ImageItem.ID] = []
        /// What was in the list already, or twice in the paste.
        package internal(set) var duplicates: [String] = []
        /// What found no room below ``ImageList/capacity``.
        package internal(set) var overflow = 0
    }

    /// Adds every image that `text` names, at the end, and selects the last of them; one undo step.
    ///
    /// Takes lines, or addresses separated by commas or spaces, with quotes, brackets, list marks or Markdown around.
    @discardableResult
    package mutating func add(_ text: String) -> Addition {
        var addition = Addition()
        let before = step
        var known = Set(items.map(\.text))
        for item in ImageListParser.items(in: text) {
            if !known.insert(item).inserted {
                addition.duplicates.append(item)
            } else if items.count >= Self.capacity {
                addition.overflow += 1
            } else {
                addition.added.append(nextID)
                append(item)
            }
        }
        if !addition.added.isEmpty {
            selection = items.count - 1
            record(before)
        }
        return addition
    }

    /// What became of a changed text.
    package enum Edit: Hashable, Sendable {
        case changed
        /// The text is empty or the same, or there is no such item.
        case unchanged
        /// Another item names it already.
        case duplicate
        /// The text names several images.
        case several
    }

    /// Gives an item another text; nothing happens unless the result is `changed`.
    @discardableResult
    package mutating func edit(_ id: ImageItem.ID, to text: String) -> Edit {
        let parsed = ImageListParser.items(in: text)
        guard let index = items.firstIndex(where: { $0.id == id }), let first = parsed.first else { return .unchanged }
        if parsed.count > 1 { return .several }
        if first == items[index].text { return .unchanged }
        if items.contains(where: { $0.text == first }) { return .duplicate }
        record(step)
        items[index] = ImageItem(id: id, text: first, isOn: items[index].isOn)
        return .changed
    }

    /// Removes the selected item; the one after it becomes selected.
    @discardableResult
    package mutating func remove() -> ImageItem? {
        guard let selected else { return nil }
        record(step)
        items.remove(at: selection)
        select(selection)
        return selected
    }

    /// Removes everything as one undo step.
    package mutating func removeAll() {
        guard !items.isEmpty else { return }
        record(step)
        items = []
        selection = 0
    }

    /// Switches whether the selected item is sent.
    package mutating func toggle() {
        guard selected != nil else { return }
        record(step)
        items[selection].isOn.toggle()
    }

    /// Moves the selected item, and the selection with it; false at the ends.
    @discardableResult
    package mutating func moveUp() -> Bool { move(from: selection, to: selection - 1) }

    /// False at the end of the list.
    @discardableResult
    package mutating func moveDown() -> Bool { move(from: selection, to: selection + 1) }

    /// Moves the item at one index to another, as a drag does, and selects it; false when either is outside.
    @discardableResult
    package mutating func move(from source: Int, to target: Int) -> Bool {
        guard source != target, items.indices.contains(source), items.indices.contains(target) else { return false }
        record(step)
        items.insert(items.remove(at: source), at: target)
        selection = target
        return true
    }
}

extension ImageList {
    /// How large the pictures are that a look has told the size of, by address.
    var megapixels: [String: Decimal] {
        items.reduce(into: [:]) { found, item in
            guard case .ok(let facts) = item.state, let width = facts.width, let height = facts.height else { return }
            found[item.text] = Decimal(width) * Decimal(height) / 1_000_000
        }
    }
}
