import Foundation
import GRDB
import Glibc

/// A process that works on runs. Two on one database share the work: each run belongs to one of them at a time.
package struct Owner: Hashable, Sendable {
    /// `pid:start`, where start is the kernel's tick count, because process ids come again.
    package let text: String

    /// This process.
    package static let current = Owner(pid: getpid())

    init(text: String) { self.text = text }

    private init(pid: pid_t) { text = "\(pid):\(Self.startTime(of: pid) ?? "0")" }

    /// Whether the process is still there.
    package var isAlive: Bool {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let pid = pid_t(parts[0]) else { return false }
        return Self.startTime(of: pid) == String(parts[1])
    }

    private static func startTime(of pid: pid_t) -> String? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        // The 3rd and the 22nd field of the file; the first two end with the closing parenthesis. A zombie does nothing
        // any more, whether or not its parent has noticed.
        return fields.count > 19 && fields[0] != "Z" ? String(fields[19]) : nil
    }
}

extension HistoryStore {
    /// Makes `owner` responsible for every run in flight that belongs to nobody or to a process that is gone; returns
    /// the ids of all that are `owner`'s now.
    package func claimInFlight(owner: Owner) throws -> [String] {
        try database.write { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT id, owner FROM run WHERE stage IN ('queued', 'sending', 'unclear', 'accepted')"
            )
            var claimed: [String] = []
            for row in rows {
                let id: String = row["id"]
                let before = (row["owner"] as String?).map(Owner.init(text:))
                if before == owner {
                    claimed.append(id)
                } else if before.map({ !$0.isAlive }) ?? true {
                    try database.execute(sql: "UPDATE run SET owner = ? WHERE id = ?", arguments: [owner.text, id])
                    claimed.append(id)
                }
            }
            return claimed
        }
    }

    /// Makes `owner` responsible for one run unless a living process is; false: it is another's.
    package func claim(_ id: String, owner: Owner) throws -> Bool {
        try database.write { database in
            let before = try String.fetchOne(database, sql: "SELECT owner FROM run WHERE id = ?", arguments: [id])
            if let before, before != owner.text, Owner(text: before).isAlive { return false }
            try database.execute(sql: "UPDATE run SET owner = ? WHERE id = ?", arguments: [owner.text, id])
            return database.changesCount == 1
        }
    }
}
