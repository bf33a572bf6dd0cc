import Foundation
package import ReplicateClient

/// A transport that tells how long every request took and what came of it.
package struct MeasuredTransport: Transport {
    /// Operation, seconds, and what went wrong: a status from 400 up, or a word; nil when nothing did.
    package typealias Report = @Sendable (_ operation: String, _ seconds: Double, _ error: String?) -> Void

    private let base: any Transport
    private let report: Report

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
        // Nobody's fault, and no error.
        case .canceled: return
        }
        report(Self.operation(request), (ContinuousClock.now - start) / .seconds(1), word)
    }

    /// What a request is for, in a word: few of them, whatever ids are in its address.
    static func operation(_ request: HTTPRequest) -> String {
        let path = request.url.prefix { $0 != "?" }
        guard let version = path.range(of: "/v1/") else { return "download" }
        let parts = path[version.upperBound...].split(separator: "/")
        switch (request.method, parts.first ?? "", parts.count) {
        case ("POST", "predictions", 1): return "create"
        case ("POST", "predictions", _): return "cancel"
        case ("GET", "predictions", 1): return "list"
        case ("GET", "predictions", _): return "get"
        case (_, "models", _): return "model"
        default: return "other"
        }
    }
}
