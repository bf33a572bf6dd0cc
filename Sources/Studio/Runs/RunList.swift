/// The table of predictions, newest first, with a selection that stays on its run whatever arrives.
package struct RunList: Hashable, Sendable {
    /// Newest first.
    package private(set) var items: [RunItem] = []
    package private(set) var selection: RunItem.ID?
    /// Rows marked for an action on several.
    package var marked: Set<RunItem.ID> = []
    /// Words that a shown row must contain; empty: all rows.
    package private(set) var filter = ""
    /// First shown row.
    package private(set) var top = 0
    /// Runs that arrived above what is shown since the selection last stood at the top.
    package private(set) var unseen = 0

    package init() {}

    /// The rows that pass the filter.
    package var shown: [RunItem] {
        guard !filter.isEmpty else { return items }
        let words = filter.lowercased().split(separator: " ")
        return items.filter { item in
            let text = "\(item.prompt) \(item.model) \(item.statusWord)".lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    package var selected: RunItem? { selection.flatMap { id in items.first { $0.id == id } } }
    package var selectedIndex: Int? { shown.firstIndex { $0.id == selection } }
    package var activeCount: Int { items.count(where: \.isActive) }

    package subscript(id: RunItem.ID) -> RunItem? { items.first { $0.id == id } }

    /// What an action on several acts on: the marked rows, else the selected one; never a row that the filter hides.
    package var targets: [RunItem] {
        let rows = shown
        let chosen = marked.isEmpty ? [] : rows.filter { marked.contains($0.id) }
        return chosen.isEmpty ? rows.first { $0.id == selection }.map { [$0] } ?? [] : chosen
    }

    /// Marked rows that the filter hides.
    package var hiddenMarks: Int { marked.count - shown.count { marked.contains($0.id) } }

    /// The file that the output at `url` was saved to; nil when no run made it, or it is not saved.
    package func savedFile(of url: String) -> String? {
        items.lazy.flatMap(\.outputs).first { $0.url == url }?.path
    }

    /// Puts `item` in its place, or in the place of what it was before.
    ///
    /// The selection follows a new run only while it stood on the newest row.
    package mutating func upsert(_ item: RunItem) {
        if let index = items.firstIndex(where: { $0.id == item.id }) {
            items[index] = item
            return
        }
        let wasAtTop = selection == nil || selection == items.first?.id
        let place = items.firstIndex { $0.createdAt <= item.createdAt } ?? items.count
        items.insert(item, at: place)
        if wasAtTop && place == 0 {
            selection = item.id
            top = 0
        } else if place <= top {
            top += 1
            unseen += 1
        }
    }

    package mutating func load(_ all: [RunItem]) {
        for item in all { upsert(item) }
        if selection == nil { selection = shown.first?.id }
    }

    package mutating func remove(_ id: RunItem.ID) {
        let index = selectedIndex ?? 0
        items.removeAll { $0.id == id }
        marked.remove(id)
        if selection == id {
            let rows = shown
            selection = rows.isEmpty ? nil : rows[min(index, rows.count - 1)].id
        }
    }

    package mutating func select(_ id: RunItem.ID) {
        guard items.contains(where: { $0.id == id }) else { return }
        selection = id
        if id == items.first?.id { unseen = 0 }
    }

    /// Moves by rows, stopping at both ends.
    package mutating func move(by rows: Int) {
        let all = shown
        guard !all.isEmpty else { return }
        let current = selectedIndex ?? 0
        select(all[min(max(current + rows, 0), all.count - 1)].id)
    }

    package mutating func toggleMark() {
        guard let selection else { return }
        if marked.remove(selection) == nil { marked.insert(selection) }
    }

    package mutating func setFilter(_ text: String) {
        filter = text
        top = 0
        let rows = shown
        if !rows.contains(where: { $0.id == selection }) { selection = rows.first?.id }
    }

    /// Scrolls so that the selection lies within `height` lines, where `lines` tells how many a row takes.
    package mutating func reveal(height: Int, lines: (RunItem) -> Int) {
        let rows = shown
        guard let index = selectedIndex, height > 0 else {
            top = 0
            return
        }
        top = min(top, index)
        var used = rows[top...index].reduce(0) { $0 + lines($1) }
        while used > height, top < index {
            used -= lines(rows[top])
            top += 1
        }
        // A list that shrank must not leave blank lines below while rows hide above.
        var below = rows[top...].reduce(0) { $0 + lines($1) }
        while top > 0, below + lines(rows[top - 1]) <= height {
            top -= 1
            below += lines(rows[top])
        }
    }
}
