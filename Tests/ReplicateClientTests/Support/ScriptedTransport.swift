import Foundation
import ReplicateClient
import Synchronization
import Testing

/// Returns the given answers in their order, and records the requests.
final class ScriptedTransport: Transport {
    struct Answer: Sendable {
        var response: HTTPResponse
        /// Ends the transfer after the body.
        var failure: TransportError?

        static func status(
            _ status: Int,
            _ body: String = "",
            _ headers: [String: String] = [:],
            then failure: TransportError? = nil
        ) -> Answer {
            Answer(
                response: HTTPResponse(status: status, headers: headers, body: Data(body.utf8)),
                failure: failure
            )
        }

        static func failing(_ failure: TransportError) -> Answer { status(0, then: failure) }
    }

    private struct State {
        var answers: [Answer]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ answers: Answer...) { state = Mutex(State(answers: answers)) }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var unused: Int { state.withLock { $0.answers.count } }

    /// The value of a header in each request; nil where it was not sent.
    func header(_ name: String) -> [String?] {
        requests.map { request in request.headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let answer = try next(request)
        if let failure = answer.failure { throw failure }
        return answer.response
    }

    func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse {
        let answer = try next(request)
        var response = answer.response
        if [200, 206].contains(response.status) {
            do {
                try sink(.began(status: response.status, headers: response.headers))
                // In two pieces, as a network would.
                let half = response.body.count / 2
                try sink(.bytes(Data(response.body.prefix(half))))
                try sink(.bytes(Data(response.body.dropFirst(half))))
            } catch {
                throw .refusedBySink
            }
            response.body = Data()
        }
        if let failure = answer.failure { throw failure }
        return response
    }

    private func next(_ request: HTTPRequest) throws(TransportError) -> Answer {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else {
            Issue.record("\(request.method) \(request.url) was not expected")
            throw .notSent(reason: "nothing is scripted")
        }
        return answer
    }
}
