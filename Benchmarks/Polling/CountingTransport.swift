import ReplicateClient
import Synchronization

/// Counts questions to the API; downloads are none.
final class CountingTransport: Transport {
    private struct Counts {
        var questions = 0
        var refused = 0
    }

    private let base: any Transport
    private let counts = Mutex(Counts())

    init(_ base: any Transport) { self.base = base }

    var questions: Int { counts.withLock { $0.questions } }
    var refused: Int { counts.withLock { $0.refused } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if request.method == "GET" { counts.withLock { $0.questions += 1 } }
        let response = try await base.send(request)
        if response.status == 429 { counts.withLock { $0.refused += 1 } }
        return response
    }

    func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse {
        try await base.download(request, to: sink)
    }
}
