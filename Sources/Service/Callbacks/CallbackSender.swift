import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Sends one callback, once. Follows no redirect: where a result goes was said when it was asked for.
struct CallbackSender: Sendable {
    enum Outcome: Equatable, Sendable {
        case delivered
        /// Worth another try. `reason` is told to whoever asked for the callback; `detail`, where there is one, is for the
        /// service's own log.
        case failed(reason: String, retryAfter: TimeInterval?, detail: String?)
        /// The receiver has said that it never wants it.
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
            // It did answer, though with more than anybody wants to read.
            case .tooLong: return .delivered
            case .refusedBySink, .canceled: return .failed(reason: "it was interrupted", retryAfter: nil, detail: nil)
            }
        }
    }
}
