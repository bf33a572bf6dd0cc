/// What is to be read next, so that no row is missing where somebody looks.
extension RunList {
    /// The page to be asked for; nil: enough was read, or a page is on its way.
    ///
    /// - Parameter screen: rows that fit a screen.
    func wantedPage(screen: Int) -> RunPage.Request? {
        guard pages.asked == nil, !pages.hasFailed else { return nil }
        return wantedSpan(near: 2 * screen).map { RunPage.Request(query, $0) }
    }

    private func wantedSpan(near: Int) -> RunPage.Span? {
        if pages.isStale {
            return selection.flatMap { isListed($0) ? .around($0) : nil } ?? .newest
        }
        switch pages.seeks {
        case .first where pages.hasNewer: return .newest
        case .last where pages.hasOlder: return .oldest
        case .first, .last, nil: break
        }
        let place = selectedIndex ?? top
        if pages.hasOlder, shown.count - max(place, top) < near { return oldest.map { .older(than: $0) } ?? .newest }
        if pages.hasNewer, min(place, top) < near { return newest.map { .newer(than: $0) } ?? .newest }
        return nil
    }

    /// The count to be asked for; nil: it is known, or on its way.
    var wantedCount: RunCounts.Request? {
        guard pages.needsCount, pages.counting == nil, pages.asked == nil, !pages.hasFailed else { return nil }
        return countRequest
    }

    /// What a count must be of to be good.
    var countRequest: RunCounts.Request {
        RunCounts.Request(query, above: pages.hasNewer ? newest : nil, changes: pages.changes)
    }
}
