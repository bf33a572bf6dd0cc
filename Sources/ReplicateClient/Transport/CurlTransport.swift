import CCurl
import Foundation
import Glibc
import Synchronization

/// A transport on libcurl's multi interface, which runs on a thread of its own.
///
/// The thread sleeps in `curl_multi_poll` until there is work, without a timeout when no transfer is active: an idle
/// transport causes no wake-ups. All methods may be called from any thread.
package final class CurlTransport: Transport {
    private struct Inbox {
        var arriving: [Transfer] = []
        /// The objects are kept, not their addresses: another transfer could have the same address by the time this is
        /// read.
        var canceled: [Transfer] = []
        var isClosed = false
    }

    // Only the loop's thread uses the multi handle, except for `curl_multi_wakeup`, which any thread may call.
    private nonisolated(unsafe) let multi: OpaquePointer
    private let inbox = Mutex(Inbox())

    private let trust: LoadedTrustStore

    /// Starts the thread. Reads the files of `trust` when it names several.
    package init(trust: TrustStore = .system) {
        self.trust = trust.loaded()
        curl_global_init(Int(CURL_GLOBAL_ALL))
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for a multi handle") }
        self.multi = OpaquePointer(multi)
        let loop = Thread { [self] in run() }
        loop.name = "transport"
        loop.stackSize = 1 << 20
        loop.start()
    }

    /// Ends all active transfers with `.canceled` and stops the thread. A later request fails with `.canceled` too.
    package func close() {
        inbox.withLock { $0.isClosed = true }
        curl_multi_wakeup(UnsafeMutableRawPointer(multi))
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
                let isClosed = inbox.withLock { inbox in
                    if !inbox.isClosed { inbox.arriving.append(transfer) }
                    return inbox.isClosed
                }
                if isClosed { transfer.finish(.failure(.canceled)) } else { wake() }
            }
        } onCancel: {
            inbox.withLock { $0.canceled.append(transfer) }
            wake()
        }
        return try result.get()
    }

    private func wake() { curl_multi_wakeup(UnsafeMutableRawPointer(multi)) }

    // MARK: The loop's thread

    private func run() {
        var active: [ObjectIdentifier: Transfer] = [:]
        let multi = UnsafeMutableRawPointer(multi)
        while true {
            let (arriving, canceled, isClosed) = inbox.withLock { inbox in
                defer { (inbox.arriving, inbox.canceled) = ([], []) }
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
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            collect(multi, &active)
            // One minute is libcurl's own longest timer. Without active transfers there are no timers.
            curl_multi_poll(multi, nil, 0, active.isEmpty ? Int32.max : 60_000, nil)
        }
        curl_multi_cleanup(multi)
    }

    private func collect(_ multi: UnsafeMutableRawPointer, _ active: inout [ObjectIdentifier: Transfer]) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            var code = CURLE_OK
            guard let handle = ccurl_finished(message, &code),
                let pointer = ccurl_get_private(handle)
            else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(pointer).takeUnretainedValue()
            active[ObjectIdentifier(transfer)] = nil
            let result = transfer.result(code, handle: handle)
            transfer.stop(on: multi)
            transfer.finish(result)
        }
    }
}
