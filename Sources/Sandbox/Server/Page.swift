import Foundation
import HTTPTypes

/// Cursors: opaque to clients, a number inside.
enum Cursor {
    static func text(_ number: Int) -> String {
        Data("row \(number)".utf8).base64EncodedString().replacing("=", with: "")
    }

    /// nil when the text was never a cursor of ours.
    static func number(_ text: String) -> Int? {
        let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else { return nil }
        let words = String(decoding: data, as: UTF8.self).split(separator: " ")
        return words.count == 2 && words[0] == "row" ? Int(words[1]) : nil
    }
}

/// One page of a list, in the shape all lists have.
struct Page {
    var next: String?
    var previous: String?
    var results: [JSON]

    var document: JSON { ["next": JSON(next), "previous": JSON(previous), "results": .array(results)] }

    /// Cuts `rows` at the cursor. `link` makes the URL of a page from its cursor.
    init<Row>(
        of rows: [Row],
        cursor: String?,
        size: Int,
        link: (_ cursor: String) -> String,
        document: (Row) -> JSON
    ) throws(SandboxProblem) {
        var start = 0
        if let cursor {
            guard let number = Cursor.number(cursor), number >= 0 else { throw .badCursor }
            start = min(number, rows.count)
        }
        let end = min(rows.count, start + size)
        results = rows[start..<end].map(document)
        if end < rows.count { next = link(Cursor.text(end)) }
        if start > 0 { previous = link(Cursor.text(max(0, start - size))) }
    }

    init(next: String?, previous: String?, results: [JSON]) {
        self.next = next
        self.previous = previous
        self.results = results
    }
}

extension SandboxProblem {
    static let badCursor = detail(.badRequest, "Invalid cursor")
}
