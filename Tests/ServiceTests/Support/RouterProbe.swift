import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import ReplicateAPI

@testable import Service

/// Asks the routes without a network between.
struct RouterProbe {
    struct Answer {
        let status: Int
        let headers: HTTPFields
        let json: JSONValue
    }

    let routes: ServiceRoutes

    func callAsFunction(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: [UInt8] = [],
        headers: HTTPFields = [:],
        contentType: String? = "application/json"
    ) async throws -> Answer {
        let logger = Logger(label: "router") { _ in SwiftLogNoOpLogHandler() }
        let responder = routes.router(logger: ServiceLog(logger: logger)).buildResponder()
        var fields = headers
        if let contentType { fields[.contentType] = contentType }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: body))
        )
        let source = ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: logger)
        let response = try await responder.respond(to: request, context: ServiceContext(source: source))
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(
            status: response.status.code,
            headers: response.headers,
            json: (try? JSONValue(parsing: collector.data)) ?? .null
        )
    }

    private final class Collector: ResponseBodyWriter {
        private(set) var data = Data()
        func write(_ buffer: ByteBuffer) async throws { data += Data(buffer.readableBytesView) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
