/// What is to be read next, so that no row is missing where somebody looks.
extension RunList {
    /// The page to be asked for; nil: enough was read, or a page is on its way.
    ///
    /// - Parameter screen: rows that fit a screen.
    func wantedPage(screen: Int) -> RunPage.Request? {
        guard pages.asked == nil, !pages.hasFailed else { return nil }
        return wantedSpan(near: 2 * screen).map { RunPage.Request(query, $0, sort: sort) }
    }

    private func wantedSpan(near: Int) -> RunPage.Span? {
        if pages.isStale {
            if pages.seeks == .first { return .first }
            return selection.flatMap { isListed($0) ? .around($0) : nil } ?? .first
        }
        switch pages.seeks {
        case .first where pages.hasAbove: return .first
        case .last where pages.hasBelow: return .last
        case .first, .last, nil: break
        }
        let place = selectedIndex ?? top
        if pages.hasBelow, shown.count - max(place, top) < near { return last.map { .below($0) } ?? .first }
        if pages.hasAbove, min(place, top) < near { return first.map { .above($0) } ?? .first }
        return nil
    }

    /// The count to be asked for; nil: it is known, or on its way.
    var wantedCount: RunCounts.Request? {
        guard pages.needsCount, pages.counting == nil, pages.asked == nil, !pages.hasFailed else { return nil }
        return countRequest
    }

    /// What a count must be of to be good.
    var countRequest: RunCounts.Request {
        RunCounts.Request(query, sort: sort, above: pages.hasAbove ? first : nil, changes: pages.changes)
    }
}
