import Foundation
import ReplicateAPI
import TestSupport
import Testing

/// Answers of any shape: what can be read is read, and nothing ends the program.
struct LenientReadingTests {
    private static let prediction: JSONObject = [
        "id": "abc", "model": "lab/fox", "version": "hidden", "input": .object(["prompt": "a fox"]),
        "logs": "Using seed: 42\n",
        "output": .array(["https://replicate.delivery/a.png"]), "error": .null, "status": "succeeded",
        "created_at": "2026-11-25T10:00:00.000Z", "started_at": "2026-11-25T10:00:01Z",
        "completed_at": "2026-11-25T10:00:09.5Z", "source": "api", "data_removed": .bool(false),
        "metrics": .object(["predict_time": 7.5, "total_time": 9.5]),
        "urls": .object(["get": "https://api.replicate.com/v1/predictions/abc"]),
    ]
    private static let odd: [JSONValue] = [
        .null, .bool(true), 0, -1, 1.5, "", "text", .array([]), .array([1]), .object([:]), .object(["a": .null]),
        .integer(.max), .number(1e300),
    ]

    @Test(arguments: ["", " ", "\n"])
    func `a failure without words has no reason`(error: String) throws {
        let prediction = try #require(Prediction(json: ["id": "abc", "status": "failed", "error": .string(error)]))
        #expect(prediction.error == nil)
    }

    @Test(arguments: prediction.keys.sorted())
    func `a member of another kind is as good as missing, and the others are read`(key: String) throws {
        for value in Self.odd + [nil] {
            var object = Self.prediction
            object[key] = value
            let read = Prediction(json: .object(object))
            guard key != "id" else {
                #expect((read != nil) == (value?.string?.isEmpty == false))
                continue
            }
            let prediction = try #require(read)
            #expect(prediction.id == Prediction.ID("abc"))
            if key != "model" { #expect(prediction.model == "lab/fox") }
            if key != "metrics" { #expect(prediction.predictTime == 7.5) }
            if key != "created_at" { #expect(prediction.createdAt != nil) }
            if key != "status" { #expect(prediction.status == .succeeded && prediction.isFinished) }
            // The whole is kept as it came.
            #expect(prediction.raw == .object(object))
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a page gives the same rows whether it is read at once or row by row`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let rows: [JSONValue] = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                var object = Self.prediction
                if Bool.random(using: &random), let key = object.keys.sorted().randomElement(using: &random) {
                    object[key] = Self.odd.randomElement(using: &random)!
                }
                return Int.random(in: 0...5, using: &random) == 0
                    ? Self.odd.randomElement(using: &random)! : .object(object)
            }
            let next: JSONValue = [.null, "", "null", "https://h/next"].randomElement(using: &random)!
            let json: JSONValue = .object(["results": .array(rows), "next": next, "previous": .null])
            let whole = try #require(Page(json: json, element: Prediction.init(json:)))
            let lazy = try #require(PredictionRow.page(json.serialized()))
            #expect(lazy.results.map(\.id) == whole.results.map(\.id))
            #expect(lazy.results.map(\.status) == whole.results.map(\.status))
            #expect(lazy.results.map(\.isFinished) == whole.results.map(\.isFinished))
            #expect(lazy.results.compactMap(\.prediction) == whole.results)
            #expect(lazy.unreadable == whole.unreadable && lazy.next == whole.next)
            #expect(lazy.next == (next == "https://h/next" ? "https://h/next" : nil))
        }
    }

    @Test func `blanks stand wherever JSON has them`() throws {
        let json = JSONValue.object(["next": .null, "results": .array([.object(Self.prediction)])])
        let pretty = try #require(PredictionRow.page(Data(json.text(pretty: true).utf8)))
        #expect(pretty.results.map(\.id) == PredictionRow.page(json.serialized())?.results.map(\.id))
        #expect(pretty.results.count == 1 && pretty.unreadable == 0)
        let spaced = " { \"results\" : [ { \"id\" : \"p1\" , \"status\" : \"succeeded\" } ] , \"next\" : null } "
        #expect(PredictionRow.page(Data(spaced.utf8))?.results.count == 1)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a page that is damaged is none, or has rows with an id`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = JSONValue.object([
            "next": "https://h/next", "results": .array([.object(Self.prediction), .object(Self.prediction)]),
        ]).serialized()
        for _ in 0..<400 {
            var bytes = Array(good)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
            guard let page = PredictionRow.page(Data(bytes)) else { continue }
            #expect(page.results.count + page.unreadable <= 4)
            for row in page.results {
                #expect(!row.id.rawValue.isEmpty)
                if let prediction = row.prediction {
                    #expect(prediction.id == row.id && prediction.status == row.status)
                }
            }
        }
        for text in ["", "[]", "{}", "null", "{\"results\": {}}", "{\"results\": [}", "{\"results\": []} x"] {
            #expect(PredictionRow.page(Data(text.utf8)) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        ("succeeded", true, true), ("failed", true, true), ("canceled", true, true), ("aborted", true, true),
        ("starting", false, false), ("processing", false, false), ("hibernating", false, true), ("", false, true),
    ])
    func `a status that nobody has heard of has ended where there is an end`(
        word: String,
        isFinished: Bool,
        isFinishedWithEnd: Bool
    ) throws {
        var object = Self.prediction
        object["status"] = .string(word)
        #expect(try #require(Prediction(json: .object(object))).isFinished == isFinishedWithEnd)
        object["completed_at"] = .null
        let prediction = try #require(Prediction(json: .object(object)))
        #expect(prediction.isFinished == isFinished)
        #expect(prediction.status.rawValue == word)
        #expect(PredictionStatus.documented.contains(prediction.status) == (word != "" && word != "hibernating"))
    }

    @Test(
        arguments: [
            ("Using seed: 42", 42), ("seed=7\n", 7), ("Seed : 9.", 9), ("random seed 5, steps 3", 5),
            ("first\rseed: 1\nseed: 2", 1),
            ("proseed: 4", nil), ("seed: none", nil), ("seed: 12ab", nil), ("seed: -3", nil), ("", nil), ("seed", nil),
            ("seed: 99999999999999999999", nil), ("seed: abc\nseed: 3", 3),
        ] as [(String, Int64?)]
    )
    func `the seed that a model took stands in its log`(logs: String, seed: Int64?) {
        #expect(Prediction.seed(inLogs: logs) == seed)
    }

    @Test(
        arguments: [
            ("lab/fox", "lab/fox", nil), ("  lab/fox \n", "lab/fox", nil),
            ("https://replicate.com/lab/fox", "lab/fox", nil),
            ("replicate.com/lab/fox-2.1_x", "lab/fox-2.1_x", nil),
            ("lab/fox:\(String(repeating: "a1", count: 32))", "lab/fox", String(repeating: "a1", count: 32)),
        ] as [(String, String, String?)]
    )
    func `a model is named as people write it`(text: String, path: String, version: String?) throws {
        let reference = try #require(ModelReference(text))
        #expect((reference.path, reference.version) == (path, version))
        #expect(ModelReference(reference.description) == reference)
    }

    @Test(arguments: [
        "", "/", "fox", "lab/", "/fox", "lab/fox/more", "lab/fox:", "lab/fox:abc", "lab /fox", "lab/fo x",
        "lab/fox?x=1", "../fox",
        "lab/..", "./fox", "läb/fox", "lab/fox:\(String(repeating: "A1", count: 32))",
        "lab/fox:\(String(repeating: "a", count: 63))",
        "https://example.org/lab/fox", "lab/\(String(repeating: "x", count: 129))", "lab/fox#a", "lab\u{0}/fox",
    ])
    func `what could lead anywhere else is no model`(text: String) {
        #expect(ModelReference(text) == nil)
        #expect(!ModelReference.issue(with: text).isEmpty)
    }

    @Test(
        arguments: [
            ("https://a.org/x.png", nil), ("http://a.org", nil), ("HTTPS://A.ORG/x", nil),
            ("data:image/png;base64,AA", nil),
            ("https://a.org:8080/x", nil), ("https://[::1]/x", nil), ("", "is empty"), ("a.org/x.png", "is not a URL"),
            ("ftp://a.org/x", "must begin with"), ("javascript://x", "must begin with"), ("https://", "has no host"),
            ("https:///x", "has no host"), ("https://a.org:0/", "has an impossible port"),
            ("https://a.org:99999/", "has an impossible port"), ("https://a.org/a b", "has spaces"),
            ("https://a.org/\u{7F}", "has spaces"), ("https://a.org/\n", "has spaces"),
            ("data:nothing", "is not a whole data"),
            ("https://a.org/" + String(repeating: "x", count: 1_000_001), "is too long"),
        ] as [(String, String?)]
    )
    func `an address that cannot be sent says why`(text: String, begins: String?) {
        let issue = ImageURL.issue(with: text)
        #expect(begins.map { issue?.hasPrefix($0) == true } ?? (issue == nil), "\(issue ?? "nothing")")
    }

    @Test func `a mistyped word is found by one change, an exchange included, and a foreign one is not`() {
        let known = ["prompt", "num_outputs", "aspect_ratio", "seed", "go_fast"]
        for word in known {
            let letters = Array(word)
            for place in letters.indices {
                var missing = letters
                missing.remove(at: place)
                var added = letters
                added.insert("x", at: place)
                var changed = letters
                changed[place] = "x"
                for typed in [missing, added, changed] where typed.count >= 4 {
                    #expect(Spelling.nearest(to: String(typed), among: known) == word, "\(String(typed))")
                }
                guard place + 1 < letters.count else { continue }
                var exchanged = letters
                exchanged.swapAt(place, place + 1)
                #expect(Spelling.nearest(to: String(exchanged), among: known) == word, "\(String(exchanged))")
            }
            #expect(Spelling.nearest(to: word.uppercased(), among: known) == word)
        }
        for foreign in ["", "guidance", "xyz", "negative_prompt_strength", String(repeating: "a", count: 65)] {
            #expect(Spelling.nearest(to: foreign, among: known) == nil, "\(foreign)")
        }
    }
}
