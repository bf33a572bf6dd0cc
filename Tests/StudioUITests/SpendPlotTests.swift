import Money
import Pricing
import Studio
import Terminal
import Testing

@testable import StudioUI

/// The bars of the spend view.
struct SpendPlotTests {
    private func days(_ costs: [String], runs: Int = 1, unknown: Int = 0) -> [SpendReport.Line<String>] {
        costs.enumerated().map { index, cost in
            var sum = SpendSum(runs: cost == "" ? 0 : runs, paid: Money(cost) ?? .zero)
            if cost == "?" { sum.unknownRuns = 1 }
            return SpendReport.Line("2026-11-\(index + 10)", sum)
        }
    }

    private func draw(_ days: [SpendReport.Line<String>], _ columns: Int, _ rows: Int, isUnicode: Bool = true)
        -> [String]
    {
        var canvas = Canvas(
            size: Size(columns: columns, rows: rows),
            theme: .darkroom,
            glyphs: Glyphs(isUnicode: isUnicode),
            depth: .direct
        )
        SpendPlot.draw(days, in: canvas.surface.bounds, on: &canvas)
        return canvas.surface.text()
    }

    /// Eighths of a row in a column of the plot.
    private func height(_ column: Int, _ rows: [String]) -> Int {
        rows.dropFirst().dropLast().reduce(0) { sum, row in
            let sign = Array(row)[column]
            return sum + (Array("▁▂▃▄▅▆▇█").firstIndex(of: sign).map { $0 + 1 } ?? 0)
        }
    }

    @Test func `the highest day is as high as the plot, and the others in proportion`() {
        let rows = draw(days(["0.5", "1", "0.25", "2"]), 40, 10)
        // Six columns a day, one of them between two bars.
        let heights = [0, 6, 12, 18].map { height($0, rows) }
        #expect(heights == [16, 32, 8, 64])
        #expect(rows[0].hasPrefix("highest day $2.00"))
        #expect(rows[9].contains("2026-11-10") && rows[9].contains("2026-11-13"))
        #expect([5, 11, 17].map { height($0, rows) } == [0, 0, 0], "bars do not touch")
    }

    @Test func `a day that cost little is not nothing, and one that nobody knows is no empty day`() {
        let rows = draw(days(["100", "0.001", "", "?", "0"]), 60, 12)
        let signs = [0, 6, 12, 18, 24].map { Array(rows[10])[$0] }
        #expect(signs == ["█", "▁", "·", "?", "▁"])
        #expect(height(6, rows) == 1)
    }

    @Test(arguments: [20, 21, 33, 40, 80, 200, 400])
    func `however many days there are, the newest is the last bar and nothing reaches beyond the edge`(columns: Int) {
        for count in [1, 2, 7, 30, 90, 365] {
            var costs = Array(repeating: "0.01", count: count)
            costs[count - 1] = "5"
            let all = costs.enumerated().map { index, cost in
                SpendReport.Line("d\(index)", SpendSum(runs: 1, paid: Money(cost)!))
            }
            let rows = draw(all, columns, 8)
            #expect(rows.count == 8 && rows.allSatisfy { TextWidth.columns(of: $0) == columns })
            let full = (0..<columns).filter { height($0, rows) == 48 }
            #expect(!full.isEmpty, "\(count) days in \(columns)")
            // Nothing but the highest bar is full, and it is the last one.
            #expect(full == Array(full[0]...(full.last ?? 0)))
            let used = (0..<columns).filter { height($0, rows) > 0 }
            #expect(used.last == full.last, "\(count) days in \(columns)")
            let perBar = (count + columns - 1) / columns
            #expect(rows[0].hasPrefix(perBar == 1 ? "highest day $5.00" : "highest \(perBar) days $5."))
        }
    }

    @Test func `days that share a bar are added up`() {
        let all = (0..<40).map { SpendReport.Line("d\($0)", SpendSum(runs: 1, paid: Money($0 < 20 ? "1" : "2")!)) }
        let rows = draw(all, 20, 10)
        #expect(rows[0].hasPrefix("highest 2 days $4.00"))
        #expect(height(0, rows) == 32 && height(19, rows) == 64)
    }

    @Test func `where there is no room, nothing is drawn rather than a part`() {
        for (columns, rows) in [(19, 10), (40, 3), (0, 0), (5, 2)] {
            #expect(draw(days(["1"]), columns, rows).allSatisfy { $0.allSatisfy { $0 == " " } })
        }
        #expect(draw([], 40, 10).allSatisfy { $0.allSatisfy { $0 == " " } })
    }

    @Test func `without Unicode the bars are ASCII`() {
        for costs in [["1", "2", "0.001"], ["", "?", "0"]] {
            let rows = draw(days(costs), 40, 8, isUnicode: false)
            #expect(rows.allSatisfy { $0.allSatisfy(\.isASCII) })
        }
        // Nothing was paid at all: no bar, and no division by nothing.
        #expect(draw(days(["0", "0"]), 40, 8)[0].hasPrefix("highest day $0.00"))
    }

    @Test(arguments: [
        Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 120, rows: 36),
        Size(columns: 300, rows: 90),
    ])
    func `what was spent is told soundly in every period and at every size`(size: Size) {
        for (period, steps) in [(Ledger.Period.week, -1), (.month, 0), (.quarter, 1), (.year, 2)] {
            var state = SampleStudio.busy(size: size)
            SampleStudio.send(.command(.showSpend), to: &state)
            for _ in 0..<abs(steps) {
                SampleStudio.send(.command(steps < 0 ? .previousPeriod : .nextPeriod), to: &state)
            }
            LayoutPropertyTests.expectSound(state, size, "adding up \(period)")
            SampleStudio.send(.spendLoaded(period, SpendSnapshotTests.report(days: period.days)), to: &state)
            LayoutPropertyTests.expectSound(state, size, "\(period)")
            let shown = SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
            #expect(shown.contains("[\(period.days) days]"))
            #expect(shown.contains("237 runs"), "\(period) at \(size)")
        }
    }
}
