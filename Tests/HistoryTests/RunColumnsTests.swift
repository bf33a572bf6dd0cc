import Foundation
import GRDB
import History
import Money
import Testing

/// The columns of a run are a format: what an earlier version wrote is read, and what is written is read by it.
struct RunColumnsTests {
    private static let estimates: [(Estimate, [String?])] = [
        (.exact(Money("0.003")!, because: "1 × $0.003"), ["0.003", "0.003", "1 × $0.003", "0", "3000000", "3000000"]),
        (
            .range(low: Money("0.003")!, high: Money("0.0000000001")!, because: "about"),
            ["0.003", "0.0000000001", "about", "1", "3000000", "1"]
        ),
        (
            .range(low: Money("2")!, high: Money("2")!, because: "not certain"),
            ["2", "2", "not certain", "1", "2000000000", "2000000000"]
        ),
        (.unknown(reason: "billed by token"), [nil, nil, "billed by token", "0", nil, nil]),
    ]

    private static let costs: [(ActualCost?, [String?])] = [
        (nil, [nil, nil, nil, nil]),
        (.free(reason: "a failed run is free"), ["free", "0", "a failed run is free", "0"]),
        (.counted(Money("0.012")!, because: "4 × $0.003"), ["counted", "0.012", "4 × $0.003", "12000000"]),
        (.estimated(Money("0.5")!, because: "by time"), ["estimated", "0.5", "by time", "500000000"]),
        (.unknown(reason: "no counter"), ["unknown", nil, "no counter", nil]),
    ]

    @Test func `a row of today's format is read as typed values`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            let rows = Self.estimates.flatMap { estimate in Self.costs.map { (estimate, $0) } }
            try DatabaseQueue(path: path).write { database in
                for (index, (estimate, cost)) in rows.enumerated() {
                    try database.execute(
                        sql: """
                            INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, status,
                                estimateLow, estimateHigh, estimateBecause, estimateIsRange, costKind, costAmount, costBecause)
                            VALUES (?, 'a/b', '{}', '', 'studio', 'settled', 7, 'forgotten', ?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: StatementArguments(["\(index)"] + estimate.1.prefix(4) + cost.1.prefix(3))
                    )
                }
            }
            for (index, (estimate, cost)) in rows.enumerated() {
                let run = try #require(try store.run("\(index)"))
                #expect(run.estimate == estimate.0)
                #expect(run.cost == cost.0)
                #expect(run.status == .forgotten)
            }
        }
    }

    @Test func `an amount that is no number, and a basis that is not known, are an unknown price and cost`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            try DatabaseQueue(path: path).write { database in
                try database.execute(
                    sql: """
                        INSERT INTO run (id, model, input, prompt, origin, stage, createdAt, estimateLow, estimateHigh,
                            estimateBecause, costKind, costAmount, costBecause)
                        VALUES ('1', 'a/b', '{}', '', 'studio', 'settled', 7, 'dear', '1', 'x', 'counted', NULL, 'y'),
                            ('2', 'a/b', '{}', '', 'studio', 'settled', 7, NULL, '1', 'x', 'guessed', '1', 'y')
                        """
                )
            }
            for id in ["1", "2"] {
                let run = try #require(try store.run(id))
                #expect(run.estimate == .unknown(reason: "x"))
                #expect(run.cost == .unknown(reason: "y"))
            }
        }
    }

    @Test func `typed values are written in today's format`() throws {
        try withDatabase { path in
            let store = try HistoryStore.open(path: path)
            for (index, estimate) in Self.estimates.enumerated() {
                var run = sampleRun("e\(index)")
                run.estimate = estimate.0
                try store.journal([run])
            }
            for (index, cost) in Self.costs.enumerated() {
                var run = sampleRun("c\(index)")
                run.cost = cost.0
                try store.journal([run])
            }
            try DatabaseQueue(path: path).read { database in
                func columns(_ names: String, of prefix: String) throws -> [[String?]] {
                    try Row.fetchAll(
                        database,
                        sql: "SELECT \(names) FROM run WHERE id LIKE ? ORDER BY id",
                        arguments: ["\(prefix)%"]
                    ).map { row in
                        row.databaseValues.map { value in value.isNull ? nil : "\(value.storage.value ?? "")" }
                    }
                }
                let estimates = try columns(
                    "estimateLow, estimateHigh, estimateBecause, estimateIsRange, estimateLowNanos, estimateHighNanos",
                    of: "e"
                )
                #expect(estimates == Self.estimates.map(\.1))
                let costs = try columns("costKind, costAmount, costBecause, costNanos", of: "c")
                #expect(costs == Self.costs.map(\.1))
            }
        }
    }

    @Test(arguments: RunRecord.Status.documented)
    func `a status is its word`(status: RunRecord.Status) {
        #expect(RunRecord.Status(rawValue: status.rawValue) == status)
    }
}
