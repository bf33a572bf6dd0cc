import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Sandbox

/// An answer as it came over the wire.
struct RawAnswer: Sendable {
    /// nil: the connection ended before a status line.
    var status: Int?
    /// Names in lower case; of several fields with one name the last.
    var headers: [String: String] = [:]
    /// Without the framing of the transfer.
    var body = Data()
    /// Everything that was announced has come.
    var isWhole = false
    /// The other side did not end the connection in order.
    var wasReset = false

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON? { try? JSON(parsing: body) }
    /// Without parameters such as a character set.
    var contentType: String? { headers["content-type"]?.split(separator: ";").first.map(String.init) }
}

/// Sends requests to a sandbox with nothing between: not the client of this program, and no library that mends answers.
struct RawClient: Sendable {
    let port: Int
    /// nil: no `Authorization` header.
    var token: String? = "r8_anything"

    /// - Parameter limit: bytes after which the answer is left, for one that never ends.
    func send(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: Data? = nil,
        limit: Int = .max
    ) async -> RawAnswer {
        var lines = ["\(method) \(path) HTTP/1.1", "host: 127.0.0.1:\(port)", "connection: close"]
        if let token { lines.append("authorization: Bearer \(token)") }
        if let body { lines.append("content-length: \(body.count)") }
        for (name, value) in headers { lines.append("\(name): \(value)") }
        let request = Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? Data())
        let port = port
        return await withCheckedContinuation { continuation in
            // Waiting reads belong on no thread of the pool: the sandbox answers there.
            Thread.detachNewThread {
                let (bytes, wasReset) = Self.exchange(request, port, limit)
                continuation.resume(returning: RawAnswer(bytes, wasReset: wasReset, isHead: method == "HEAD"))
            }
        }
    }

    func get(_ path: String, headers: [String: String] = [:]) async -> RawAnswer {
        await send("GET", path, headers: headers)
    }

    func post(_ path: String, _ body: JSON, headers: [String: String] = [:]) async -> RawAnswer {
        let headers = headers.merging(["content-type": "application/json"]) { given, _ in given }
        return await send("POST", path, headers: headers, body: body.encoded())
    }

    private static func exchange(_ request: Data, _ port: Int, _ limit: Int) -> (bytes: Data, wasReset: Bool) {
        guard let socket = LoopbackSocket.connect(to: port) else { return (Data(), true) }
        defer { Glibc.close(socket) }
        // A safety net: a test that waits for ever tells nothing.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var rest = request[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // Whoever refuses a body may answer before it was sent.
            if count <= 0 { break }
            rest = rest.dropFirst(count)
        }
        var bytes = Data()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < limit {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count == 0 { return (bytes, false) }
            if count < 0 {
                if errno == EINTR { continue }
                return (bytes, true)
            }
            bytes.append(contentsOf: buffer[..<count])
        }
        return (bytes, false)
    }
}

extension RawAnswer {
    fileprivate init(_ bytes: Data, wasReset: Bool, isHead: Bool) {
        self.wasReset = wasReset
        guard let end = bytes.range(of: Data("\r\n\r\n".utf8)) else { return }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces
            )
        }
        let rest = bytes[end.upperBound...]
        if isHead {
            isWhole = rest.isEmpty
        } else if headers["transfer-encoding"] == "chunked" {
            (body, isWhole) = Self.unchunked(rest)
        } else {
            body = Data(rest)
            isWhole = headers["content-length"].flatMap { Int($0) }.map { $0 == body.count } ?? !wasReset
        }
    }

    private static func unchunked(_ data: Data) -> (body: Data, isWhole: Bool) {
        var (rest, body) = (data, Data())
        while let line = rest.range(of: Data("\r\n".utf8)) {
            let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) ?? 0
            if size == 0 { return (body, true) }
            let chunk = rest[line.upperBound...].prefix(size)
            body.append(chunk)
            guard chunk.count == size, rest.endIndex - line.upperBound >= size + 2 else { return (body, false) }
            rest = rest[(line.upperBound + size + 2)...]
        }
        return (body, false)
    }
}

/// Runs `body` with a sandbox in which nothing waits, and a client of it.
func withRawSandbox(
    _ change: (inout SandboxConfiguration) -> Void = { _ in },
    time: SandboxTime = .system,
    _ body: (RawClient, SandboxServer) async throws -> Void
) async throws {
    var configuration = SandboxConfiguration(speed: 0, creationLimit: RateLimit(perMinute: 60_000))
    configuration.requestLimit = RateLimit(perMinute: 600_000)
    change(&configuration)
    let sandbox = SandboxServer(configuration: configuration, time: time)
    let url = try await sandbox.start()
    do {
        try await body(RawClient(port: try #require(url.port)), sandbox)
    } catch {
        await sandbox.stop()
        throw error
    }
    await sandbox.stop()
}

extension RawClient {
    /// Creates a prediction; its document.
    func create(
        _ version: String = "black-forest-labs/flux-schnell",
        _ input: JSON = ["prompt": "a fox"],
        headers: [String: String] = [:]
    ) async throws -> JSON {
        // Community models are run by the id of a version.
        let community = Catalogue.standard.models.first { $0.slug == version && !$0.isOfficial }
        let version = community?.latest.id ?? version
        let answer = await post("/v1/predictions", ["version": .string(version), "input": input], headers: headers)
        try #require(answer.status == 201 || answer.status == 202, "\(answer.text)")
        return try #require(answer.json)
    }

    /// Asks for a prediction until `condition` holds for it.
    func prediction(_ id: String, until condition: (JSON) -> Bool = \.hasEnded) async throws -> JSON {
        while true {
            let document = try #require(await get("/v1/predictions/\(id)").json)
            if condition(document) { return document }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

extension JSON {
    var id: String { self["id"]?.stringValue ?? "" }
    var status: String { self["status"]?.stringValue ?? "" }
    var hasEnded: Bool { !["starting", "processing", "hibernating"].contains(status) }

    /// The value at a path such as `urls.get` or `results.0.id`.
    func at(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(JSON?.some(self)) { value, part in
            if let index = Int(part), let array = value?.arrayValue {
                array.indices.contains(index) ? array[index] : nil
            } else {
                value?[String(part)]
            }
        }
    }

    /// The path behind the origin of an address.
    var path: String {
        let text = stringValue ?? ""
        guard let scheme = text.range(of: "://"), let slash = text[scheme.upperBound...].firstIndex(of: "/") else {
            return text
        }
        return String(text[slash...])
    }
}

/// A clock that stands still until it is moved. Who sleeps is woken when the time has come.
final class ManualTime: Sendable {
    private struct State {
        var now = Date(timeIntervalSince1970: 1_795_000_000)
        var sleepers: [(until: Date, continuation: AsyncStream<Void>.Continuation)] = []
    }

    private let state = Mutex(State())

    var time: SandboxTime {
        SandboxTime(
            now: { self.state.withLock { $0.now } },
            sleep: { duration in
                let (stream, continuation) = AsyncStream<Void>.makeStream()
                self.state.withLock { state in
                    state.sleepers.append((state.now.addingTimeInterval(duration.seconds), continuation))
                }
                for await _ in stream {}
                try Task.checkCancellation()
            }
        )
    }

    /// How many wait for the time to pass.
    var sleepers: Int { state.withLock { $0.sleepers.count } }

    func advance(by seconds: Double) {
        let due = state.withLock { state in
            state.now += seconds
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.finish() }
    }
}
