package import Foundation
import GRDB

extension SpendReader {
    func lastEndInSeconds() throws -> Double? { try Double.fetchOne(database, sql: "SELECT max(finishedAt) FROM run") }

    /// What a damage has taken away from the sums since then, as a sentence; nil: nothing, or a person has accepted it.
    package func missingMoney(since date: Date) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT note FROM damage WHERE NOT isMoneyWhole AND acceptedAt IS NULL AND at >= ? ORDER BY at DESC",
            arguments: [date.timeIntervalSince1970]
        )
    }
}

extension HistoryStore {
    /// A person's word that what a damage has taken away need not count: budgets go by what is left.
    ///
    /// - Returns: how many damages were open.
    package func acceptDamage(at date: Date = Date()) throws -> Int {
        try database.write { database in
            try database.execute(
                sql: "UPDATE damage SET acceptedAt = ? WHERE acceptedAt IS NULL AND NOT isMoneyWhole",
                arguments: [date.timeIntervalSince1970]
            )
            return database.changesCount
        }
    }

    /// Damages that still close the budgets, as sentences.
    package func openDamages() throws -> [String] {
        try database.read {
            try String.fetchAll($0, sql: "SELECT note FROM damage WHERE acceptedAt IS NULL AND NOT isMoneyWhole")
        }
    }
}
