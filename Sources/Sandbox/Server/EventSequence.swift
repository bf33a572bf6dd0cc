import Hummingbird
import NIOCore

/// The server-sent events of one prediction, until it ends or half a minute passes in silence.
struct EventSequence: AsyncSequence, Sendable {
    let world: World
    let id: String
    /// First half of every event id.
    let stamp: Int
    /// The number of the first event to send.
    let first: Int

    func makeAsyncIterator() -> Iterator { Iterator(events: self, number: first) }

    struct Iterator: AsyncIteratorProtocol {
        let events: EventSequence
        var number: Int
        var hasEnded = false

        mutating func next() async -> ByteBuffer? {
            guard !hasEnded else { return nil }
            if let ready = take() { return ready }
            let known = number
            await events.world.settle(events.id, within: .seconds(30)) {
                $0.status.isTerminal || $0.chunks.count > known
            }
            if let ready = take() { return ready }
            hasEnded = true
            return ByteBuffer(string: ": 408 Request Timeout\n\n")
        }

        /// What can be sent without waiting: the next piece, or the end.
        private mutating func take() -> ByteBuffer? {
            guard let record = events.world.predictions[events.id] else { return nil }
            if number < record.chunks.count {
                number += 1
                return events.event("output", number - 1, record.chunks[number - 1])
            }
            guard record.status.isTerminal else { return nil }
            hasEnded = true
            return events.end(of: record, number)
        }
    }

    private func end(of record: PredictionRecord, _ number: Int) -> ByteBuffer {
        switch record.status {
        case .succeeded, .starting, .processing: return event("done", number, "{}")
        case .canceled, .aborted: return event("done", number, #"{"reason": "canceled"}"#)
        case .failed:
            let detail: JSON = ["detail": JSON(record.error)]
            var buffer = event("error", number, String(decoding: detail.encoded(), as: UTF8.self))
            buffer.writeImmutableBuffer(event("done", number + 1, #"{"reason": "error"}"#))
            return buffer
        }
    }

    private func event(_ name: String, _ number: Int, _ text: String) -> ByteBuffer {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
        return ByteBuffer(string: "event: \(name)\nid: \(stamp):\(number)\n\(lines)\n")
    }
}
