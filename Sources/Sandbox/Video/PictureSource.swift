import CCurl
import Foundation

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
        let answer = await CappedDownload.run(address.absoluteString, limit: Self.limit)
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
private final class CappedDownload {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    typealias Outcome = Result<(Int, Data), Refusal>

    private var data = Data()
    private var isTooLarge = false
    private let limit: Int

    private init(limit: Int) { self.limit = limit }

    /// On a thread of its own, because libcurl's simplest interface waits for the answer.
    static func run(_ url: String, limit: Int) async -> Outcome {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: CappedDownload(limit: limit).get(url)) }
        }
    }

    private func get(_ url: String) -> Outcome {
        if let failure = ccurl_load() { return .failure(Refusal(description: String(cString: failure))) }
        guard let handle = ccurl_easy_init() else { return .failure(Refusal(description: "no memory")) }
        defer { ccurl_easy_cleanup(handle) }
        ccurl_easy_set_string(handle, CURLOPT_URL, url)
        ccurl_easy_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_easy_set_string(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        ccurl_easy_set_long(handle, CURLOPT_FOLLOWLOCATION, 1)
        ccurl_easy_set_long(handle, CURLOPT_MAXREDIRS, 10)
        ccurl_easy_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_easy_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 10_000)
        ccurl_easy_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
        ccurl_easy_set_long(handle, CURLOPT_LOW_SPEED_TIME, 30)
        ccurl_easy_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let download = Unmanaged<CappedDownload>.fromOpaque(context).takeUnretainedValue()
            return download.receive(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        ccurl_easy_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
        let code = ccurl_easy_perform(handle)
        if isTooLarge { return .failure(Refusal(description: "larger than \(limit >> 20) MiB")) }
        guard code == CURLE_OK else {
            return .failure(Refusal(description: String(cString: ccurl_easy_strerror(code))))
        }
        return .success((ccurl_easy_get_long(handle, CURLINFO_RESPONSE_CODE), data))
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isTooLarge = data.count + bytes.count > limit
        if !isTooLarge { data.append(contentsOf: bytes) }
        return !isTooLarge
    }
}
