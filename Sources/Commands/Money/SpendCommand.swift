import ArgumentParser
import Foundation
import History
import Money
import Predictions
import Pricing
import Terminal

struct SpendCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "spend",
        abstract: "What was spent, by day, model or status. USD."
    )

    enum Grouping: String, CaseIterable {
        case day, model, status
    }

    /// One grouping, or a day and another one.
    struct Groupings: Hashable, ExpressibleByArgument {
        let parts: [Grouping]

        init(parts: [Grouping]) { self.parts = parts }

        init?(argument: String) {
            let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
                .map { Grouping(rawValue: String($0)) }
            guard (1...2).contains(parts.count), Set(parts).count == parts.count, !parts.contains(nil),
                parts.count == 1 || parts.contains(.day)
            else { return nil }
            // The day stands first, however it is asked for.
            self.parts = parts.compactMap { $0 }.sorted { $0 == .day && $1 != .day }
        }

        var text: String { parts.map(\.rawValue).joined(separator: ",") }
        var defaultValueDescription: String { text }
        static var allValueStrings: [String] { ["day", "model", "status", "day,model", "day,status"] }
    }

    @Option(help: "day, model or status, or a day with one of the others: day,model.")
    var by = Groupings(parts: [.day])

    @Option(help: "Only runs that ended on this day or later: 2026-11-01, or 30d for the last thirty days.")
    var since: String?

    @OptionGroup var output: JSONOption

    @Flag(help: "Print a table for spreadsheets.")
    var csv = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if output.json, csv { throw ValidationError("--json and --csv exclude each other.") }
        if let since, Self.date(since, now: Date(), calendar: .current) == nil {
            throw ValidationError("--since must be a day such as 2026-11-01, or a number of days such as 30d.")
        }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let paths = try Settings.load(global, context).paths
        let start = since.flatMap { Self.date($0, now: Date(), calendar: .current) }
        let report = try report(paths, since: start)
        let lines = try lines(of: report, paths, since: start)
        if output.json {
            console.print(line: SpendDocument(report, by: by.text, lines: lines))
        } else if csv {
            console.print(
                "\(by.text),runs,cost_usd,free_runs,unknown_runs,compared_usd,estimate_low_usd,estimate_high_usd"
            )
            for (day, line) in lines {
                let own = line.name.contains { ",\"\n".contains($0) } ? "\"\(line.name)\"" : line.name
                let name = [day, own].compactMap { $0 }.joined(separator: ",")
                let compared =
                    line.comparedHigh > .zero ? [line.comparedCost, line.comparedLow, line.comparedHigh] : []
                let amounts = compared.isEmpty ? ["", "", ""] : compared.map { "\($0.amount)" }
                let cost = line.isUnknown ? "" : "\(line.cost.amount)"
                let counts = "\(line.runs),\(cost),\(line.freeRuns),\(line.unknownRuns)"
                console.print("\(name),\(counts),\(amounts.joined(separator: ","))")
            }
        } else {
            printTable(report, lines, console)
        }
    }

    private typealias Line = (day: String?, line: SpendReport.Line)

    private func lines(of report: SpendReport, _ paths: Paths, since: Date?) throws -> [Line] {
        func plain(_ lines: [SpendReport.Line]) -> [Line] { lines.map { (nil, $0) } }
        switch by.parts {
        case [.model]: return plain(report.models)
        case [.status]: return plain(report.statuses)
        case [.day]: return plain(report.days.filter { $0.runs > 0 })
        default:
            guard FileManager.default.fileExists(atPath: paths.database.path) else { return [] }
            do {
                let book = SpendBook(try HistoryStore.open(path: paths.database.path))
                return try book.dailyLines(since: since, by: by.parts.contains(.model) ? .model : .status)
                    .map { ($0.day, $0.line) }
            } catch let error as HistoryError {
                throw CommandError(error)
            }
        }
    }

    private func report(_ paths: Paths, since: Date?) throws -> SpendReport {
        // Looking must not make a history where there is none.
        guard FileManager.default.fileExists(atPath: paths.database.path) else { return SpendReport(since: since) }
        do {
            return try SpendBook(try HistoryStore.open(path: paths.database.path)).report(since: since)
        } catch let error as HistoryError {
            throw CommandError(error)
        }
    }

    private func printTable(_ report: SpendReport, _ lines: [Line], _ console: Console) {
        guard !lines.isEmpty else {
            let remarks = report.parts.remarks
            return console.say(
                ([remarks.isEmpty ? "Nothing has been spent." : "Nothing has been paid yet"] + remarks)
                    .joined(separator: " · ")
            )
        }
        func title(_ part: Grouping) -> String { part.rawValue.prefix(1).uppercased() + part.rawValue.dropFirst() }
        var table = Table(
            by.parts.map { .init(title($0), isFlexible: true) } + [
                .init("Runs", .right), .init("USD", .right), .init(""), .init("Free", .right), .init("Unknown", .right),
                .init("Against the estimate", .right),
            ]
        )
        let most = lines.map(\.line.cost).max() ?? .zero
        for (day, line) in lines {
            table.add(
                [day].compactMap { $0 } + [
                    line.name, "\(line.runs)", line.label, Self.bar(line.cost.fraction(of: most)),
                    line.freeRuns == 0 ? "" : "\(line.freeRuns)", line.unknownRuns == 0 ? "" : "\(line.unknownRuns)",
                    line.deviation?.text ?? "",
                ]
            )
        }
        table.print(on: console)
        console.say(SpendSentence.text(of: report))
    }

    private static func bar(_ fraction: Double) -> String {
        String(repeating: "█", count: fraction <= 0 ? 0 : max(1, Int((fraction * 20).rounded())))
    }

    /// nil for what is neither a day nor a number of days.
    static func date(_ text: String, now: Date, calendar: Calendar) -> Date? {
        if text.hasSuffix("d"), let days = Int(text.dropLast()), (1...36_500).contains(days) {
            return calendar.date(byAdding: .day, value: 1 - days, to: calendar.startOfDay(for: now))
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        let components = DateComponents(year: year, month: month, day: day)
        guard components.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: components)
    }
}

/// The totals in one line.
enum SpendSentence {
    static func text(of report: SpendReport) -> String {
        let total = report.total
        var words = ["\(total.cost.shortText) USD for \(total.runs) \(total.runs == 1 ? "run" : "runs")"]
        if total.comparedHigh > .zero {
            let low = total.comparedLow.shortText
            let estimate = low == total.comparedHigh.shortText ? low : "\(low)–\(total.comparedHigh.shortDigits)"
            words.append("\(total.comparedCost.shortText) against an estimate of \(estimate)")
        }
        if total.freeRuns > 0 {
            let worth = total.freeEstimate > .zero ? ", worth up to \(total.freeEstimate.shortText)" : ""
            words.append("\(total.freeRuns) ended for free\(worth)")
        }
        return (words + report.parts.remarks).joined(separator: " · ")
    }
}

/// `{by, since, currency, total, under_way, lines: […]}`; amounts are numbers in USD, null where nothing could be told.
private struct SpendDocument: Encodable {
    struct Line: Encodable {
        var name: String
        /// Where lines are by day and something else.
        var day: String?
        var runs: Int
        @NullWhenUnknown var cost: Decimal?
        var freeRuns: Int
        var unknownRuns: Int
        /// What the unknown ones may have cost at the most; null where nobody can tell or there are none.
        @NullWhenUnknown var unknownUpTo: Decimal?
        @NullWhenUnknown var estimateLow: Decimal?
        @NullWhenUnknown var estimateHigh: Decimal?
        @NullWhenUnknown var compared: Decimal?

        init(_ line: SpendReport.Line, day: String? = nil) {
            name = line.name
            self.day = day
            runs = line.runs
            cost = line.isUnknown ? nil : line.cost.amount
            freeRuns = line.freeRuns
            unknownRuns = line.unknownRuns
            unknownUpTo = line.unknownHigh > .zero ? line.unknownHigh.amount : nil
            if line.comparedHigh > .zero {
                estimateLow = line.comparedLow.amount
                estimateHigh = line.comparedHigh.amount
                compared = line.comparedCost.amount
            }
        }
    }

    let by: String
    @NullWhenUnknown var since: String?
    let currency = "USD"
    let total: Line
    let underWay: UnderWay
    let lines: [Line]

    /// Runs that are not over; `up_to` is the sum of their upper estimates.
    struct UnderWay: Encodable {
        let runs: Int
        let upTo: Decimal
        let unknownRuns: Int
    }

    init(_ report: SpendReport, by: String, lines: [(day: String?, line: SpendReport.Line)]) {
        self.by = by
        since = report.since.map { $0.formatted(Date.ISO8601FormatStyle(timeZone: .current).year().month().day()) }
        total = Line(report.total)
        underWay = UnderWay(
            runs: report.inFlight.runs,
            upTo: report.inFlight.high.amount,
            unknownRuns: report.inFlight.unpricedRuns
        )
        self.lines = lines.map { Line($0.line, day: $0.day) }
    }
}
