import GRDB

/// The steps from an empty database to today's. A step that was released is never changed.
enum Migrations {
    /// Owners are the names of lock files from here on.
    static let ownership = "owners hold locks"

    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs") { database in
            try database.create(table: "run") { table in
                table.primaryKey("id", .text)
                table.column("model", .text).notNull()
                table.column("input", .text).notNull()
                table.column("prompt", .text).notNull()
                table.column("origin", .text).notNull()
                table.column("stage", .text).notNull().indexed()
                table.column("predictionID", .text).unique()
                table.column("raw", .text)
                table.column("logs", .text)
                table.column("createdAt", .double).notNull().indexed()
                table.column("sentAt", .double)
                table.column("startedAt", .double)
                table.column("finishedAt", .double).indexed()
                table.column("cancelRequestedAt", .double)
                table.column("failure", .text)
                table.column("estimateLow", .text)
                table.column("estimateHigh", .text)
                table.column("estimateBecause", .text).notNull()
                table.column("costKind", .text)
                table.column("costAmount", .text)
                table.column("costBecause", .text)
                table.column("owner", .text)
            }
            try database.create(table: "output") { table in
                table.column("runID", .text).notNull().references("run", onDelete: .cascade)
                table.column("position", .integer).notNull()
                table.column("url", .text).notNull()
                table.column("path", .text)
                table.column("size", .integer)
                table.column("sha256", .text)
                table.column("contentType", .text)
                table.column("failure", .text)
                table.primaryKey(["runID", "position"])
            }
            try database.create(table: "draft") { table in
                table.primaryKey("slot", .text)
                table.column("json", .text).notNull()
            }
            try database.create(table: "model") { table in
                table.primaryKey("path", .text)
                table.column("json", .text).notNull()
                table.column("fetchedAt", .double).notNull()
            }
        }
        migrator.registerMigration("2 candidates") { database in
            try database.alter(table: "run") { table in
                // Ids with blanks between; null: none.
                table.add(column: "candidates", .text)
            }
        }
        migrator.registerMigration("money: whole amounts, hardware, example times", migrate: addMoney)
        migrator.registerMigration("service jobs") { database in
            try database.create(table: "serviceJob") { table in
                table.primaryKey("id", .text)
                table.column("runID", .text).notNull().indexed()
                table.column("stage", .text).notNull().indexed()
                table.column("client", .text).notNull()
                table.column("model", .text).notNull()
                table.column("input", .text).notNull()
                table.column("callbackURL", .text)
                table.column("createdAt", .double).notNull()
                table.column("endedAt", .double)
                table.column("result", .text)
                table.column("attempts", .integer).notNull()
                table.column("firstAttemptAt", .double)
                table.column("nextAttemptAt", .double)
                table.column("failure", .text)
                table.column("owner", .text)
            }
        }
        migrator.registerMigration("money: deleted runs keep their amount, ranges their name") { database in
            try database.alter(table: "run") { table in
                // null: it is on the list.
                table.add(column: "deletedAt", .double)
                // Of older records nobody knows any more; equal ends count as exact.
                table.add(column: "estimateIsRange", .boolean).notNull().defaults(to: false)
            }
        }
        migrator.registerMigration("runs: secret inputs, why they were refused") { database in
            try database.alter(table: "run") { table in
                // A JSON array of names; null: none.
                table.add(column: "secretInputs", .text)
                // A code of APIError; null: it was created, or taken back.
                table.add(column: "refusal", .text)
            }
        }
        migrator.registerMigration("runs: where outputs are saved") { database in
            try database.alter(table: "run") { table in
                // null: the folder of the settings.
                table.add(column: "outputFolder", .text)
                table.add(column: "savesOutputs", .boolean).notNull().defaults(to: true)
            }
        }
        migrator.registerMigration(ownership) { database in
            // Process ids: nobody works under one any more.
            try database.execute(sql: "UPDATE run SET owner = NULL; UPDATE serviceJob SET owner = NULL")
        }
        migrator.registerMigration("damages that were repaired") { database in
            try database.create(table: "damage") { table in
                table.column("at", .double).notNull()
                // false: what some runs have cost could not be read.
                table.column("isMoneyWhole", .boolean).notNull()
                table.column("note", .text).notNull()
                // null: budgets over that time stay closed.
                table.column("acceptedAt", .double)
            }
        }
        migrator.registerMigration("runs: the file with what is no file") { database in
            try database.alter(table: "run") { table in
                // null: everything that was made is a file, or nothing was to be saved.
                table.add(column: "valuesFile", .text)
            }
        }
        migrator.registerMigration("runs: keys, tags, names of files") { database in
            try database.alter(table: "run") { table in
                // null: without a key.
                table.add(column: "key", .text)
                table.add(column: "keyIndex", .integer).notNull().defaults(to: 0)
                // A JSON object: what was ordered, to be compared with the next order under the key.
                table.add(column: "keyRequest", .text)
                // A JSON array of texts; null: none.
                table.add(column: "tags", .text)
                // null: named by day and prompt.
                table.add(column: "outputName", .text)
                table.add(column: "overwritesOutputs", .boolean).notNull().defaults(to: false)
            }
            // Few runs have a key.
            try database.execute(sql: "CREATE INDEX run_key ON run (key, keyIndex) WHERE key IS NOT NULL")
        }
        migrator.registerMigration("outputs: what came, beside what lies on the disk") { database in
            try database.alter(table: "output") { table in
                table.add(column: "downloadedSize", .integer)
                table.add(column: "downloadedSHA256", .text)
            }
            // Until now files were saved as they came.
            try database.execute(sql: "UPDATE output SET downloadedSize = size, downloadedSHA256 = sha256")
        }
        migrator.registerMigration("runs: search, favourites, ratings, notes", migrate: addSearch)
        migrator.registerMigration("runs: an index that filters are read from") { database in
            try database.execute(
                sql: """
                    DROP INDEX listedRun_createdAt;
                    CREATE INDEX listedRun_filters
                    ON listedRun (createdAt, status, costNanos, isFavourite, rating, key, model);
                    """
            )
        }
        migrator.registerMigration("prompts: as they were typed, where they make several runs") { database in
            try database.create(table: "template") { table in
                table.primaryKey("text", .text)
                table.column("usedAt", .double).notNull().indexed()
            }
        }
        migrator.registerMigration("runs: how the server's clock stood when they were sent") { database in
            try database.alter(table: "run") { table in
                // Seconds; null: not sent, or by an older version.
                table.add(column: "sentSkew", .double)
            }
        }
        migrator.registerMigration("runs and jobs: whose they are") { database in
            for table in ["run", "serviceJob"] {
                try database.alter(table: table) { table in
                    // A name of token and address; null: of an older version.
                    table.add(column: "account", .text)
                }
            }
        }
        migrator.registerMigration("jobs: without secret inputs, erased with their runs") { database in
            try database.alter(table: "serviceJob") { table in
                // A JSON array of names; null: none.
                table.add(column: "secretInputs", .text)
            }
            try database.execute(
                sql: "\(JobJournal.erasing) WHERE runID IN (SELECT id FROM run WHERE deletedAt IS NOT NULL)"
            )
        }
        migrator.registerMigration("runs: what lists are sorted by", migrate: addSorting)
        return migrator
    }
}
