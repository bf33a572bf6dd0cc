import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Sends one callback, once. It follows no redirect: the client has named the address when it asked for the result.
struct CallbackSender: Sendable {
    enum Outcome: Equatable, Sendable {
        case delivered
        /// Another attempt may succeed. The client may read `reason`; `detail`, when not nil, is for the service's log only.
        case failed(reason: String, retryAfter: TimeInterval?, detail: String?)
        /// The receiver has answered 410: it does not want this callback.
        case unwanted
    }

    let transport: any Transport

    func send(_ job: ServiceJob, to address: String, configuration: CallbackConfiguration, now: Date) async -> Outcome {
        let body = (job.result ?? .null).serialized()
        let signature = WebhookSignature(id: "msg_\(job.id)", body: body, at: now, secret: configuration.secret)
        var request = HTTPRequest(
            method: "POST",
            url: address,
            headers: [("User-Agent", "darkroom-callbacks/1")]
                + signature.headers.sorted { $0.key < $1.key }.map { ($0, $1) },
            body: .bytes(body, contentType: "application/json"),
            timeout: .seconds(20),
            bodyLimit: 65_536
        )
        if configuration.allowsPrivate { request.mayConnect = { _ in true } } else { request.mayConnect = \.isPublic }
        do {
            let response = try await transport.send(request)
            switch response.status {
            case 200..<300: return .delivered
            case 410: return .unwanted
            default:
                let seconds = response.headers["retry-after"].flatMap { TimeInterval($0) }
                return .failed(
                    reason: "the receiver answered \(response.status)",
                    retryAfter: seconds.flatMap { $0.isFinite && $0 > 0 ? $0 : nil },
                    detail: nil
                )
            }
        } catch {
            switch error {
            // The same words whether a name has no address, one that must not be called or one that does not answer: callers
            // would learn what your network looks like.
            case .notSent(let detail, let cause):
                let reason =
                    cause == .certificate
                    ? "the receiver's certificate is not trusted" : "the receiver cannot be reached"
                return .failed(reason: reason, retryAfter: nil, detail: detail)
            case .interrupted(let detail, _):
                return .failed(reason: "the receiver did not answer as it should", retryAfter: nil, detail: detail)
            // The receiver has answered; the size of its answer does not matter.
            case .tooLong: return .delivered
            case .refusedBySink, .canceled: return .failed(reason: "it was interrupted", retryAfter: nil, detail: nil)
            }
        }
    }
}
