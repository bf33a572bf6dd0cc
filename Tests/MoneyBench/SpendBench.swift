import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI

/// The report over very many runs in a database as large as such a history is, raw answers and logs included.
enum SpendBench {
    static func run(runs count: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "history.sqlite").path
        let store = try HistoryStore.open(path: path)
        let now = Date()
        for start in stride(from: 0, to: count, by: 10_000) {
            let batch = try (start..<min(start + 10_000, count)).map { try record($0, of: count, now: now) }
            try store.journal(batch)
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        print("\(count) runs in \(size / 1_000_000) MB")
        // Nothing of it is in this process's cache.
        let fresh = try HistoryStore.open(path: path)
        try measure("spend: the first report, all days", count: 1) {
            _ = try SpendBook(fresh).report(since: nil, now: now)
        }
        try measure("spend: all days", count: 20) { _ = try SpendBook(fresh).report(since: nil, now: now) }
        try measure("spend: thirty days", count: 20) {
            _ = try SpendBook(fresh).report(since: now.addingTimeInterval(-29 * 86_400), now: now)
        }
        let policy = SpendingPolicy(budget: .standard)
        try measure("budget: session, day, month and in flight", count: 20) {
            _ = try fresh.readSpend { try policy.use($0, opened: now, now: now) }
        }
    }

    private static let models = (0..<40).map { "owner-\($0 % 7)/model-\($0)" }

    private static func record(_ number: Int, of count: Int, now: Date) throws -> RunRecord {
        let status = ["succeeded", "succeeded", "succeeded", "succeeded", "failed", "canceled"][number % 6]
        let created = now.addingTimeInterval(-Double(count - number) * 365 * 86_400 / Double(count))
        var run = RunRecord(
            model: models[number % models.count],
            input: ["prompt": .string("a red fox asleep in a hollow oak, number \(number)"), "seed": .integer(42)],
            prompt: "a red fox asleep in a hollow oak, number \(number)",
            origin: .studio,
            createdAt: created,
            estimate: .range(low: Money("0.003")!, high: Money("0.012")!, because: "4 images × $0.003")
        )
        let raw = """
            {"id":"p\(number)","status":"\(status)","model":"\(run.model)","metrics":{"predict_time":4.2},
             "output":["https://replicate.delivery/xezq/\(number)/out-0.webp"]}
            """
        run.prediction = Prediction(json: try JSONValue(parsing: Data(raw.utf8)))
        run.logs = String(repeating: " 62%|██████▏   | 17/28 [00:03<00:02,  5.00it/s]\n", count: 20)
        run.stage = .settled
        run.finishedAt = created.addingTimeInterval(5)
        run.cost =
            status == "succeeded"
            ? .counted(Money(nanos: Int64(1 + number % 9) * 10_000_000), because: "4 images × $0.003")
            : status == "failed"
                ? .free(reason: "a failed run is free")
                : .unknown(reason: "no counter")
        return run
    }
}
