import Foundation
import ReplicateAPI
import TestSupport

/// An answer in its parts, to be spoilt part by part.
struct HTTPAnswer {
    private var before = ""
    private var line: String
    private var headers: [String]
    private var body: [UInt8]
    private var length: Int?

    init(status: Int, body: String) {
        line = "HTTP/1.1 \(status) Yes"
        headers = ["Content-Type: application/json", "Date: \(Self.date)"]
        self.body = Array(body.utf8)
    }

    var bytes: [UInt8] {
        let head = ([line] + headers + ["Content-Length: \(body.count)"]).joined(separator: "\r\n")
        return Array((before + head + "\r\n\r\n").utf8.prefix(length ?? .max))
            + body.prefix(max(0, (length ?? .max) - head.utf8.count))
    }

    /// Whether a client may take it for a whole answer of the 4xx kind.
    var isRefusal: Bool { line.split(separator: " ").dropFirst().first?.first == "4" }

    private static var date: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date())
    }

    // MARK: Spoiling

    private static let beginnings = [
        "\r\n", "x", "\u{0}", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early\r\n\r\n", "\n", "\u{FEFF}", " ",
    ]
    private static let lines = [
        "HTTP/1.2 201 Yes", "HTTP/0.9 200", "HTTP/1.1 2000 Yes", "HTTP/1.1 abc", "HTTP/1.1", "ICY 200 OK",
        "HTTP/1.1 204 No",
        "HTTP/1.1 302 Found", "HTTP/1.1 304 Same", "HTTP/1.1 101 Switch", "HTTP/1.1 500 No", "HTTP/1.1 502 No",
        "HTTP/1.1 503 No", "HTTP/1.1 408 No", "http/1.1 201 yes", "HTTP/2 201", "SSH-2.0-x", "",
    ]
    private static let extras = [
        "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip", "Content-Encoding: br",
        "Content-Encoding: nonsense",
        "Date: Thu, 01 Jan 1970 00:00:00 GMT", "Date: soon", "Retry-After: -5", "Retry-After: 1e99",
        "Location: http://127.0.0.1:1/",
        "no colon here", "X: " + String(repeating: "x", count: 70_000), ": empty", "Connection: keep-alive",
        "\u{1B}[2J: \u{1B}",
    ]

    mutating func spoil(_ json: JSONValue, using random: inout SeededGenerator) {
        for _ in 0...Int.random(in: 0..<2, using: &random) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: before = Self.beginnings.randomElement(using: &random) ?? ""
            case 1: line = Self.lines.randomElement(using: &random) ?? ""
            case 2: headers.insert(Self.extras.randomElement(using: &random) ?? "", at: 0)
            case 3: length = Int.random(in: 0..<max(1, bytes.count), using: &random)
            case 4: body = Array(Self.changed(json, using: &random).text().utf8)
            case 5:
                for _ in 0..<4 where !body.isEmpty {
                    body[Int.random(in: body.indices, using: &random)] = .random(in: 0...255, using: &random)
                }
            case 6: body = Self.replacement(of: json, using: &random)
            default: body += body
            }
        }
    }

    /// The same document with one value in it changed to something else, or with its list's rows twice or shuffled.
    private static func changed(_ json: JSONValue, using random: inout SeededGenerator) -> JSONValue {
        let others: [JSONValue] = [
            .null, true, -1, 1e300, "", "\u{202E}x", [], [:], ["a": ["b": .null]],
            .string(String(repeating: "y", count: 100_000)),
            "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", .integer(.max),
        ]
        switch json {
        case .object(var members):
            guard let key = members.keys.sorted().randomElement(using: &random), let value = members[key] else {
                return json
            }
            // What tells the predictions apart stays: an API that mixes them up cannot be seen through.
            if ["id", "prompt"].contains(key) { return json }
            if case .array(let rows) = value, key == "results", Bool.random(using: &random) {
                let twice: [JSONValue] = rows + rows
                members[key] = .array(twice.shuffled(using: &random))
            } else if ["input"].contains(key) || Bool.random(using: &random), value.object != nil {
                members[key] = changed(value, using: &random)
            } else {
                members[key] = others.randomElement(using: &random)
            }
            return .object(members)
        default: return json
        }
    }

    private static func replacement(of json: JSONValue, using random: inout SeededGenerator) -> [UInt8] {
        let text = json.text()
        let all = [
            "", "{}", "[]", "null", "NaN", text.replacing("0.1", with: "NaN"), text.replacing("0.1", with: "-Infinity"),
            "<html>hello</html>",
            String(repeating: "[", count: 5_000), "{\"id\":", text + text, "\u{FEFF}" + text, " \n" + text + "\n ",
        ]
        return Array((all.randomElement(using: &random) ?? "").utf8)
    }
}
