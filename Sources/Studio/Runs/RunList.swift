import Foundation

/// The table of predictions, newest first, with a selection that stays on its run whatever arrives.
///
/// All runs in flight are in it; of the others, those that were read so far (``RunPages``). What is shown is worked out
/// when a run or the filter changes, not when it is looked at: a key press costs what is on the screen.
package struct RunList: Hashable, Sendable {
    private var runs: [RunItem.ID: RunItem] = [:]
    /// All that are known.
    private var order = RunOrder()
    /// Those that pass the filter.
    private var rows = RunOrder()
    /// What the filter looks at, of the runs that it has looked at.
    private var haystacks: [RunItem.ID: [UInt8]] = [:]
    private var words = RunFilter("")

    /// Runs of ``items`` that are active, shown or not.
    package private(set) var activeCount = 0
    /// nil only when no row is shown.
    package private(set) var selection: RunItem.ID?
    /// Rows marked for an action on several.
    package var marked: Set<RunItem.ID> = []
    /// First shown row.
    package private(set) var top = 0
    /// Runs that arrived above what is shown since the selection last stood at the top.
    package private(set) var unseen = 0
    /// Was started by a person, and is to be shown as soon as it is known.
    private var awaited: RunItem.ID?
    /// How much of the history is in ``items``.
    package internal(set) var pages = RunPages()
    private(set) var work = WorkCount()
    /// Another one as soon as the runs that are shown, or one of them, have changed.
    private(set) var revision = Revision()

    struct Revision: Hashable, Sendable {
        private var number = 0
        fileprivate mutating func advance() { number += 1 }
    }

    /// Nothing is known yet.
    package init() {}

    /// Every run that is known, newest first, whatever the filter.
    package var items: ShownRuns { ShownRuns(ids: order.ids, runs: runs) }
    /// The rows that pass the filter.
    package var shown: ShownRuns { ShownRuns(ids: rows.ids, runs: runs) }
    /// Words that a shown row must contain; empty: all rows.
    package var filter: String { words.text }
    /// Also while the filter hides it.
    package var selected: RunItem? { selection.flatMap { runs[$0] } }
    /// Its place among ``shown``; nil while the filter hides it.
    package var selectedIndex: Int? { selection.flatMap { rows.row(of: $0) } }

    /// nil when it is not known, or was deleted.
    package subscript(id: RunItem.ID) -> RunItem? { runs[id] }

    /// What an action on several acts on: the marked rows, else the selected one; never a row that the filter hides.
    package var targets: [RunItem] {
        let chosen = marked.compactMap { rows.row(of: $0) }.sorted().map { shown[$0] }
        return chosen.isEmpty ? selectedIndex.map { [shown[$0]] } ?? [] : chosen
    }

    /// Marked rows that the filter hides.
    package var hiddenMarks: Int { marked.count { rows.row(of: $0) == nil } }

    /// The file that the output at `url` was saved to; nil when no known run made it, or it is not saved.
    package func savedFile(of url: String) -> String? {
        items.lazy.flatMap(\.outputs).first { $0.url == url }?.path
    }

    // MARK: Changes

    /// Puts `item` in its place, or in the place of what it was before.
    ///
    /// The selection follows a new run only while it stood on the newest row.
    package mutating func upsert(_ item: RunItem) {
        revision.advance()
        if let old = runs[item.id] { return replace(old, by: item) }
        let newest = order.newest
        if let end = pages.end, item.createdAt >= end { pages.total += 1 }
        insert(item)
        guard let row = rows.row(of: item.id) else { return }
        if awaited == item.id { return show(item.id) }
        if selection == nil || (selection == newest && row == 0 && order.newest == item.id) {
            selection = item.id
            top = 0
        } else if row <= top {
            top += 1
            unseen += 1
        }
    }

    /// Adds what is not known yet, and takes over what is. The rows on the screen stay where they are.
    package mutating func load(_ all: [RunItem]) {
        revision.advance()
        let first = top < rows.count ? rows.id(atRow: top) : nil
        var new: [RunItem] = []
        for item in all {
            if let old = runs[item.id] {
                if order.place(of: item.id) != nil { replace(old, by: item) }
            } else {
                runs[item.id] = item
                new.append(item)
            }
        }
        if !new.isEmpty {
            activeCount += new.count(where: \.isActive)
            order = RunOrder(merged(new))
            refilter(order.ids)
        }
        if let row = first.flatMap({ rows.row(of: $0) }) { top = row }
        if selection == nil, rows.count > 0 { selection = rows.id(atRow: 0) }
    }

    /// The selection moves to the row that takes the place.
    package mutating func remove(_ id: RunItem.ID) {
        guard let old = runs.removeValue(forKey: id) else { return }
        revision.advance()
        let row = selectedIndex ?? 0
        if old.isActive { activeCount -= 1 }
        pages.total = max(0, pages.total - 1)
        order.remove(id)
        rows.remove(id)
        haystacks[id] = nil
        marked.remove(id)
        if selection == id { selection = rows.count == 0 ? nil : rows.id(atRow: min(row, rows.count - 1)) }
    }

    private mutating func replace(_ old: RunItem, by item: RunItem) {
        if old.createdAt != item.createdAt {
            order.remove(item.id)
            rows.remove(item.id)
            activeCount -= old.isActive ? 1 : 0
            haystacks[item.id] = nil
            return insert(item)
        }
        runs[item.id] = item
        activeCount += (item.isActive ? 1 : 0) - (old.isActive ? 1 : 0)
        work.add(1)
        guard !words.isEmpty else { return }
        haystacks[item.id] = nil
        place(item.id)
    }

    private mutating func insert(_ item: RunItem) {
        runs[item.id] = item
        if item.isActive { activeCount += 1 }
        let before = order.count
        order.insert(item.id) { [runs] in (runs[$0]?.createdAt ?? .distantPast) <= item.createdAt }
        work.add(1 + before - (order.place(of: item.id) ?? before))
        place(item.id)
    }

    /// Brings the row of a run in, or takes it away, as the filter has it.
    private mutating func place(_ id: RunItem.ID) {
        let wasShown = rows.row(of: id) != nil
        let isShown = passes(id)
        if isShown, !wasShown, let place = order.place(of: id) {
            rows.insert(id) { [order] in (order.place(of: $0) ?? 0) < place }
        } else if !isShown, wasShown {
            rows.remove(id)
        }
    }

    /// All ids with the new ones among them, oldest first. Of those created at one moment the first of `new` is newest.
    private func merged(_ new: [RunItem]) -> [RunItem.ID] {
        var rest = new.reversed().sorted { $0.createdAt < $1.createdAt }[...]
        var merged: [RunItem.ID] = []
        for id in order.ids {
            guard let here = runs[id] else { continue }
            while let next = rest.first, next.createdAt <= here.createdAt { merged.append(rest.removeFirst().id) }
            merged.append(id)
        }
        return merged + rest.map(\.id)
    }

    // MARK: Moving

    /// Selects a run that was just started and scrolls to it; one that is not known yet, when it is. One that the filter
    /// hides is left alone.
    mutating func show(_ id: RunItem.ID) {
        guard runs[id] != nil else {
            awaited = id
            return
        }
        awaited = nil
        guard let row = rows.row(of: id) else { return }
        select(id)
        top = min(top, row)
    }

    /// Does nothing when it is not known.
    package mutating func select(_ id: RunItem.ID) {
        guard runs[id] != nil else { return }
        selection = id
        if id == order.newest { unseen = 0 }
    }

    /// Moves by rows, stopping at both ends.
    package mutating func move(by step: Int) {
        awaited = nil
        guard rows.count > 0 else { return }
        select(rows.id(atRow: min(max((selectedIndex ?? 0) + step, 0), rows.count - 1)))
    }

    /// Marks the selected row, or takes its mark away.
    package mutating func toggleMark() {
        guard let selection else { return }
        if marked.remove(selection) == nil { marked.insert(selection) }
    }

    // MARK: Filter

    /// The selection stays where its row is still shown, else goes to the newest one.
    package mutating func setFilter(_ text: String) {
        let before = words
        words = RunFilter(text)
        guard words != before else { return }
        revision.advance()
        top = 0
        refilter(words.narrows(before) ? rows.ids : order.ids)
        if selectedIndex == nil { selection = rows.count > 0 ? rows.id(atRow: 0) : nil }
    }

    /// - Parameter candidates: oldest first.
    private mutating func refilter(_ candidates: [RunItem.ID]) {
        if words.isEmpty {
            rows = order
            haystacks = [:]
        } else {
            rows = RunOrder(candidates.filter { passes($0) })
        }
        work.add(candidates.count)
    }

    private mutating func passes(_ id: RunItem.ID) -> Bool {
        guard !words.isEmpty else { return true }
        let haystack = haystacks[id] ?? runs[id].map(RunFilter.haystack) ?? []
        haystacks[id] = haystack
        work.add(haystack.count)
        return words.passes(haystack)
    }

    // MARK: Scrolling

    /// Scrolls so that the selection lies within `height` lines, where `lines` tells how many a row takes. Looks at no
    /// more rows than fit.
    package mutating func reveal(height: Int, lines: (RunItem) -> Int) {
        guard let index = selectedIndex, height > 0 else {
            top = 0
            return
        }
        func measure(_ row: Int) -> Int {
            work.add(1)
            return max(1, lines(shown[row]))
        }
        // The first row from which the selected one is still inside the window.
        var first = index
        var used = measure(index)
        while first > 0 {
            let next = measure(first - 1)
            if used + next > height { break }
            first -= 1
            used += next
        }
        top = min(max(top, first), index)
        // A list that shrank must not leave blank lines below while rows hide above.
        var below = 0
        var row = top
        while row < rows.count, below <= height {
            below += measure(row)
            row += 1
        }
        while row == rows.count, top > 0, below + measure(top - 1) <= height {
            top -= 1
            below += measure(top)
        }
    }
}
