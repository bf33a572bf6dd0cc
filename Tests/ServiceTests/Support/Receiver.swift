import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Where callbacks go in tests: gives the answers it was told, the last one for ever, and keeps what it got.
final class Receiver: Sendable {
    struct Delivery: Sendable {
        let headers: [String: String]
        let body: Data
    }

    private struct State {
        var statuses: [Int]
        var deliveries: [Delivery] = []
    }

    private let state: Mutex<State>
    private let location: String?

    init(_ statuses: Int..., location: String? = nil) {
        state = Mutex(State(statuses: statuses))
        self.location = location
    }

    var deliveries: [Delivery] { state.withLock { $0.deliveries } }

    /// Runs `body` with the receiver's address.
    func listening(_ body: (String) async throws -> Void) async throws {
        let router = Router()
        router.post("done") { request, _ in
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let buffer = try await request.body.collect(upTo: 1 << 20)
            return self.take(Delivery(headers: headers, body: Data(buffer.readableBytesView)))
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            guard let number = await ports.first(where: { _ in true }) else { return }
            try await body("http://127.0.0.1:\(number)/done")
        }
    }

    private func take(_ delivery: Delivery) -> Response {
        let status = state.withLock { state in
            state.deliveries.append(delivery)
            return state.statuses.count > 1 ? state.statuses.removeFirst() : state.statuses.first ?? 200
        }
        var response = Response(status: .init(code: status))
        if let location { response.headers[.location] = location }
        return response
    }
}
