package import Foundation

/// A row of a list of predictions. Only the fields that polling needs are read at first, because most rows have not
/// changed since the last poll.
package struct PredictionRow: Sendable {
    /// Identifies the prediction; not empty.
    package let id: Prediction.ID
    /// The status of the row.
    package let status: PredictionStatus
    /// The same as ``Prediction/isFinished``.
    package let isFinished: Bool
    private let json: Data

    /// Reads the whole row at each call; nil when it is not a valid prediction.
    package var prediction: Prediction? { (try? JSONValue(parsing: json)).flatMap(Prediction.init(json:)) }

    /// Reads a page of `GET /predictions`: `{next, previous, results}`. Nil when the bytes are not one JSON document
    /// with an array `results`. Rows that cannot be read or have no id are counted in `unreadable`.
    package static func page(_ data: Data) -> Page<PredictionRow>? {
        data.withUnsafeBytes { buffer in
            let bytes = buffer.assumingMemoryBound(to: UInt8.self)
            var page = Reading()
            var parser = JSONParser(bytes)
            do throws(JSONSyntaxError) {
                try parser.members(depth: 0) { parser, key throws(JSONSyntaxError) in
                    switch key {
                    case "results": try page.readRows(&parser, bytes)
                    case "next":
                        let link = try parser.value(depth: 1).string
                        page.next = link == "null" || link?.isEmpty == true ? nil : link
                    default: try parser.skip(depth: 1)
                    }
                }
                try parser.end()
            } catch {
                return nil
            }
            return page.rows.map { Page(results: $0, unreadable: page.unreadable, next: page.next) }
        }
    }

    private struct Reading {
        var rows: [PredictionRow]?
        var unreadable = 0
        var next: String?

        mutating func readRows(
            _ parser: inout JSONParser,
            _ bytes: UnsafeBufferPointer<UInt8>
        ) throws(JSONSyntaxError) {
            var rows: [PredictionRow] = []
            var unreadable = 0
            try parser.elements(depth: 1) { parser throws(JSONSyntaxError) in
                let range = try parser.skip(depth: 2)
                if let row = PredictionRow(UnsafeBufferPointer(rebasing: bytes[range])) {
                    rows.append(row)
                } else {
                    unreadable += 1
                }
            }
            self.rows = rows
            self.unreadable = unreadable
        }
    }

    private init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var id = ""
        var word = ""
        var hasEnd = false
        var parser = JSONParser(bytes)
        do throws(JSONSyntaxError) {
            try parser.members(depth: 2) { parser, key throws(JSONSyntaxError) in
                switch key {
                case "id": id = try parser.value(depth: 3).string ?? ""
                case "status": word = try parser.value(depth: 3).string ?? ""
                case "completed_at": hasEnd = try parser.value(depth: 3).string.flatMap(Timestamp.parse) != nil
                default: try parser.skip(depth: 3)
                }
            }
        } catch {
            return nil
        }
        guard !id.isEmpty else { return nil }
        self.id = Prediction.ID(id)
        status = PredictionStatus(rawValue: word)
        if case .unknown = status { isFinished = hasEnd } else { isFinished = status.isTerminal }
        json = Data(bytes)
    }
}
