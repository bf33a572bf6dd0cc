import Foundation
import GRDB
import ReplicateAPI

/// The jobs that the HTTP service has accepted. Every write is durable when it returns.
///
/// A job belongs to one history at a time, as a run does; see ``Owner``. All members throw when the database cannot be
/// read or written.
package struct JobJournal: Sendable {
    let database: any DatabaseWriter
    let owners: OwnerLocks

    /// Takes what was ordered and what came of it out of jobs; whether that was a success stays.
    static let erasing = """
        UPDATE serviceJob SET input = '{}', secretInputs = NULL, failure = NULL,
            result = CASE WHEN result IS NULL THEN NULL ELSE json_object(
                'success', json(CASE WHEN json_extract(result, '$.success') THEN 'true' ELSE 'false' END),
                'error', 'the run was deleted', 'job_id', id) END
        """

    /// Journals a job, owned by this history: to be called before its acceptance is told to anybody.
    package func journal(_ job: ServiceJob) throws {
        let owner = try owners.own()
        try database.write { database in
            var columns = job.columns
            columns["owner"] = owner.text
            let names = columns.keys.sorted()
            let marks = names.map { _ in "?" }.joined(separator: ", ")
            try database.execute(
                sql: "INSERT INTO serviceJob (\(names.joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(names.map { columns[$0] ?? nil })
            )
        }
    }

    /// Writes the job as it is now. Throws ``HistoryError/takenOver`` when it is not this history's.
    package func update(_ job: ServiceJob) throws {
        let owner = try owners.own()
        try database.write { database in
            let columns = job.columns
            let names = columns.keys.filter { $0 != "id" }.sorted()
            try database.execute(
                sql:
                    "UPDATE serviceJob SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ? AND owner = ?",
                arguments: StatementArguments(names.map { columns[$0] ?? nil } + [job.id, owner.text])
            )
            guard database.changesCount == 1 else { throw HistoryError.takenOver }
            // It may have been erased since this process read it.
            try database.execute(
                sql: """
                    \(Self.erasing)
                    WHERE id = ? AND runID IN (SELECT id FROM run WHERE id = ? AND deletedAt IS NOT NULL)
                    """,
                arguments: [job.id, job.runID]
            )
        }
    }

    /// The job with this id; nil when there is none.
    package func job(_ id: String) throws -> ServiceJob? {
        try database.read {
            try Row.fetchOne($0, sql: "SELECT * FROM serviceJob WHERE id = ?", arguments: [id]).map(
                ServiceJob.init(row:)
            )
        }
    }

    /// Makes this history responsible for every unfinished job that belongs to nobody or to an owner that is gone; returns
    /// all that are its own now, oldest first.
    ///
    /// - Parameter isMeant: whether jobs of this ``ServiceJob/account`` are meant; others are neither claimed nor returned.
    package func claim(where isMeant: (_ account: String?) -> Bool = { _ in true }) throws -> [ServiceJob] {
        let owner = try owners.own()
        return try database.write { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM serviceJob
                    WHERE stage = 'accepted' OR (stage = 'ended' AND callbackURL IS NOT NULL)
                    ORDER BY createdAt, rowid
                    """
            )
            return try rows.compactMap { row in
                guard isMeant(row["account"]) else { return nil }
                let before = (row["owner"] as String?).map(Owner.init(text:))
                if before != owner {
                    if let before, owners.isAlive(before) { return nil }
                    try database.execute(
                        sql: "UPDATE serviceJob SET owner = ? WHERE id = ?",
                        arguments: [owner.text, row["id"] as String]
                    )
                }
                return ServiceJob(row: row)
            }
        }
    }

    /// How many jobs there are of each stage; stages without any are left out.
    package func counts() throws -> [ServiceJob.Stage: Int] {
        try database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT stage, count(*) AS number FROM serviceJob GROUP BY stage"
            )
            return Dictionary(
                rows.compactMap { row in ServiceJob.Stage(rawValue: row["stage"]).map { ($0, row["number"] as Int) } },
                uniquingKeysWith: +
            )
        }
    }
}

extension ServiceJob {
    fileprivate init(row: Row) {
        func date(_ name: String) -> Date? { (row[name] as Double?).map(Date.init(timeIntervalSince1970:)) }
        func json(_ name: String) -> JSONValue? {
            (row[name] as String?).flatMap { try? JSONValue(parsing: Data($0.utf8)) }
        }
        self.init(
            id: row["id"],
            runID: row["runID"],
            client: row["client"],
            model: row["model"],
            input: json("input")?.object ?? [:],
            callbackURL: row["callbackURL"],
            createdAt: date("createdAt") ?? .distantPast
        )
        stage = Stage(rawValue: row["stage"]) ?? .undelivered
        endedAt = date("endedAt")
        result = json("result")
        attempts = row["attempts"]
        firstAttemptAt = date("firstAttemptAt")
        nextAttemptAt = date("nextAttemptAt")
        failure = row["failure"]
        account = row["account"]
        secretInputs = json("secretInputs")?.array?.compactMap(\.string) ?? []
    }

    fileprivate var columns: [String: (any DatabaseValueConvertible)?] {
        [
            "id": id, "runID": runID, "stage": stage.rawValue, "client": client, "model": model,
            "input": JSONValue.object(input).text(), "callbackURL": callbackURL,
            "createdAt": createdAt.timeIntervalSince1970, "endedAt": endedAt?.timeIntervalSince1970,
            "result": result?.text(), "attempts": attempts,
            "firstAttemptAt": firstAttemptAt?.timeIntervalSince1970,
            "nextAttemptAt": nextAttemptAt?.timeIntervalSince1970, "failure": failure,
            "account": account,
            "secretInputs": secretInputs.isEmpty
                ? nil : JSONValue.array(secretInputs.map(JSONValue.string)).text(),
        ]
    }
}
