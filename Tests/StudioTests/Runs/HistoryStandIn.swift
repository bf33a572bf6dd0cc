import Foundation
import Search

@testable import Studio

/// Answers what the table asks for, as the history does.
struct HistoryStandIn {
    /// Newest first.
    var runs: [RunItem]
    var size = 100

    /// As the history sorts them.
    func sorted(_ sort: RunSort) -> [RunItem] {
        let placed = runs.enumerated().map {
            (run: $1, place: $1.place(in: sort), number: sort.isNewestFirst ? $0 : -$0)
        }
        return placed.sorted { $0.place == $1.place ? $0.number < $1.number : $0.place < $1.place }.map(\.run)
    }

    func page(_ request: RunPage.Request) -> RunPage {
        let list = sorted(request.sort).filter { request.query.matches($0.facts(text: $0.foldedText)) }
        func place(_ id: RunItem.ID) -> Int {
            guard let here = runs.first(where: { $0.id == id })?.place(in: request.sort) else { return 0 }
            return list.firstIndex { $0.id == id } ?? list.firstIndex { $0.place(in: request.sort) > here }
                ?? list.count
        }
        let range: Range<Int> =
            switch request.span {
            case .first: 0..<min(size, list.count)
            case .last: max(0, list.count - size)..<list.count
            case .below(let id):
                { first in min(first, list.count)..<min(first + size, list.count) }(
                    place(id) + (list.contains { $0.id == id } ? 1 : 0)
                )
            case .above(let id): { max(0, $0 - size)..<$0 }(place(id))
            case .around(let id): { max(0, $0 - size / 2)..<min(list.count, $0 + size / 2) }(place(id))
            }
        return RunPage(
            request,
            runs: Array(list[range]),
            hasAbove: range.lowerBound > 0,
            hasBelow: range.upperBound < list.count
        )
    }

    /// What the studio starts with.
    var first: RunPage {
        var page = page(RunPage.Request())
        page.open = runs.filter { $0.isActive || $0.stage == .resendable }
        page.total = runs.count
        return page
    }

    func counts(_ request: RunCounts.Request) -> RunCounts {
        let list = sorted(request.sort).filter { request.query.matches($0.facts(text: $0.foldedText)) }
        let above = request.above.flatMap { id in list.firstIndex { $0.id == id } } ?? 0
        return RunCounts(request, total: list.count, above: above)
    }

    /// The answer to one order; nil: it is not about the list.
    func answer(_ effect: StudioEffect) -> StudioAction? {
        switch effect {
        case .world(.loadRuns(let request)): .runsLoaded(page(request))
        case .world(.countRuns(let request)): .runsCounted(counts(request))
        default: nil
        }
    }
}

extension Bench {
    /// Answers what is asked of the history until nothing is; returns how many pages were.
    @discardableResult
    mutating func settle(_ history: HistoryStandIn, _ effects: [StudioEffect]) -> Int {
        var waiting = effects
        var pages = 0
        while !waiting.isEmpty {
            let effect = waiting.removeFirst()
            if case .world(.loadRuns) = effect { pages += 1 }
            if let action = history.answer(effect) { waiting += send(action) }
        }
        return pages
    }
}
