import Foundation

/// One prediction as the sandbox remembers it.
struct PredictionRecord: Sendable {
    let id: String
    /// Place in the order of creation, from 0.
    let sequence: Int
    let model: CatalogueModel
    /// 64 hexadecimal digits, or "hidden".
    let version: String
    /// As it was sent.
    let input: [String: JSON]
    let createdAt: Date
    let deadline: Date?
    let webhook: String?
    let webhookEvents: JSON?
    /// Faults that were drawn for this prediction when it was created.
    let faults: Set<SandboxFault>

    var status = PredictionStatus.starting
    var startedAt: Date?
    var completedAt: Date?
    var output: JSON?
    var error: String?
    var logs = ""
    var metrics: [String: JSON] = [:]
    /// Pieces of text output, for the stream.
    var chunks: [String] = []

    /// Whether a client that asked to wait gets its answer now.
    var isReady: Bool { status.isTerminal || (output != nil && chunks.isEmpty) }

    /// Whether input, output and logs are gone at `date`: `lifetime` after the end.
    func isRemoved(at date: Date, lifetime: Duration) -> Bool {
        guard let completedAt else { return false }
        return date >= completedAt.addingTimeInterval(lifetime.seconds)
    }
}
