import ArgumentParser
import Foundation
import History
import Money
import Predictions
import Pricing
import Search
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
        if let since, Moment.day(since, now: Date(), calendar: .current) == nil {
            throw ValidationError("--since must be a day such as 2026-11-01, or a number of days such as 30d.")
        }
    }

    func run(in context: CommandContext) async throws {
        let console = context.console
        let paths = try Settings.load(global, context).paths
        let start = since.flatMap { Moment.day($0, now: Date(), calendar: .current) }
        let report = try report(paths, since: start)
        let lines = try lines(of: report, paths, since: start)
        if output.json {
            console.print(line: SpendDocument(report, by: by.text, lines: lines))
        } else if csv {
            printSheet(lines, console)
        } else {
            printTable(report, lines, console)
        }
    }

    /// What a line of each form stands for, and its sum.
    private typealias Line = SpendDocument.Named

    private func lines(of report: SpendReport, _ paths: Paths, since: Date?) throws -> [Line] {
        switch by.parts {
        case [.model]: return report.models.map { Line($0.key, $0.sum) }
        case [.status]: return report.endings.map { Line($0.key.word, $0.sum) }
        case [.day]: return report.days.filter { $0.sum.runs > 0 }.map { Line($0.key, $0.sum) }
        default:
            guard FileManager.default.fileExists(atPath: paths.database.path) else { return [] }
            do {
                let book = SpendBook(try HistoryStore.open(path: paths.database.path, access: .serial))
                return try book.dailyLines(since: since, by: by.parts.contains(.model) ? .model : .status)
                    .map { Line($0.line.key, $0.line.sum, day: $0.day) }
            } catch let error as HistoryError {
                throw CommandError(error)
            }
        }
    }

    private func printSheet(_ lines: [Line], _ console: Console) {
        console.print(
            "\(by.text),runs,cost_usd,free_runs,unknown_runs,compared_usd,estimate_low_usd,estimate_high_usd"
        )
        for line in lines {
            let sum = line.sum
            let name = [line.day, Self.cell(line.name)].compactMap { $0 }.joined(separator: ",")
            let compared = sum.compared.isEmpty ? [] : [sum.compared.paid, sum.compared.low, sum.compared.high]
            let amounts = compared.isEmpty ? ["", "", ""] : compared.map { "\($0.amount)" }
            let cost = sum.cost == .unknown ? "" : "\(sum.paid.amount)"
            let counts = "\(sum.runs),\(cost),\(sum.freeRuns),\(sum.unknownRuns)"
            console.print("\(name),\(counts),\(amounts.joined(separator: ","))")
        }
    }

    /// As RFC 4180 has it: in quotes where it has to be, and a quote doubled.
    static func cell(_ text: String) -> String {
        text.utf8.contains { ",\"\n\r".utf8.contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }

    private func report(_ paths: Paths, since: Date?) throws -> SpendReport {
        // Looking must not make a history where there is none.
        guard FileManager.default.fileExists(atPath: paths.database.path) else { return SpendReport(since: since) }
        do {
            return try SpendBook(try HistoryStore.open(path: paths.database.path, access: .serial)).report(since: since)
        } catch let error as HistoryError {
            throw CommandError(error)
        }
    }

    private func printTable(_ report: SpendReport, _ lines: [Line], _ console: Console) {
        guard !lines.isEmpty else {
            let remarks = report.total.remarks
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
        let most = lines.map(\.sum.paid).max() ?? .zero
        for line in lines {
            let sum = line.sum
            table.add(
                [line.day].compactMap { $0 } + [
                    line.name, "\(sum.runs)", sum.label, Self.bar(sum.paid.fraction(of: most)),
                    sum.freeRuns == 0 ? "" : "\(sum.freeRuns)", sum.unknownRuns == 0 ? "" : "\(sum.unknownRuns)",
                    sum.compared.deviation?.text ?? "",
                ]
            )
        }
        table.print(on: console)
        console.say(SpendSentence.text(of: report.total))
    }

    private static func bar(_ fraction: Double) -> String {
        String(repeating: "█", count: fraction <= 0 ? 0 : max(1, Int((fraction * 20).rounded())))
    }
}

/// The totals in one line.
enum SpendSentence {
    static func text(of total: SpendSum) -> String {
        let paid = total.cost == .unknown ? "?" : total.paid.shortText
        var words = ["\(paid) USD for \(total.runs) \(total.runs == 1 ? "run" : "runs")"]
        let compared = total.compared
        if !compared.isEmpty {
            let low = compared.low.shortText
            let estimate = low == compared.high.shortText ? low : "\(low)–\(compared.high.shortDigits)"
            words.append("\(compared.paid.shortText) against an estimate of \(estimate)")
        }
        if total.freeRuns > 0 {
            let worth = total.freeHigh > .zero ? ", worth up to \(total.freeHigh.shortText)" : ""
            words.append("\(total.freeRuns) ended for free\(worth)")
        }
        return (words + total.remarks).joined(separator: " · ")
    }
}

/// `{by, since, currency, total, under_way, lines: […]}`; amounts are numbers in USD, null where nothing could be told.
private struct SpendDocument: Encodable {
    /// The runs of a day, model or status together; with `day` those of one on that day.
    struct Named {
        let name: String
        let sum: SpendSum
        let day: String?

        init(_ name: String, _ sum: SpendSum, day: String? = nil) {
            self.name = name
            self.sum = sum
            self.day = day
        }
    }

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

        init(_ line: Named) {
            let sum = line.sum
            name = line.name
            day = line.day
            runs = sum.runs
            cost = sum.cost == .unknown ? nil : sum.paid.amount
            freeRuns = sum.freeRuns
            unknownRuns = sum.unknownRuns
            unknownUpTo = sum.unknownHigh > .zero ? sum.unknownHigh.amount : nil
            if !sum.compared.isEmpty {
                estimateLow = sum.compared.low.amount
                estimateHigh = sum.compared.high.amount
                compared = sum.compared.paid.amount
            }
        }
    }

    let by: String
    @NullWhenUnknown var since: String?
    let currency = "USD"
    let total: Line
    let underWay: UnderWay
    let lines: [Line]

    /// Runs that are not over; `up_to` is the sum of their upper estimates, null where none of them has one.
    struct UnderWay: Encodable {
        let runs: Int
        @NullWhenUnknown var upTo: Decimal?
        let unknownRuns: Int
    }

    init(_ report: SpendReport, by: String, lines: [Named]) {
        self.by = by
        since = report.since.map { $0.formatted(Date.ISO8601FormatStyle(timeZone: .current).year().month().day()) }
        total = Line(Named("total", report.total))
        underWay = UnderWay(
            runs: report.inFlight.runs,
            upTo: report.inFlight.isUnpriced ? nil : report.inFlight.high.amount,
            unknownRuns: report.inFlight.unpricedRuns
        )
        self.lines = lines.map(Line.init)
    }
}
