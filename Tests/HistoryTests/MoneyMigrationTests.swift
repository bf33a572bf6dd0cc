import Foundation
import GRDB
import Testing

@testable import History

struct MoneyMigrationTests {
    @Test func `runs from before are summed as exactly as runs from now on`() throws {
        let database = try DatabaseQueue()
        try Migrations.all.migrate(database, upTo: "1 runs")
        try database.write { database in
            let rows: [(id: String, stage: String, raw: String?, cost: String?, high: String?)] = [
                ("1", "settled", #"{"status":"succeeded"}"#, "0.00000375", "0.0000000001"),
                ("2", "settled", nil, nil, nil), ("3", "resendable", nil, nil, "0.003"),
                ("4", "queued", nil, nil, "12.5"), ("5", "accepted", #"{"status":"processing"}"#, "rubbish", "0.1"),
            ]
            for row in rows {
                try database.execute(
                    sql: """
                        INSERT INTO run (id, model, input, prompt, origin, stage, raw, createdAt, estimateBecause,
                            estimateLow, estimateHigh, costAmount)
                        VALUES (?, 'a/b', '{}', '', 'studio', ?, ?, 0, '', ?, ?, ?)
                        """,
                    arguments: [row.id, row.stage, row.raw, row.high, row.high, row.cost]
                )
            }
        }
        try Migrations.all.migrate(database)
        let rows = try database.read { database in
            try Row.fetchAll(database, sql: "SELECT status, costNanos, estimateHighNanos FROM run ORDER BY id")
        }
        #expect(rows.map { $0[0] as String? } == ["succeeded", "forgotten", "not found", "queued", "processing"])
        #expect(rows.map { $0[1] as Int64? } == [3_750, nil, nil, nil, nil])
        // Upper estimates are rounded up: a budget must not be missed by it.
        #expect(rows.map { $0[2] as Int64? } == [1, nil, 3_000_000, 12_500_000_000, 100_000_000])
    }

    @Test(
        arguments: [
            ("0.003", 3_000_000), ("0.0000000004", 0), ("0.0000000005", 1), ("9000000000", 9_000_000_000_000_000_000),
            ("10000000000", nil), ("", nil), ("NaN", nil), (nil, nil),
        ] as [(String?, Int64?)]
    )
    func `an amount is read without binary floating point`(text: String?, nanos: Int64?) {
        #expect(NanoDollars.nearest(text: text) == nanos)
    }
}
