import Foundation
import Synchronization

/// Keeps the beginning of a body, and ends the transfer when it has enough.
final class HeadCollector: Sendable {
    struct Enough: Error {}

    private struct State {
        var start: (status: Int, headers: [String: String])?
        var bytes = Data()
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    var start: (status: Int, headers: [String: String])? { state.withLock { $0.start } }
    var bytes: Data { state.withLock { $0.bytes } }

    func receive(_ event: DownloadEvent) throws {
        try state.withLock { state in
            switch event {
            case .began(let status, let headers): state.start = (status, headers)
            case .bytes(let data):
                state.bytes.append(data.prefix(limit - state.bytes.count))
                if state.bytes.count >= limit { throw Enough() }
            }
        }
    }
}
