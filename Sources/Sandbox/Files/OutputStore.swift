import Foundation
import Synchronization

/// The output files behind `/delivery`. Safe from any thread.
final class OutputStore: Sendable {
    struct Output: Sendable {
        var bytes: Data
        var contentType: String
        /// nil: never, as for covers and examples.
        var expiresAt: Date?
    }

    private let outputs = Mutex<[String: Output]>([:])

    func store(_ output: Output, at path: String) { outputs.withLock { $0[path] = output } }

    /// nil when there is none or it has expired, in which case its bytes are dropped.
    func output(at path: String, now: Date) -> Output? {
        outputs.withLock { outputs in
            guard let output = outputs[path] else { return nil }
            if let expiresAt = output.expiresAt, now >= expiresAt {
                outputs[path] = nil
                return nil
            }
            return output
        }
    }

    /// Sets when the files of a prediction go.
    func expire(prediction id: String, at date: Date) {
        outputs.withLock { outputs in
            for path in outputs.keys where path.hasPrefix("\(id)/") { outputs[path]?.expiresAt = date }
        }
    }
}
