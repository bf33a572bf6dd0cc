package import Foundation
package import Search

/// The table of predictions, newest first, with a selection that stays on its run whatever arrives.
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
    /// The newest and the oldest moment of the part that was read; nil: there is no limit.
    private var newestRead: Date?
    private var oldestRead: Date?
    /// Every run of the whole history is known.
    private var knowsAll = true
    /// A page has come.
    private var hasRead = false

    /// What was typed as a filter.
    package private(set) var filter = ""
    /// What the rows are chosen by.
    package private(set) var query = RunQuery()
    /// Why the filter is no query; ``query`` is the last one that was. nil: it is one.
    package private(set) var filterIssue: String?
    /// Runs in flight, shown or not.
    package private(set) var activeCount = 0
    /// nil only when no row is shown.
    package private(set) var selection: RunItem.ID?
    /// Runs marked for an action on several.
    package var marked: Set<RunItem.ID> = [] {
        didSet {
            if marked != oldValue, !markedOutputs.isEmpty {
                markedOutputs = markedOutputs.filter { marked.contains($0.key) }
            }
        }
    }
    /// Of marked runs, the outputs that are meant; a run that is not among them is meant with all of its outputs.
    package private(set) var markedOutputs: [RunItem.ID: Set<Int>] = [:]
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

    /// Every run that is known, newest first, whatever the filter.
    package var items: ShownRuns { ShownRuns(ids: order.ids, runs: runs) }
    /// The rows that were read.
    package var shown: ShownRuns { ShownRuns(ids: rows.ids, runs: runs) }
    /// Also while the filter hides it.
    package var selected: RunItem? { selection.flatMap { runs[$0] } }
    /// Its place among ``shown``; nil while the filter hides it.
    package var selectedIndex: Int? { selection.flatMap { rows.row(of: $0) } }
    /// The first and the last run of what was read.
    var newest: RunItem.ID? { rows.newest }
    var oldest: RunItem.ID? { rows.ids.first }

    /// nil when it is not known, or was deleted.
    package subscript(id: RunItem.ID) -> RunItem? { runs[id] }

    /// What an action on several acts on: the marked runs, else the selected one; never one that the filter hides.
    package var targets: [RunItem] {
        let chosen = marked.filter(isMeant).compactMap { id in order.place(of: id).map { ($0, id) } }
            .sorted { $0.0 > $1.0 }.compactMap { runs[$0.1] }
        return chosen.isEmpty ? selected.map { isMeant($0.id) ? [$0] : [] } ?? [] : chosen
    }

    /// Marked runs that the filter hides.
    package var hiddenMarks: Int { marked.count { !isMeant($0) } }

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
    /// The selection follows a new run only while it stood on the newest row.
    package mutating func upsert(_ item: RunItem) {
        revision.advance()
        if let old = runs[item.id] { return replace(old, by: item) }
        let newest = order.newest
        let isAbove = newestRead.map { item.createdAt > $0 } ?? false
        let isBelow = oldestRead.map { item.createdAt < $0 } ?? false
        // Below what was read it was counted already.
        if !isBelow, query.isEmpty || query.matches(item.facts(text: item.foldedText)) {
            pages.note(1, isAbove: isAbove)
        }
        guard isNeeded(item) || !isAbove && !isBelow else { return }
        insert(item)
        guard let row = rows.row(of: item.id) else {
            if isAbove, isMeant(item.id) { unseen += 1 }
            if awaited == item.id { show(item.id) }
            return
        }
        if awaited == item.id { return show(item.id) }
        if selection == nil || (selection == newest && row == 0 && order.newest == item.id) {
            selection = item.id
            top = 0
        } else if row <= top {
            top += 1
            unseen += 1
        }
    }

    /// Takes a page in. Rows that are on the screen stay where they are; a page of another list than this is ignored.
    package mutating func take(_ page: RunPage) {
        if pages.asked == page.request { pages.asked = nil }
        defer { hasRead = true }
        guard page.request.query == query else {
            // Somebody typed before anything was known.
            if !hasRead { begin(with: page) }
            return
        }
        let first = top < rows.count ? rows.id(atRow: top) : nil
        let offset = (selectedIndex ?? top) - top
        revision.advance()
        switch page.request.span {
        case .older(let id):
            guard oldest == id else { return }
            add(page.runs + page.open, asOlder: true)
            pages.hasOlder = page.hasOlder
            oldestRead = page.hasOlder ? page.runs.last?.createdAt : nil
        case .newer(let id):
            guard newest == id else { return }
            let known = rows.count
            add(page.runs + page.open, asOlder: false)
            pages.hasNewer = page.hasNewer
            newestRead = page.hasNewer ? page.runs.first?.createdAt : nil
            reselect()
            pages.above = page.hasNewer ? pages.above.map { max(0, $0 - (rows.count - known)) } : 0
        case .newest, .oldest, .around: replace(by: page)
        }
        reselect()
        settle(page)
        if let row = first.flatMap({ rows.row(of: $0) }), pages.seeks == nil {
            top = row
        } else {
            top = max(0, (selectedIndex ?? 0) - offset)
        }
        if let awaited, rows.row(of: awaited) != nil { show(awaited) }
    }

    /// Takes in the first page of everything where the list is another one already, which is to be read then.
    private mutating func begin(with page: RunPage) {
        revision.advance()
        knowsAll = !page.hasNewer && !page.hasOlder
        add(knowsAll ? page.runs + page.open : page.open, asOlder: true)
        if knowsAll {
            (pages.total, pages.above) = (rows.count, 0)
        } else {
            (pages.isStale, pages.total, pages.above) = (true, nil, nil)
        }
        if selectedIndex == nil { selection = newest }
    }

    /// What was read before is forgotten, but for what must be known.
    private mutating func replace(by page: RunPage) {
        (pages.hasNewer, pages.hasOlder, pages.isStale) = (page.hasNewer, page.hasOlder, false)
        newestRead = page.hasNewer ? page.runs.first?.createdAt : nil
        oldestRead = page.hasOlder ? page.runs.last?.createdAt : nil
        let read = Set(page.runs.map(\.id))
        forget { read.contains($0.id) }
        add(page.runs + page.open, asOlder: true)
        knowsAll = query.isEmpty && pages.isWhole
    }

    /// Selects what a person went to, and a row where none is selected.
    private mutating func settle(_ page: RunPage) {
        if pages.isWhole {
            (pages.total, pages.above, pages.needsCount) = (rows.count, 0, false)
        } else if let total = page.total {
            (pages.total, pages.above, pages.needsCount) = (
                max(total, rows.count), page.hasNewer ? nil : 0, page.hasNewer
            )
        } else if case .newest = page.request.span {
            pages.above = 0
            pages.needsCount = true
        } else if case .oldest = page.request.span {
            pages.above = pages.total.map { max(0, $0 - rows.count) }
            pages.needsCount = true
        } else if case .around = page.request.span {
            pages.above = nil
            pages.needsCount = true
        }
        switch (pages.seeks, page.request.span) {
        case (.first, .newest), (.last, .oldest):
            selection = pages.seeks == .first ? newest : oldest
            pages.seeks = nil
        default: break
        }
        if selectedIndex == nil, rows.count > 0 {
            if case .oldest = page.request.span { selection = oldest } else { selection = newest }
        }
    }

    /// How long the list is. A count of what it was before, or of another list, is ignored.
    package mutating func take(_ counts: RunCounts) {
        if pages.counting == counts.request { pages.counting = nil }
        guard counts.request == countRequest else { return }
        (pages.total, pages.above, pages.needsCount) = (counts.total, pages.hasNewer ? counts.above : 0, false)
    }

    /// Adds what is not known yet, and takes over what is. What a run was told to be since then is newer than what was read.
    private mutating func add(_ items: [RunItem], asOlder: Bool) {
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
            order = RunOrder(merged(new, asOlder: asOlder))
        }
        work.add(new.count)
        reselect()
    }

    /// The rows anew, of everything that is known.
    private mutating func reselect() {
        // Most often everything is shown.
        if query.isEmpty, newestRead == nil, oldestRead == nil {
            rows = order
        } else {
            rows = RunOrder(order.ids.filter { isInPart($0) && passes($0) })
        }
        work.add(order.count)
    }

    private func isInPart(_ id: RunItem.ID) -> Bool {
        guard let date = runs[id]?.createdAt else { return false }
        return (newestRead.map { date <= $0 } ?? true) && (oldestRead.map { date >= $0 } ?? true)
    }

    /// The selection moves to the row that takes the place.
    package mutating func remove(_ id: RunItem.ID) {
        guard let old = runs[id] else { return }
        revision.advance()
        if isMeant(id) { pages.note(-1, isAbove: newestRead.map { old.createdAt > $0 } ?? false) }
        runs[id] = nil
        let row = selectedIndex ?? 0
        if old.isActive { activeCount -= 1 }
        order.remove(id)
        rows.remove(id)
        texts[id] = nil
        marked.remove(id)
        if selection == id { selection = rows.count == 0 ? nil : rows.id(atRow: min(row, rows.count - 1)) }
    }

    private mutating func replace(_ old: RunItem, by item: RunItem) {
        let wasMeant = isMeant(item.id)
        if old.createdAt != item.createdAt {
            order.remove(item.id)
            rows.remove(item.id)
            activeCount -= old.isActive ? 1 : 0
            texts[item.id] = nil
            insert(item)
        } else {
            runs[item.id] = item
            activeCount += (item.isActive ? 1 : 0) - (old.isActive ? 1 : 0)
            work.add(1)
            texts[item.id] = nil
            guard !query.isEmpty else { return }
            place(item.id)
        }
        let isMeant = isMeant(item.id)
        if isMeant != wasMeant {
            pages.note(isMeant ? 1 : -1, isAbove: newestRead.map { item.createdAt > $0 } ?? false)
        }
    }

    private mutating func insert(_ item: RunItem) {
        runs[item.id] = item
        if item.isActive { activeCount += 1 }
        let before = order.count
        order.insert(item.id) { [runs] in (runs[$0]?.createdAt ?? .distantPast) <= item.createdAt }
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

    /// All ids with the new ones among them, oldest first. Of those created at one moment the first of `new` is newest,
    /// and all of them stand on one side of those that are known.
    private func merged(_ new: [RunItem], asOlder: Bool) -> [RunItem.ID] {
        var rest = new.reversed().sorted { $0.createdAt < $1.createdAt }[...]
        var merged: [RunItem.ID] = []
        for id in order.ids {
            guard let here = runs[id] else { continue }
            while let next = rest.first, next.createdAt < here.createdAt || asOlder && next.createdAt == here.createdAt
            {
                merged.append(rest.removeFirst().id)
            }
            merged.append(id)
        }
        return merged + rest.map(\.id)
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
            oldestRead = runs[rows.id(atRow: last)]?.createdAt
            pages.hasOlder = true
        }
        if first > 0 {
            newestRead = runs[rows.id(atRow: first)]?.createdAt
            pages.hasNewer = true
            pages.above = pages.above.map { $0 + first }
        }
        let kept = Set((first...last).map { rows.id(atRow: $0) })
        top = max(0, top - first)
        forget { kept.contains($0.id) }
        reselect()
        // Runs of one moment may stay together at an edge.
        if first > 0, let extra = (0..<rows.count).first(where: { kept.contains(rows.id(atRow: $0)) }), extra > 0 {
            pages.above = pages.above.map { max(0, $0 - extra) }
            top += extra
        }
    }

    /// It is to be known wherever in the list it stands.
    private func isNeeded(_ run: RunItem) -> Bool {
        run.isActive || run.stage == .resendable || run.id == selection || run.id == awaited || marked.contains(run.id)
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
            // It stands above what was read.
            if isMeant(id), pages.hasNewer { (awaited, pages.seeks) = (id, .first) }
            return
        }
        select(id)
        top = min(top, row)
    }

    /// Does nothing when it is not known.
    package mutating func select(_ id: RunItem.ID) {
        guard runs[id] != nil else { return }
        selection = id
        if id == order.newest { unseen = 0 }
    }

    /// Moves by rows, stopping at both ends of what was read.
    package mutating func move(by step: Int) {
        awaited = nil
        guard rows.count > 0 else { return }
        select(rows.id(atRow: min(max((selectedIndex ?? 0) + step, 0), rows.count - 1)))
    }

    /// Goes to an end of the list; one that was not read yet is read.
    mutating func move(to end: RunPages.End) {
        move(by: end == .first ? -1_000_000 : 1_000_000)
        seek(end)
    }

    /// Has an end of the list read, if it was not, and goes there then.
    mutating func seek(_ end: RunPages.End) {
        if end == .first ? pages.hasNewer : pages.hasOlder { pages.seeks = end }
    }

    /// Marks the selected row, or takes its mark away.
    package mutating func toggleMark() {
        guard let selection else { return }
        if marked.remove(selection) == nil { marked.insert(selection) }
    }

    /// Marks one output of the selected run, or takes its mark away: the last one takes that of the run along.
    mutating func toggleMark(output: Int) {
        guard let run = selected, run.outputs.count > 1 else { return toggleMark() }
        var outputs = marked.contains(run.id) ? markedOutputs[run.id] ?? Set(run.outputs.indices) : []
        if outputs.remove(output) == nil { outputs.insert(output) }
        if outputs.isEmpty {
            marked.remove(run.id)
        } else {
            marked.insert(run.id)
            markedOutputs[run.id] = outputs
        }
    }

    /// Whether an output, or a run without any, is among what is marked.
    package func isMarked(_ id: RunItem.ID, output: Int) -> Bool {
        marked.contains(id) && (markedOutputs[id]?.contains(output) ?? true)
    }

    /// How many outputs are marked; a run without any counts as one.
    package var markedOutputCount: Int {
        marked.reduce(0) { $0 + (markedOutputs[$1]?.count ?? max(runs[$1]?.outputs.count ?? 1, 1)) }
    }

    // MARK: Filter

    /// Chooses the rows by the terms of `text`. What is known is shown at once; where not all is known, the rest is to be
    /// read. Terms that make no sense change nothing but ``filterIssue``.
    ///
    /// The selection stays where its row is still shown, else goes to the newest one.
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
        pages.asked = nil
        pages.counting = nil
        pages.seeks = nil
        pages.hasFailed = false
        pages.changes += 1
        if knowsAll {
            (newestRead, oldestRead) = (nil, nil)
        } else {
            (pages.isStale, pages.total, pages.above) = (true, nil, nil)
        }
        reselect()
        if knowsAll { (pages.total, pages.above) = (rows.count, 0) }
        // What is read next says whether the run that is selected is among the rows.
        if selectedIndex == nil, knowsAll || !isSelectionMeant { selection = rows.count > 0 ? rows.id(atRow: 0) : nil }
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
