import Foundation
import FoundationNetworking
import Synchronization

/// Brings the pictures that an input names: http and https URLs, `data:` URIs, and uploads of this sandbox.
struct PictureSource: Sendable {
    /// A picture that could not be had; the description names the URL.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Bytes a picture may have.
    static let limit = 32 << 20

    /// Looks up an upload by its URL; nil when the URL is none of ours.
    var upload: @Sendable (_ url: String) -> Data?

    func picture(at url: String) async throws -> PixelCanvas {
        let bytes = try await bytes(at: url)
        guard let canvas = PixelCanvas.decoded(bytes) else {
            throw Failure(description: "\(shortened(url)) is not a picture (WebP, JPEG and PNG are understood)")
        }
        return canvas
    }

    private func bytes(at url: String) async throws -> Data {
        if let data = upload(url) { return data }
        if url.hasPrefix("data:") {
            guard let comma = url.firstIndex(of: ","), url[..<comma].hasSuffix(";base64"),
                let data = Data(base64Encoded: String(url[url.index(after: comma)...]))
            else { throw Failure(description: "\(shortened(url)) is not a base64 data URI") }
            return data
        }
        guard let address = URL(string: url), ["http", "https"].contains(address.scheme) else {
            throw Failure(description: "\(shortened(url)) is not a URL")
        }
        let answer = await CappedDownload.run(address, limit: Self.limit)
        switch answer {
        case .success((200, let data)): return data
        case .success((let status, _)):
            throw Failure(description: "\(shortened(url)) could not be fetched: HTTP \(status)")
        case .failure(let failure):
            throw Failure(description: "\(shortened(url)) could not be fetched: \(failure)")
        }
    }

    private func shortened(_ url: String) -> String { url.count > 200 ? url.prefix(60) + "…" : url }
}

/// One GET whose body may not exceed a limit.
private final class CappedDownload: NSObject, URLSessionDataDelegate, Sendable {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    typealias Outcome = Result<(Int, Data), Refusal>

    private struct State {
        var data = Data()
        var continuation: CheckedContinuation<Outcome, Never>?
        var isTooLarge = false
    }

    private let state = Mutex(State())
    private let limit: Int

    private init(limit: Int) { self.limit = limit }

    static func run(_ url: URL, limit: Int) async -> Outcome {
        let download = CappedDownload(limit: limit)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 30
        let session = URLSession(configuration: configuration, delegate: download, delegateQueue: nil)
        let task = session.dataTask(with: url)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                download.state.withLock { $0.continuation = continuation }
                task.resume()
                session.finishTasksAndInvalidate()
            }
        } onCancel: {
            task.cancel()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = state.withLock { state in
            state.data += data
            state.isTooLarge = state.data.count > limit
            return state.isTooLarge
        }
        if isTooLarge { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let status = (task.response as? HTTPURLResponse)?.statusCode ?? 0
        state.withLock { state in
            let outcome: Outcome =
                if state.isTooLarge {
                    .failure(Refusal(description: "larger than \(limit >> 20) MiB"))
                } else if let error {
                    .failure(Refusal(description: error.localizedDescription))
                } else {
                    .success((status, state.data))
                }
            state.continuation?.resume(returning: outcome)
            state.continuation = nil
        }
    }
}
