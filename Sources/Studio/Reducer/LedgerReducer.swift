import Pricing

/// The view of what was spent.
enum LedgerReducer {
    static func open(_ ledger: inout Ledger?) -> [StudioEffect] {
        ledger = Ledger()
        return [.world(.loadSpend(Ledger().period))]
    }

    /// A command while the view is open; nil: it is not for the view alone.
    static func reduce(_ command: Command, _ ledger: inout Ledger?) -> [StudioEffect]? {
        let before = ledger?.period
        switch command.meaning {
        case .ledger(.nextPeriod): ledger?.turn(by: 1)
        case .ledger(.previousPeriod): ledger?.turn(by: -1)
        case .list(let move): scroll(move, &ledger)
        case .screen(.back), .screen(.interrupt), .screen(.showSpend): ledger = nil
        case .screen(.redraw), .screen(.suspend), .screen(.quit): return nil
        case .screen, .compose, .edit, .normalMode, .acceptField, .images, .inputs, .runs, .annotate, .detail, .large,
            .film,
            .dialog:
            break
        }
        guard let period = ledger?.period, period != before else { return [] }
        return [.world(.loadSpend(period))]
    }

    private static func scroll(_ move: ListMove, _ ledger: inout Ledger?) {
        switch move {
        case .up, .down, .pageUp, .pageDown: ledger?.scroll(by: move.rows(page: 10))
        case .first, .last: break
        }
    }

    static func receive(_ report: SpendReport, of period: Ledger.Period, _ ledger: inout Ledger?) {
        guard ledger?.period == period else { return }
        ledger?.report = report
        ledger?.failure = nil
    }
}
