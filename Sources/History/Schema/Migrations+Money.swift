import GRDB

extension Migrations {
    /// Columns to add up by, filled from the decimal texts; what is remembered for models that are billed by time.
    static func addMoney(_ database: Database) throws {
        try database.alter(table: "run") { table in
            table.add(column: "status", .text)
            table.add(column: "costNanos", .integer)
            table.add(column: "estimateLowNanos", .integer)
            table.add(column: "estimateHighNanos", .integer)
        }
        // Row by row: SQLite would go by way of binary floating point.
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT id, costAmount, estimateLow, estimateHigh FROM run"
        )
        var amounts: [(id: String, cost: Int64?, low: Int64?, high: Int64?)] = []
        while let row = try rows.next() {
            amounts.append(
                (
                    row["id"], NanoDollars.nearest(text: row["costAmount"]),
                    NanoDollars.nearest(text: row["estimateLow"]),
                    NanoDollars.roundedUp(text: row["estimateHigh"])
                )
            )
        }
        for amount in amounts {
            try database.execute(
                sql: "UPDATE run SET costNanos = ?, estimateLowNanos = ?, estimateHighNanos = ? WHERE id = ?",
                arguments: [amount.cost, amount.low, amount.high, amount.id]
            )
        }
        // As RunRecord.Status words it.
        try database.execute(
            sql: """
                UPDATE run SET status = CASE
                    WHEN stage IN ('queued', 'sending', 'unclear', 'refused') THEN stage
                    WHEN stage = 'resendable' THEN 'not found'
                    ELSE coalesce(json_extract(raw, '$.status'), CASE stage WHEN 'settled' THEN 'forgotten' ELSE 'unclear' END)
                END
                """
        )
        // Both hold all that the sums read: the rows themselves are large, with logs and raw answers.
        try database.execute(
            sql: "CREATE INDEX run_spend_by_day ON run (finishedAt, costNanos, estimateHighNanos)"
        )
        try database.execute(
            sql: """
                CREATE INDEX run_spend_by_model
                ON run (model, status, costKind, finishedAt, costNanos, estimateLowNanos, estimateHighNanos)
                """
        )
        try database.create(table: "modelHardware") { table in
            table.primaryKey("model", .text)
            // Empty: asked for, and nobody knew.
            table.column("sku", .text).notNull()
        }
        try database.create(table: "exampleTimes") { table in
            table.primaryKey("model", .text)
            table.column("seconds", .text).notNull()
            table.column("fetchedAt", .double).notNull()
        }
    }
}
