package import Foundation
package import History
import Money
package import Pricing
import ReplicateAPI

/// What was spent, read from the history in a person's own days.
package struct SpendBook: Sendable {
    private let store: HistoryStore
    private let calendar: Calendar

    /// - Parameter calendar: whose days are meant.
    package init(_ store: HistoryStore, calendar: Calendar = .current) {
        self.store = store
        self.calendar = calendar
    }

    /// - Parameter since: its whole day is counted; nil: from the first run on.
    package func report(since: Date?, now: Date = Date()) throws -> SpendReport {
        try store.readSpend { reader in
            let start = since.map(calendar.startOfDay(for:))
            let groups = try reader.groups(since: start)
            let first = try start ?? reader.firstEnd().map(calendar.startOfDay(for:))
            // A clock that was set back must not hide the last days.
            let last = max(now, try reader.lastEnd() ?? now)
            let moments = try first.map { try days(from: $0, to: last, reader) } ?? []
            let spans = try reader.spans(between: moments)
            return SpendReport(
                since: start,
                days: zip(moments, spans).map { SpendReport.Line(name(of: $0), $1) },
                models: Self.lines(groups, by: { Self.path($0.model) }, name: \.self),
                endings: Self.lines(groups, by: { SpendReport.Ending($0.status) }, name: \.word),
                inFlight: try reader.inFlight()
            )
        }
    }

    /// Runs that ended, by day and within a day by what `part` says of them, the dearest first.
    package func dailyLines(since: Date?, by part: Part, now: Date = Date()) throws -> [DailyLine] {
        try store.readSpend { reader in
            let start = since.map(calendar.startOfDay(for:))
            guard let first = try start ?? reader.firstEnd().map(calendar.startOfDay(for:)) else { return [] }
            let moments = try days(from: first, to: max(now, try reader.lastEnd() ?? now), reader)
            return try zip(moments, moments.dropFirst()).flatMap { start, end in
                let groups = try reader.groups(since: start, until: end)
                return Self.lines(groups, by: part.name, name: \.self)
                    .map { DailyLine(day: name(of: start), line: $0) }
            }
        }
    }

    /// What the runs of a day are told apart by.
    package enum Part: Sendable {
        case model, status

        fileprivate func name(_ group: SpendGroup) -> String {
            switch self {
            case .model: SpendBook.path(group.model)
            case .status: SpendReport.Ending(group.status).word
            }
        }
    }

    /// The runs of one model or status on one day.
    package struct DailyLine: Hashable, Sendable {
        /// `2026-11-25`.
        package let day: String
        package let line: SpendReport.Line<String>
    }

    /// `owner/name` without a version.
    fileprivate static func path(_ model: String) -> String { String(model.prefix { $0 != ":" }) }

    private static func lines<Key>(
        _ groups: [SpendGroup],
        by key: (SpendGroup) -> Key,
        name: (Key) -> String
    ) -> [SpendReport.Line<Key>] {
        Dictionary(grouping: groups, by: key)
            .map { SpendReport.Line($0.key, $0.value.reduce(SpendSum()) { $0 + $1.sum }) }
            .sorted { SpendReport.Line.isDearer($0, $1, name: name) }
    }

    /// The beginnings of all days from one to another and of the day after: days are 23 or 25 hours long at times. After ten
    /// years of days only those on which runs ended, because a clock that was wrong once must not make a million of them.
    private func days(from first: Date, to last: Date, _ reader: SpendReader) throws -> [Date] {
        var moments = [calendar.startOfDay(for: first)]
        while let day = moments.last, day <= last, let next = calendar.date(byAdding: .day, value: 1, to: day) {
            moments.append(next)
            guard moments.count > Self.mostDays, next <= last else { continue }
            let start = calendar.startOfDay(for: try reader.firstEnd(since: next) ?? last)
            if start > next { moments.append(start) }
        }
        return moments
    }

    private static let mostDays = 3_700

    private func name(of day: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: day)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
    }
}

extension SpendReport.Ending {
    fileprivate init(_ status: RunRecord.Status) {
        self =
            switch status {
            case .refused: .refused
            case .prediction(.succeeded): .succeeded
            case .prediction(.failed): .failed
            case .prediction(.canceled): .canceled
            case .prediction(.aborted): .aborted
            case .queued, .sending, .unclear, .notFound, .forgotten, .prediction(.starting), .prediction(.processing),
                .prediction(.unknown):
                .other(status.rawValue)
            }
    }
}
