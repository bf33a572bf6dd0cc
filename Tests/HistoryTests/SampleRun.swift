import Foundation
import History
import Money
import ReplicateAPI

/// A run as it is before anybody has sent it.
func sampleRun(_ id: String, prompt: String = "a fjord", at seconds: Double = 1_795_536_988) -> RunRecord {
    RunRecord(
        id: id,
        model: "black-forest-labs/flux-schnell",
        input: ["prompt": .string(prompt), "seed": .integer(9_007_199_254_740_993)],
        prompt: prompt,
        origin: .studio,
        createdAt: Date(timeIntervalSince1970: seconds),
        estimate: .range(low: Money("0.003")!, high: Money("0.012")!, because: "$0.003 an image")
    )
}

func samplePrediction(_ id: String, status: String = "processing") throws -> Prediction? {
    let text = """
        {"id":"\(id)","status":"\(status)","model":"a/b","output":["https://h/1.webp"],"logs":"10%",
         "started_at":"2026-11-24T16:16:30Z","unheard_of":{"deep":[1,null,"é\\ud83d\\ude00"]}}
        """
    return Prediction(json: try JSONValue(parsing: Data(text.utf8)))
}

/// Runs `body` with the path of a database in a folder that is removed afterwards.
func withDatabase(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "history.sqlite").path)
}

extension HistoryStore {
    /// The step from queued to sending, alone.
    func beginSending(_ id: String, at serverTime: Date, owner: Owner? = nil) throws -> Bool {
        try write([], beginning: [id], at: serverTime, skew: -1.5, owner: owner).begun.contains(id)
    }

    /// New runs, unless `admit` throws.
    func journal(_ runs: [RunRecord], admit: (SpendReader) throws -> Void) throws {
        _ = try write([]) { reader in
            try admit(reader)
            return runs
        }
    }
}

extension ActualCost {
    /// A cost of this basis; `amount` is decimal text and counts where the basis has an amount.
    init(_ basis: Basis, _ amount: String?) {
        let money = amount.flatMap { Money($0) } ?? .zero
        self =
            switch basis {
            case .free: .free(reason: "")
            case .counted: .counted(money, because: "")
            case .estimated: .estimated(money, because: "")
            case .unknown: .unknown(reason: "")
            }
    }
}
