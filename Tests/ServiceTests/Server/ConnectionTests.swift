import Foundation
import History
import ReplicateAPI
import Sandbox
import Testing

@testable import Service

/// What clients do on the wire that no library would do.
@Suite(.timeLimit(.minutes(10)))
struct ConnectionTests {
    private static let head =
        "POST /api/generate/estimate-cost HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    @Test func `requests in one piece are answered in their order`() async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            let bodies = (1...20).map { "{\"num_images\":\($0)000}" }
            await connection.send(bodies.map { "\(Self.head)Content-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined())
            let answers = await connection.read(until: "\"estimated_cost\":60,")
            let sums = answers.matches(of: #/"estimated_cost":(\d+)/#).compactMap { Int($0.output.1) }
            #expect(sums == Array(stride(from: 3, through: 60, by: 3)))
        }
    }

    @Test func `a request in single bytes is a request`() async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            for byte in "\(Self.head)Content-Length: 2\r\nConnection: close\r\n\r\n{}" {
                await connection.send(String(byte))
            }
            #expect(await connection.read().hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test func `a chunked body is a body`() async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            await connection.send(
                "\(Self.head)Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
            )
            #expect(await connection.read().hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\nHost: localh", "\(Self.head)Content-Length: 50\r\n\r\n{\"num_images\":"])
    func `who sends slower than anybody waits is cut off`(beginning: String) async throws {
        try await withService(token: nil, { $0.patience = .milliseconds(200) }) { harness in
            let connection = try RawConnection(port: harness.port)
            await connection.send(beginning)
            let closing = Task { await connection.read() }
            // Drips for as long as it is let.
            while await connection.send("1") { try await Task.sleep(for: .milliseconds(20)) }
            #expect(await closing.value.contains("200 OK") == false)
            // On a machine with other things to do, one that is quick may be cut off as well: others are not.
            try await harness.wait { (try? await harness.get("/health"))?.status == 200 }
        }
    }

    @Test func `a body that is too long is refused by its announcement, and by its length`() async throws {
        try await withService(token: nil, { $0.bodyLimit = 1_000 }) { harness in
            let announced = try RawConnection(port: harness.port)
            await announced.send("\(Self.head)Content-Length: 100000000000\r\n\r\n")
            let refused = await announced.read()
            #expect(refused.hasPrefix("HTTP/1.1 413"))
            #expect(refused.contains("at most 1000 bytes"))

            let chunked = try RawConnection(port: harness.port)
            await chunked.send(
                "\(Self.head)Transfer-Encoding: chunked\r\n\r\n7d0\r\n\(String(repeating: " ", count: 2_000))\r\n0\r\n\r\n"
            )
            #expect(await chunked.read(until: "\"detail\"").hasPrefix("HTTP/1.1 413"))
            let blanks = String(repeating: " ", count: 998)
            try await check(harness.post("/api/generate/estimate-cost", bytes: Data("{\(blanks)}".utf8)).status, 200)
        }
    }

    @Test(arguments: [
        "RUBBISH\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    ])
    func `what is no HTTP harms nobody`(text: String) async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            await connection.send(text)
            let answer = await connection.read()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
            try await check(harness.get("/health").status, 200)
        }
    }

    @Test(arguments: [
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}garbage", "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "Content-Length: 50\r\n\r\n{\"num_images\":",
    ])
    func `a body that is no chunks or breaks off is the caller's mistake`(rest: String) async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            await connection.send("\(Self.head)\(rest)")
            connection.finish()
            let answer = await connection.read()
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            #expect(!harness.events.contains("request_failed"))
        }
    }

    @Test func `who sends requests without end before taking an answer is cut off`() async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            let request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
            await connection.send(String(repeating: request, count: 5_000))
            try await harness.wait { try await harness.metric("darkroom_connections_cut_total") == "1" }
            withExtendedLifetime(connection) {}
        }
    }

    @Test func `who takes no answer is cut off`() async throws {
        try await withService(token: nil, { $0.patience = .milliseconds(500) }) { harness in
            let connection = try RawConnection(port: harness.port, receiving: 4_096)
            let request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
            // Always fewer than may stand behind each other, and more than fits into any buffer on the way. Which of the rules
            // finds it first depends on how busy the machine is: what counts is that sending comes to an end.
            while await connection.send(String(repeating: request, count: 50)) {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await harness.wait { (try? await harness.get("/health"))?.status == 200 }
        }
    }

    @Test func `headers have an end`() async throws {
        try await withService(token: nil) { harness in
            let connection = try RawConnection(port: harness.port)
            await connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n")
            for number in 0..<200 { await connection.send("X-\(number): \(String(repeating: "a", count: 1_000))\r\n") }
            await connection.send("\r\n")
            let answer = await connection.read()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }

    @Test func `who leaves the queue costs nothing`() async throws {
        let faults = [FaultRule(.stall, at: .create)]
        try await withService(sandbox: SandboxConfiguration(faults: faults), { $0.width = 1 }) { harness in
            let dispatcher = harness.service.routes.generations.dispatcher
            let body = #"{"prompt":"x"}"#
            let request =
                "POST /api/generate/image HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            let first = try RawConnection(port: harness.port)
            await first.send(request)
            try await harness.wait { harness.sandbox.statistics.faults[.stall] == 1 }
            var second: RawConnection? = try RawConnection(port: harness.port)
            await second?.send(request)
            try await harness.wait { dispatcher.depth == 1 }
            second = nil
            try await harness.wait { dispatcher.depth == 0 }
            #expect(try harness.store.runs().count == 1)
            withExtendedLifetime(first) {}
        }
    }
}
