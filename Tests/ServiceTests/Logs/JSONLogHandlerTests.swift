import Foundation
import Logging
import ReplicateAPI
import Testing

@testable import Service

struct JSONLogHandlerTests {
    @Test func `an event is one line of JSON with its facts`() throws {
        let log = EventLog()
        var logger = Logger(label: "x") { _ in JSONLogHandler { log.add($0) } }
        logger[metadataKey: "request_id"] = "abc"
        logger.info("image_generation_started", metadata: ["attempt": .stringConvertible(3), "list": ["a", "b"]])
        let line = try #require(log.all.first)
        let json = try JSONValue(parsing: Data(line.utf8))
        #expect(line.hasSuffix("}\n"))
        #expect(json["event"] == "image_generation_started")
        #expect(json["level"] == "info")
        #expect(json["request_id"] == "abc")
        #expect(json["attempt"] == 3)
        #expect(json["list"] == ["a", "b"])
        #expect(json["timestamp"]?.string.flatMap(Timestamp.parse) != nil)
    }

    @Test func `nothing in it can steer a terminal`() throws {
        let log = EventLog()
        let logger = Logger(label: "x") { _ in JSONLogHandler { log.add($0) } }
        let evil = "\u{1B}[2J \u{9B}31m \u{202E}x \"quoted\" \\ \r\n\u{0} 🦊 é"
        logger.info("x", metadata: ["text": "\(evil)"])
        let line = try #require(log.all.first)
        #expect(line.dropLast().utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(try JSONValue(parsing: Data(line.utf8))["text"] == .string(evil))
    }
}
