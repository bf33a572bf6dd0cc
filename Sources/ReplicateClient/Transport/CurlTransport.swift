import CCurl
import Foundation
import Synchronization

/// A transport on libcurl's multi interface, which runs on a thread of its own.
///
/// The thread is started with the first request. It sleeps in `curl_multi_poll` until there is work, without a timeout when
/// no transfer is active: an idle transport causes no wake-ups. All methods may be called from any thread.
package final class CurlTransport: Transport {
    /// The transfers that run together. Only the loop's thread uses it, except to end its own sleep.
    private struct Multi: @unchecked Sendable {
        let handle: UnsafeMutableRawPointer
    }

    private struct Inbox {
        var arriving: [Transfer] = []
        /// The objects are kept, not their addresses: another transfer could have the same address by the time this is
        /// read.
        var canceled: [Transfer] = []
        var isClosed = false
        /// Whether the thread was started; it is with the first transfer.
        var hasThread = false
        /// What the thread sleeps in; nil before it has made it and after it has given it up.
        var multi: Multi?
        /// Why there is no libcurl; nil: there is, or nobody has looked.
        var failure: String?
    }

    private let inbox = Mutex(Inbox())

    private let trust: LoadedTrustStore

    /// Reads the files of `trust` when it names several. libcurl is loaded, and its thread started, with the first
    /// request.
    package init(trust: TrustStore = .system) {
        self.trust = trust.loaded()
    }

    /// Begins to load libcurl, with the thirty libraries that it needs, on a thread of its own, so that the first request
    /// does not wait for that. Returns at once; what goes wrong is told with the first request.
    package static func preload() {
        let thread = Thread { _ = ccurl_load() }
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Ends all active transfers with `.canceled` and stops the thread. A later request fails with `.canceled` too.
    package func close() {
        inbox.withLock { inbox in
            inbox.isClosed = true
            Self.wake(inbox)
        }
    }

    /// See ``Transport/send(_:)``. Cancelling the task ends the transfer with `.canceled`.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await perform(Transfer(request, trust: trust, sink: nil))
    }

    /// See ``Transport/download(_:to:)``. `sink` is called on the transport's thread. Cancelling the task ends the
    /// transfer with `.canceled`.
    package func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse {
        try await perform(Transfer(request, trust: trust, sink: sink))
    }

    private func perform(_ transfer: Transfer) async throws(TransportError) -> HTTPResponse {
        let result: Result<HTTPResponse, TransportError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.completion = { continuation.resume(returning: $0) }
                deliver(transfer)
            }
        } onCancel: {
            inbox.withLock { inbox in
                inbox.canceled.append(transfer)
                Self.wake(inbox)
            }
        }
        return try result.get()
    }

    private func deliver(_ transfer: Transfer) {
        let (refusal, startsThread) = inbox.withLock { inbox -> (TransportError?, Bool) in
            if inbox.isClosed { return (.canceled, false) }
            if let failure = inbox.failure { return (Self.unavailable(failure), false) }
            defer { inbox.hasThread = true }
            inbox.arriving.append(transfer)
            Self.wake(inbox)
            return (nil, !inbox.hasThread)
        }
        if let refusal { transfer.finish(.failure(refusal)) }
        guard startsThread else { return }
        let loop = Thread { [self] in
            if let multi = open() { run(multi.handle) }
        }
        loop.name = "transport"
        loop.stackSize = 1 << 20
        loop.start()
    }

    /// Under the lock, so that the thread does not give the handle up meanwhile.
    private static func wake(_ inbox: Inbox) {
        if let multi = inbox.multi { ccurl_multi_wakeup(multi.handle) }
    }

    private static func unavailable(_ reason: String) -> TransportError {
        .notSent(reason: "libcurl cannot be loaded; install the package that holds it (\(reason))")
    }

    // MARK: The loop's thread

    /// Loads libcurl; nil when that is not possible: then whoever waits is told, as everybody who comes later.
    private func open() -> Multi? {
        let failure = ccurl_load().map { String(cString: $0) }
        let multi = failure == nil ? ccurl_multi_init().map(Multi.init) : nil
        let waiting = inbox.withLock { inbox -> [Transfer] in
            inbox.multi = multi
            guard multi == nil else { return [] }
            inbox.failure = failure ?? "no memory"
            defer { inbox.arriving = [] }
            return inbox.arriving
        }
        for transfer in waiting { transfer.finish(.failure(Self.unavailable(failure ?? "no memory"))) }
        return multi
    }

    private func run(_ multi: UnsafeMutableRawPointer) {
        var active: [ObjectIdentifier: Transfer] = [:]
        while true {
            let (arriving, canceled, isClosed) = inbox.withLock { inbox in
                defer { (inbox.arriving, inbox.canceled) = ([], []) }
                if inbox.isClosed { inbox.multi = nil }
                return (inbox.arriving, inbox.canceled, inbox.isClosed)
            }
            for transfer in arriving {
                active[ObjectIdentifier(transfer)] = transfer
                transfer.start(on: multi)
            }
            for transfer in isClosed ? Array(active.values) : canceled {
                guard active.removeValue(forKey: ObjectIdentifier(transfer)) != nil else { continue }
                transfer.stop(on: multi)
                transfer.finish(.failure(.canceled))
            }
            if isClosed { break }
            ccurl_multi_perform(multi)
            collect(multi, &active)
            // One minute is libcurl's own longest timer. Without active transfers there are no timers.
            ccurl_multi_poll(multi, active.isEmpty ? Int32.max : 60_000)
        }
        ccurl_multi_cleanup(multi)
    }

    private func collect(_ multi: UnsafeMutableRawPointer, _ active: inout [ObjectIdentifier: Transfer]) {
        var code = CURLE_OK
        while let handle = ccurl_multi_next_finished(multi, &code) {
            guard let pointer = ccurl_easy_get_private(handle) else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(pointer).takeUnretainedValue()
            active[ObjectIdentifier(transfer)] = nil
            let result = transfer.result(code, handle: handle)
            transfer.stop(on: multi)
            transfer.finish(result)
        }
    }
}
