import Foundation
import ReplicateClient
import Synchronization

/// Carries requests over the network, but for those that a test answers itself, and notes them all.
final class AlteredTransport: Transport {
    private let network = CurlTransport()
    private let requests = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest) -> HTTPResponse?
    private let change: @Sendable (HTTPRequest, inout HTTPResponse) -> Void

    /// - Parameters:
    ///   - answer: nil for what goes over the network.
    ///   - change: of what came over the network.
    init(
        answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse? = { _ in nil },
        change: @escaping @Sendable (HTTPRequest, inout HTTPResponse) -> Void = { _, _ in }
    ) {
        self.answer = answer
        self.change = change
    }

    /// In the order in which they were sent.
    var sent: [HTTPRequest] { requests.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        requests.withLock { $0.append(request) }
        if let response = answer(request) { return response }
        var response = try await network.send(request)
        change(request, &response)
        return response
    }

    func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse {
        requests.withLock { $0.append(request) }
        return try await network.download(request, to: sink)
    }
}

extension HTTPRequest {
    /// The bytes of the body; empty where it is a file.
    var bodyData: Data { if case .bytes(let data, _) = body { data } else { Data() } }
}
