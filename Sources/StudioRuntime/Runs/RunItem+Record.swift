import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI
import Search
import Studio

extension RunItem {
    /// A record of the history as the studio shows it.
    ///
    /// - Parameter typical: seconds that the model usually takes; nil when not learnt.
    init(_ run: RunRecord, typical: Double?) {
        let prediction = run.prediction
        self.init(
            id: ID(rawValue: run.id),
            predictionID: prediction?.id.rawValue,
            model: ModelReference(run.model)?.path ?? run.model,
            prompt: run.prompt,
            input: run.input,
            stage: Stage(run),
            isCanceling: run.cancelRequestedAt != nil && run.isInFlight,
            createdAt: run.createdAt,
            startedAt: prediction?.startedAt,
            finishedAt: run.finishedAt,
            logs: run.logs,
            progress: LogProgress(logs: run.logs),
            typicalDuration: typical,
            estimate: run.estimate,
            cost: run.cost,
            outputs: run.outputs.map { output in
                RunOutput(
                    url: output.url,
                    path: output.path,
                    size: output.size.map(Int.init),
                    contentType: output.contentType,
                    failure: output.failure,
                    isUnwanted: run.stage == .settled && output.path == nil && output.failure == nil
                )
            },
            text: Self.text(prediction?.content, besideFiles: !run.outputs.isEmpty),
            failure: run.failure,
            candidates: run.candidates,
            isSettled: run.stage == .settled,
            raw: prediction?.raw ?? .null
        )
        reference = run.model
        key = run.key
        searchText = run.searchText
        annotation = run.annotation
    }
}

extension RunItem {
    private static func text(_ content: OutputContent?, besideFiles: Bool) -> String? {
        guard let content, let values = content.values else { return nil }
        guard besideFiles else { return content.text ?? values.text(pretty: true) }
        switch values {
        case .object(let members):
            return members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.plain)" }.joined(separator: "\n")
        case .array(let elements): return elements.map(\.plain).joined(separator: "\n")
        case .string, .number, .integer, .unsigned, .bool, .null: return values.plain
        }
    }
}

extension RunItem.Stage {
    init(_ run: RunRecord) {
        switch run.stage {
        case .queued: self = .queued
        case .sending: self = .sending
        case .unclear: self = .unclear
        case .resendable: self = .resendable
        case .refused: self = .refused
        case .settled where run.prediction?.isFinished != true: self = .forgotten
        case .accepted, .settled:
            switch run.prediction?.status {
            case .starting: self = .starting
            case .processing: self = .processing
            case .succeeded: self = .succeeded
            case .failed: self = .failed
            case .canceled: self = .canceled
            case .aborted: self = .aborted
            case .unknown(let word): self = .unknown(word)
            case nil: self = .unclear
            }
        }
    }
}
