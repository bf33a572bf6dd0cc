import Foundation
import ReplicateAPI
import Synchronization
import TestSupport

/// An API that does what it is asked to, and spoils many of its answers on the way back.
final class HostileAPI: Sendable {
    struct Record: Sendable {
        /// Creating requests that came for this run.
        var requests = 0
        /// Those of them that were answered with a whole 429: they may be repeated.
        var postponed = 0
        /// The answer to the last one was a whole refusal: nothing was created.
        var isRefused = false
        var prediction: JSONObject?
    }

    private struct State {
        var random: SeededGenerator
        var isHonest = false
        var records: [String: Record] = [:]
        var spoilt = 0
    }

    private let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(random: SeededGenerator(seed: seed))) }

    var records: [String: Record] { state.withLock { $0.records } }
    var spoilt: Int { state.withLock { $0.spoilt } }

    /// From now on every answer is whole and true.
    func becomeHonest() { state.withLock { $0.isHonest = true } }

    func answer(to request: String) -> RawServer.Answer {
        state.withLock { state in
            let line = request.prefix { $0 != "\r\n" }.split(separator: " ")
            guard line.count == 3 else { return RawServer.Answer([]) }
            let path = String(line[1])
            let body = request.range(of: "\r\n\r\n").map { String(request[$0.upperBound...]) } ?? ""
            if line[0] == "POST", path == "/v1/predictions" { return Self.create(body, &state) }
            let json = Self.read(path, state)
            var answer = HTTPAnswer(status: json["detail"] == nil ? 200 : 404, body: json.text())
            guard !state.isHonest, Int.random(in: 0..<3, using: &state.random) == 0 else {
                return RawServer.Answer(answer.bytes)
            }
            state.spoilt += 1
            answer.spoil(json, using: &state.random)
            return RawServer.Answer(answer.bytes, resets: Bool.random(using: &state.random))
        }
    }

    private static func read(_ path: String, _ state: State) -> JSONValue {
        if path.hasPrefix("/v1/models/a/b") { return ["owner": "a", "name": "b", "is_official": true] }
        let all = state.records.values.compactMap(\.prediction)
        if path.hasPrefix("/v1/predictions?") {
            return ["results": .array(all.map { JSONValue.object($0) }), "next": .null]
        }
        let found = all.first { path.hasSuffix("/" + ($0["id"]?.string ?? "-")) }
        return found.map { JSONValue.object($0) } ?? ["detail": "not found"]
    }

    private static func create(_ body: String, _ state: inout State) -> RawServer.Answer {
        guard let input = (try? JSONValue(parsing: Data(body.utf8)))?["input"]?.object,
            let name = input["prompt"]?.string
        else { return RawServer.Answer(HTTPAnswer(status: 400, body: "{}").bytes) }
        state.records[name, default: Record()].requests += 1
        state.records[name]?.isRefused = false
        let isSpoilt = !state.isHonest && Int.random(in: 0..<4, using: &state.random) > 0
        if isSpoilt, Int.random(in: 0..<5, using: &state.random) == 0 {
            let status = [400, 402, 409, 418, 422, 429, 451].randomElement(using: &state.random) ?? 400
            if status == 429 { state.records[name]?.postponed += 1 } else { state.records[name]?.isRefused = true }
            return RawServer.Answer(HTTPAnswer(status: status, body: #"{"detail":"no","retry_after":0}"#).bytes)
        }
        let now = Timestamp.format(Date())
        let prediction: JSONObject = [
            "id": .string("p-\(name)-\(state.records[name]?.requests ?? 0)"), "model": "a/b", "source": "api",
            "status": "succeeded", "input": .object(input), "output": "words", "logs": "", "error": .null,
            "created_at": .string(now), "completed_at": .string(now), "metrics": ["predict_time": 0.1], "urls": [:],
        ]
        state.records[name]?.prediction = prediction
        var answer = HTTPAnswer(status: 201, body: JSONValue.object(prediction).text())
        guard isSpoilt else { return RawServer.Answer(answer.bytes) }
        state.spoilt += 1
        // A creation that took place is never answered with a refusal here: a server that lies so cannot be seen through.
        repeat {
            answer = HTTPAnswer(status: 201, body: JSONValue.object(prediction).text())
            answer.spoil(.object(prediction), using: &state.random)
        } while answer.isRefusal
        return RawServer.Answer(answer.bytes, resets: Bool.random(using: &state.random))
    }
}
