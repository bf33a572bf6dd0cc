import Foundation
package import ReplicateClient

/// A transport that tells how long every request took and what came of it.
package struct MeasuredTransport: Transport {
    /// Operation, seconds, and what went wrong: a status from 400 up, or a word; nil when nothing did.
    package typealias Report = @Sendable (_ operation: String, _ seconds: Double, _ error: String?) -> Void

    private let base: any Transport
    private let report: Report

    /// - Parameter report: called once for every request, from any thread.
    package init(_ base: any Transport, report: @escaping Report) {
        self.base = base
        self.report = report
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let start = ContinuousClock.now
        do {
            let response = try await base.send(request)
            tell(request, start, response)
            return response
        } catch {
            tell(request, start, error)
            throw error
        }
    }

    package func download(
        _ request: HTTPRequest,
        to sink: @escaping @Sendable (DownloadEvent) throws -> Void
    ) async throws(TransportError) -> HTTPResponse {
        let start = ContinuousClock.now
        do {
            let response = try await base.download(request, to: sink)
            tell(request, start, response)
            return response
        } catch {
            tell(request, start, error)
            throw error
        }
    }

    private func tell(_ request: HTTPRequest, _ start: ContinuousClock.Instant, _ response: HTTPResponse) {
        let error = response.status >= 400 ? String(response.status) : nil
        report(Self.operation(request), (ContinuousClock.now - start) / .seconds(1), error)
    }

    private func tell(_ request: HTTPRequest, _ start: ContinuousClock.Instant, _ error: TransportError) {
        let word: String
        switch error {
        case .notSent: word = "unreachable"
        case .interrupted: word = "interrupted"
        case .tooLong: word = "too_long"
        case .refusedBySink: word = "not_stored"
        // A cancellation by this program is not an error.
        case .canceled: return
        }
        report(Self.operation(request), (ContinuousClock.now - start) / .seconds(1), word)
    }

    /// What a request is for, in a word: few of them, whatever ids are in its address.
    static func operation(_ request: HTTPRequest) -> String {
        let bytes = request.url.utf8
        let path = bytes[..<(bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex)]
        let parts = path.split(separator: UInt8(ascii: "/"))
        guard let version = parts.firstIndex(where: { $0.elementsEqual("v1".utf8) }), version + 1 < parts.count else {
            return "download"
        }
        let noun = parts[version + 1]
        let isOne = version + 2 == parts.count
        if noun.elementsEqual("models".utf8) { return "model" }
        guard noun.elementsEqual("predictions".utf8) else { return "other" }
        switch request.method {
        case "POST": return isOne ? "create" : "cancel"
        case "GET": return isOne ? "list" : "get"
        default: return "other"
        }
    }
}
