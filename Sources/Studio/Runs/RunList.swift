package import Foundation
package import Search

/// The table of predictions, newest first or as a person has sorted it, with a selection that stays on its run whatever
/// arrives.
///
/// It holds a part of the list without gaps, which is read as it is scrolled to (``RunPages``), and knows besides every run
/// that is in flight, waits for a person, is selected or marked, wherever in the list it stands. What is shown is worked
/// out when a run or the query changes, not when it is looked at: a key press costs what is on the screen.
package struct RunList: Hashable, Sendable {
    private var runs: [RunItem.ID: RunItem] = [:]
    /// All that are known.
    private var order = RunOrder()
    /// Those that are shown: known, of the part that was read, and meant by the query.
    private var rows = RunOrder()
    /// What words are looked for in, of the runs that were looked at.
    private var texts: [RunItem.ID: String] = [:]
    /// The first and the last place of the part that was read; nil: there is no limit.
    private var firstRead: RunSort.Place?
    private var lastRead: RunSort.Place?
    /// Every run of the whole history is known.
    private var knowsAll = true
    /// A page has come.
    private var hasRead = false

    /// What was typed as a filter.
    package private(set) var filter = ""
    /// What the rows are chosen by.
    package private(set) var query = RunQuery()
    /// What the rows are sorted by.
    package private(set) var sort = RunSort.newestFirst
    /// Why the filter is no query; ``query`` is the last one that was. nil: it is one.
    package private(set) var filterIssue: String?
    /// Runs in flight, shown or not.
    package private(set) var activeCount = 0
    /// nil only when no row is shown.
    package private(set) var selection: RunItem.ID?
    package internal(set) var marks = RunMarks()
    /// First shown row.
    package private(set) var top = 0
    /// Runs that arrived above what is shown since the selection last stood at the top.
    package private(set) var unseen = 0
    /// Was started by a person, and is to be shown as soon as it is known.
    private var awaited: RunItem.ID?
    /// How much of the list was read.
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

    /// Every run that is known, in the order of the rows, whatever the filter.
    package var items: ShownRuns { ShownRuns(ids: order.ids, runs: runs) }
    /// The rows that were read.
    package var shown: ShownRuns { ShownRuns(ids: rows.ids, runs: runs) }
    /// Also while the filter hides it.
    package var selected: RunItem? { selection.flatMap { runs[$0] } }
    /// Its place among ``shown``; nil while the filter hides it.
    package var selectedIndex: Int? { selection.flatMap { rows.row(of: $0) } }
    /// The first and the last run of what was read.
    var first: RunItem.ID? { rows.first }
    var last: RunItem.ID? { rows.last }

    /// nil when it is not known, or was deleted.
    package subscript(id: RunItem.ID) -> RunItem? { runs[id] }

    /// What an action on several acts on: the marked runs, else the selected one; never one that the filter hides.
    package var targets: [RunItem] {
        let chosen = marks.runs.filter(isMeant).compactMap { id in order.place(of: id).map { ($0, id) } }
            .sorted { $0.0 > $1.0 }.compactMap { runs[$0.1] }
        return chosen.isEmpty ? selected.map { isMeant($0.id) ? [$0] : [] } ?? [] : chosen
    }

    /// Marked runs that the filter hides.
    package var hiddenMarks: Int { marks.runs.count { !isMeant($0) } }

    /// Whether the run stands in the list, on the screen or not.
    func isListed(_ id: RunItem.ID) -> Bool { runs[id] != nil && isMeant(id) }

    /// The file that the output at `url` was saved to; nil when no known run made it, or it is not saved.
    package func savedFile(of url: String) -> String? {
        items.lazy.flatMap(\.outputs).first { $0.url == url }?.path
    }

    /// The run that made the file at `url`, or on this disk; nil when no known run did.
    package func maker(of file: String) -> RunItem? {
        items.lazy.first { $0.outputs.contains { $0.url == file || $0.path == file } }
    }

    // MARK: Changes

    /// Puts `item` in its place, or in the place of what it was before.
    ///
    /// The selection follows a new run only while the newest is first and it stood on that.
    package mutating func upsert(_ item: RunItem) {
        revision.advance()
        if let old = runs[item.id] { return replace(old, by: item) }
        let first = order.first
        let zone = zone(of: item)
        note(1, item, in: zone, isNew: true)
        guard isNeeded(item) || zone == .within else { return }
        insert(item)
        guard let row = rows.row(of: item.id) else {
            if zone == .above, isMeant(item.id) { unseen += 1 }
            if awaited == item.id { show(item.id) }
            return
        }
        if awaited == item.id { return show(item.id) }
        let follows = sort == .newestFirst && selection == first && row == 0 && order.first == item.id
        if selection == nil || follows {
            selection = item.id
            top = 0
        } else if row <= top {
            top += 1
            unseen += 1
        }
    }

    /// Where a run stands to the part that was read.
    private enum Zone {
        case above, within, below
    }

    private func zone(of run: RunItem) -> Zone {
        let place = run.place(in: sort)
        if let firstRead, place < firstRead { return .above }
        if let lastRead, place > lastRead { return .below }
        return .within
    }

    /// A run has come to the list or has left it, if it is meant by the query.
    ///
    /// - Parameter isNew: nothing was known of it.
    private mutating func note(_ change: Int, _ run: RunItem, in zone: Zone, isNew: Bool = false) {
        guard query.isEmpty || query.matches(run.facts(text: run.foldedText)) else { return }
        if isNew, zone != .within, sort != .newestFirst {
            // Whether it was counted already nobody can tell.
            pages.changes += 1
            pages.needsCount = true
        } else if !isNew || zone != .below {
            // Below what was read it was counted already.
            pages.note(change, isAbove: zone == .above)
        }
    }

    /// Takes a page in. Rows that are on the screen stay where they are; a page of another list than this is ignored.
    package mutating func take(_ page: RunPage) {
        if pages.asked == page.request { pages.asked = nil }
        defer { hasRead = true }
        guard page.request.query == query, page.request.sort == sort else {
            // Somebody typed or sorted before anything was known.
            if !hasRead { begin(with: page) }
            return
        }
        let first = top < rows.count ? rows.id(atRow: top) : nil
        let offset = (selectedIndex ?? top) - top
        let wasStale = pages.isStale
        revision.advance()
        switch page.request.span {
        case .below(let id):
            guard last == id else { return }
            add(page.runs + page.open, asLower: true)
            pages.hasBelow = page.hasBelow
            lastRead = page.hasBelow ? page.runs.last?.place(in: sort) : nil
        case .above(let id):
            guard self.first == id else { return }
            let known = rows.count
            add(page.runs + page.open, asLower: false)
            pages.hasAbove = page.hasAbove
            firstRead = page.hasAbove ? page.runs.first?.place(in: sort) : nil
            reselect()
            pages.above = page.hasAbove ? pages.above.map { max(0, $0 - (rows.count - known)) } : 0
        case .first, .last, .around: replace(by: page)
        }
        reselect()
        settle(page)
        if let row = first.flatMap({ rows.row(of: $0) }), pages.seeks == nil, !wasStale {
            top = row
        } else {
            top = max(0, (selectedIndex ?? 0) - offset)
        }
        if let awaited, rows.row(of: awaited) != nil { show(awaited) }
    }

    /// Takes in the first page of everything where the list is another one already, which is to be read then.
    private mutating func begin(with page: RunPage) {
        revision.advance()
        knowsAll = !page.hasAbove && !page.hasBelow
        add(knowsAll ? page.runs + page.open : page.open, asLower: true)
        if knowsAll {
            (pages.total, pages.above) = (rows.count, 0)
        } else {
            (pages.isStale, pages.total, pages.above) = (true, nil, nil)
        }
        if selectedIndex == nil { selection = first }
    }

    /// What was read before is forgotten, but for what must be known.
    private mutating func replace(by page: RunPage) {
        (pages.hasAbove, pages.hasBelow, pages.isStale) = (page.hasAbove, page.hasBelow, false)
        firstRead = page.hasAbove ? page.runs.first?.place(in: sort) : nil
        lastRead = page.hasBelow ? page.runs.last?.place(in: sort) : nil
        let read = Set(page.runs.map(\.id))
        forget { read.contains($0.id) }
        add(page.runs + page.open, asLower: true)
        knowsAll = query.isEmpty && pages.isWhole
    }

    /// Selects what a person went to, and a row where none is selected.
    private mutating func settle(_ page: RunPage) {
        pages.settle(page, rows: rows.count)
        switch (pages.seeks, page.request.span) {
        case (.first, .first), (.last, .last):
            selection = pages.seeks == .first ? first : last
            pages.seeks = nil
        default: break
        }
        if selectedIndex == nil, rows.count > 0 {
            if case .last = page.request.span { selection = last } else { selection = first }
        }
    }

    /// How long the list is. A count of what it was before, or of another list, is ignored.
    package mutating func take(_ counts: RunCounts) {
        if pages.counting == counts.request { pages.counting = nil }
        guard counts.request == countRequest else { return }
        (pages.total, pages.above, pages.needsCount) = (counts.total, pages.hasAbove ? counts.above : 0, false)
    }

    /// Adds what is not known yet, and takes over what is. What a run was told to be since then is newer than what was read.
    private mutating func add(_ items: [RunItem], asLower: Bool) {
        var new: [RunItem] = []
        for item in items {
            if let old = runs[item.id] {
                if order.place(of: item.id) != nil, old.isActive || !item.isActive { replace(old, by: item) }
            } else {
                runs[item.id] = item
                new.append(item)
            }
        }
        if !new.isEmpty {
            activeCount += new.count(where: \.isActive)
            let placed = new.map { ($0.id, $0.place(in: sort)) }
            order.merge(placed, asLower: asLower) { [runs, sort] in runs[$0]?.place(in: sort) }
        }
        work.add(new.count)
        reselect()
    }

    /// The rows anew, of everything that is known.
    private mutating func reselect() {
        // Most often everything is shown.
        if query.isEmpty, firstRead == nil, lastRead == nil {
            rows = order
        } else {
            rows = RunOrder(order.ids.filter { isInPart($0) && passes($0) })
        }
        work.add(order.count)
    }

    private func isInPart(_ id: RunItem.ID) -> Bool {
        runs[id].map { zone(of: $0) == .within } ?? false
    }

    /// The selection moves to the row that takes the place.
    package mutating func remove(_ id: RunItem.ID) {
        guard let old = runs[id] else { return }
        revision.advance()
        note(-1, old, in: zone(of: old))
        runs[id] = nil
        let row = selectedIndex ?? 0
        if old.isActive { activeCount -= 1 }
        order.remove(id)
        rows.remove(id)
        texts[id] = nil
        marks.remove(id)
        if selection == id { selection = rows.count == 0 ? nil : rows.id(atRow: min(row, rows.count - 1)) }
    }

    private mutating func replace(_ old: RunItem, by item: RunItem) {
        guard old.place(in: sort) == item.place(in: sort) else { return move(old, to: item) }
        let wasMeant = isMeant(item.id)
        runs[item.id] = item
        activeCount += (item.isActive ? 1 : 0) - (old.isActive ? 1 : 0)
        work.add(1)
        texts[item.id] = nil
        guard !query.isEmpty else { return }
        place(item.id)
        let isMeant = isMeant(item.id)
        if isMeant != wasMeant { pages.note(isMeant ? 1 : -1, isAbove: zone(of: item) == .above) }
    }

    /// What a run is sorted by has changed: it goes to its new place, and the rows on the screen stay where they are.
    private mutating func move(_ old: RunItem, to item: RunItem) {
        note(-1, old, in: zone(of: old))
        note(1, item, in: zone(of: item))
        let wasShown = rows.row(of: item.id) != nil
        let first = top < rows.count ? rows.id(atRow: top) : nil
        order.remove(item.id)
        rows.remove(item.id)
        activeCount -= old.isActive ? 1 : 0
        texts[item.id] = nil
        insert(item)
        if let first, first != item.id, let row = rows.row(of: first) { top = row }
        // Its neighbours were not read there.
        if selection == item.id, wasShown, isMeant(item.id), zone(of: item) != .within { lookAround() }
    }

    /// Has the rows around the selected run read, wherever in the list it stands.
    private mutating func lookAround() {
        pages.asked = nil
        (pages.isStale, pages.above) = (true, nil)
    }

    private mutating func insert(_ item: RunItem) {
        runs[item.id] = item
        if item.isActive { activeCount += 1 }
        let before = order.count
        let here = item.place(in: sort)
        order.insert(item.id) { [runs, sort] in runs[$0].map { $0.place(in: sort) >= here } ?? true }
        work.add(1 + before - (order.place(of: item.id) ?? before))
        place(item.id)
    }

    /// Brings the row of a run in, or takes it away, as query and part have it.
    private mutating func place(_ id: RunItem.ID) {
        let wasShown = rows.row(of: id) != nil
        let isShown = isInPart(id) && passes(id)
        if isShown, !wasShown, let place = order.place(of: id) {
            rows.insert(id) { [order] in (order.place(of: $0) ?? 0) < place }
        } else if !isShown, wasShown {
            rows.remove(id)
        }
    }

    // MARK: The part that is kept

    /// Rows that are kept beside those that fit a screen.
    private static let spare = 400

    /// Forgets rows far from the selection where more are known than anybody scrolls back soon.
    ///
    /// - Parameter screen: rows that fit a screen.
    mutating func trim(screen: Int) {
        let most = Self.spare + 6 * screen
        guard rows.count > most + 100 else { return }
        let middle = selectedIndex ?? top
        let first = max(0, min(middle - most / 2, rows.count - most))
        let last = first + most - 1
        revision.advance()
        knowsAll = false
        if last < rows.count - 1 {
            lastRead = runs[rows.id(atRow: last)]?.place(in: sort)
            pages.hasBelow = true
        }
        if first > 0 {
            firstRead = runs[rows.id(atRow: first)]?.place(in: sort)
            pages.hasAbove = true
            pages.above = pages.above.map { $0 + first }
        }
        let kept = Set((first...last).map { rows.id(atRow: $0) })
        top = max(0, top - first)
        forget { kept.contains($0.id) }
        reselect()
        // Runs at one place may stay together at an edge.
        if first > 0, let extra = (0..<rows.count).first(where: { kept.contains(rows.id(atRow: $0)) }), extra > 0 {
            pages.above = pages.above.map { max(0, $0 - extra) }
            top += extra
        }
    }

    /// It is to be known wherever in the list it stands.
    private func isNeeded(_ run: RunItem) -> Bool {
        run.isActive || run.stage == .resendable || run.id == selection || run.id == awaited || marks.contains(run.id)
    }

    /// Forgets what need not be known: a run that has ended, is neither selected nor marked, and is not to be kept.
    private mutating func forget(except isKept: (RunItem) -> Bool) {
        let ids = order.ids.filter { id in
            guard let run = runs[id] else { return false }
            if isNeeded(run) || isKept(run) { return true }
            runs[id] = nil
            texts[id] = nil
            return false
        }
        order = RunOrder(ids)
        work.add(ids.count)
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
        guard let row = rows.row(of: id) else {
            guard isMeant(id) else { return }
            if sort == .newestFirst {
                // It stands above what was read.
                if pages.hasAbove { (awaited, pages.seeks) = (id, .first) }
            } else {
                selection = id
                lookAround()
            }
            return
        }
        select(id)
        top = min(top, row)
    }

    /// Does nothing when it is not known.
    package mutating func select(_ id: RunItem.ID) {
        guard runs[id] != nil else { return }
        selection = id
        if id == order.first { unseen = 0 }
    }

    /// Moves by rows, stopping at both ends of what was read.
    package mutating func move(by step: Int) {
        awaited = nil
        guard rows.count > 0 else { return }
        select(rows.id(atRow: min(max((selectedIndex ?? 0) + step, 0), rows.count - 1)))
    }

    /// Moves what is seen by rows; the selection stays, or is the nearest row that is seen.
    mutating func scroll(by rows: Int, height: Int) {
        guard let index = selectedIndex else { return }
        top = min(max(top + rows, 0), max(self.rows.count - height, 0))
        let nearest = min(max(index, top), min(top + max(height, 1), self.rows.count) - 1)
        if nearest != index { move(by: nearest - index) }
    }

    /// Goes to an end of the list; one that was not read yet is read.
    mutating func move(to end: RunPages.End) {
        move(by: end == .first ? -1_000_000 : 1_000_000)
        seek(end)
    }

    /// Has an end of the list read, if it was not, and goes there then.
    mutating func seek(_ end: RunPages.End) {
        if end == .first ? pages.hasAbove : pages.hasBelow { pages.seeks = end }
    }

    /// Marks the selected row, or takes its mark away.
    package mutating func toggleMark() { if let selection { marks.toggle(selection) } }

    /// Marks one output of the selected run, or takes its mark away: the last one takes that of the run along.
    mutating func toggleMark(output: Int) { if let selected { marks.toggle(output: output, of: selected) } }

    /// How many outputs are marked; a run without any counts as one.
    package var markedOutputCount: Int {
        marks.runs.reduce(0) { $0 + (marks.outputs[$1]?.count ?? max(runs[$1]?.outputs.count ?? 1, 1)) }
    }

    // MARK: Filter

    /// Chooses the rows by the terms of `text`. What is known is shown at once; where not all is known, the rest is to be
    /// read. Terms that make no sense change nothing but ``filterIssue``.
    ///
    /// The selection stays where its row is still shown, else goes to the first one.
    ///
    /// - Parameter calendar: whose days `since:7d` counts.
    package mutating func setFilter(_ text: String, now: Date, calendar: Calendar) {
        guard text != filter else { return }
        filter = text
        let before = query
        do {
            query = try RunQuery(parsing: text, now: now, calendar: calendar)
            filterIssue = nil
        } catch {
            filterIssue = error.description
        }
        guard query != before else { return }
        revision.advance()
        top = 0
        pages.begin()
        if knowsAll {
            (firstRead, lastRead) = (nil, nil)
        } else {
            (pages.isStale, pages.total, pages.above) = (true, nil, nil)
        }
        reselect()
        if knowsAll { (pages.total, pages.above) = (rows.count, 0) }
        // What is read next says whether the run that is selected is among the rows.
        if selectedIndex == nil, knowsAll || !isSelectionMeant { selection = rows.count > 0 ? rows.id(atRow: 0) : nil }
    }

    // MARK: Order

    /// Sorts the rows. What is known is shown at once; where not all is known, the rest is to be read.
    ///
    /// Who stands on the first row of the list is on the first one again, as that is what a list is sorted for; elsewhere
    /// the selection stays on its run.
    package mutating func sort(by sort: RunSort) {
        guard sort != self.sort else { return }
        let isOnFirst = selectedIndex == 0 && !pages.hasAbove
        let offset = (selectedIndex ?? top) - top
        let isWhole = pages.isWhole
        self.sort = sort
        revision.advance()
        pages.begin()
        unseen = 0
        (firstRead, lastRead) = (nil, nil)
        order = RunOrder(sorting: items.map { ($0.id, $0.place(in: sort)) })
        work.add(order.count)
        reselect()
        if isWhole { pages.above = 0 } else { (pages.isStale, pages.above) = (true, nil) }
        if isOnFirst {
            if isWhole { selection = first } else { pages.seeks = .first }
            top = 0
        } else {
            top = max(0, (selectedIndex ?? 0) - offset)
        }
    }

    private var isSelectionMeant: Bool { selection.map(isMeant) ?? false }

    private mutating func passes(_ id: RunItem.ID) -> Bool {
        guard !query.isEmpty else { return true }
        guard let run = runs[id] else { return false }
        let text = texts[id] ?? run.foldedText
        texts[id] = text
        work.add(text.utf8.count)
        return query.matches(run.facts(text: text))
    }

    /// As ``passes(_:)``, and nothing is remembered.
    private func isMeant(_ id: RunItem.ID) -> Bool {
        guard !query.isEmpty else { return true }
        guard let run = runs[id] else { return false }
        return query.matches(run.facts(text: texts[id] ?? run.foldedText))
    }

    // MARK: Scrolling

    /// Scrolls so that the selection lies within `height` lines, where `lines` tells how many a row takes. Looks at no
    /// more rows than fit.
    package mutating func reveal(height: Int, lines: (RunItem) -> Int) {
        guard let index = selectedIndex, height > 0 else {
            // Its row is on its way.
            top = pages.isStale ? min(top, max(0, rows.count - 1)) : 0
            return
        }
        var measured = 0
        top = RowWindow(height: height, rows: rows.count).top(from: top, selected: index) { row in
            measured += 1
            return max(1, lines(shown[row]))
        }
        work.add(measured)
    }
}
