import Foundation
import HTTPTypes
import ReplicateAPI
import Testing

@testable import Service

/// The routes without a network between.
struct RouterTests {
    private struct Case {
        let path: String
        let body: String
        let status: Int
        let answer: JSONValue
    }

    private static func cases() throws -> [Case] {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/fastapi", withExtension: "json"))
        let rows = try JSONValue(parsing: Data(contentsOf: file))["cases"]?.array ?? []
        return try rows.map { row in
            Case(
                path: try #require(row["path"]?.string),
                body: try #require(row["body"]?.string),
                status: Int(try #require(row["status"]?.integer)),
                answer: try #require(row["answer"])
            )
        }
    }

    /// Bodies that the reference takes and this service does not: there, `true` is the number 1.
    private static let stricter: Set<String> = [
        #"{"prediction_id":"a","timeout":true}"#, #"{"video_duration":true}"#,
        #"{"prompt":"a","model":null,"x":1}"#,
    ]

    @Test(arguments: [
        ("estimate-cost", #"{"num_images":true}"#, "num_images", "int_type"),
        ("estimate-cost", #"{"video_duration":false}"#, "video_duration", "float_type"),
        ("poll", #"{"prediction_id":"a","timeout":true}"#, "timeout", "int_type"),
        ("poll", #"{"prediction_id":"a","interval":false}"#, "interval", "int_type"),
        ("image", #"{"prompt":"a","seed":true}"#, "seed", "int_type"),
        ("video", #"{"image_urls":["https://a.example/x"],"seed":false}"#, "seed", "int_type"),
    ])
    func `a boolean is no number`(path: String, body: String, field: String, type: String) async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let answer = try await probe(.post, "/api/generate/\(path)", body: Array(body.utf8))
            #expect(answer.status == 422)
            let issue = answer.json["detail"]?.array?.first
            #expect(issue?["loc"] == ["body", .string(field)])
            #expect(issue?["type"] == .string(type))
        }
    }

    /// A megabyte of what is wrong at each place, and of what is wrong as a whole.
    private static let large = [
        ("video", "{\"image_urls\":[\(String(repeating: "1,", count: 24_000))1]}"),
        ("video", "{\"image_urls\":[\(String(repeating: "1,", count: 500_000))1]}"),
        ("video", "{\"image_urls\":[\(Array(repeating: "\"x\"", count: 101).joined(separator: ","))]}"),
        ("image", "{\"prompt\":\"a\",\"input\":{\((0..<40_000).map { "\"\($0)\":1" }.joined(separator: ","))}}"),
        ("image", "{\"prompt\":\"\(String(repeating: "x", count: 1_000_000))\"}"),
        ("image", "{\"other\":\"\(String(repeating: "x", count: 1_000_000))\"}"),
        ("image", "[\(String(repeating: "[1],", count: 12_000))1]"),
        ("image", "[\(String(repeating: "[1],", count: 249_000))1]"),
    ]

    // By index: the runner repeats arguments in its output, and ends at a line of a megabyte.
    @Test(arguments: large.indices)
    func `the answer to a large body that is wrong is small`(index: Int) async throws {
        let (path, body) = Self.large[index]
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let answer = try await probe(.post, "/api/generate/\(path)", body: Array(body.utf8))
            #expect(answer.status == 422)
            #expect(answer.json["detail"]?.array?.isEmpty == false)
            #expect(answer.json.serialized().count < 100_000)
        }
    }

    @Test func `of many complaints the first are told`() async throws {
        let issues = (0..<1_000).map { FieldIssue.value([.integer(Int64($0))], "is wrong", "x") }
        #expect(issues.json.array?.count == 100)
        #expect(issues.json.array?.first?["input"] == "x")
        let large = FieldIssue.value(["a"], "is wrong", .string(String(repeating: "x", count: 60_000)))
        let inputs = [large, large, issues[0]].json.array?.compactMap { $0["input"] }
        #expect(inputs == [large.input, .null, "x"])
    }

    @Test func `bodies that do not fit are refused word for word as FastAPI refuses them`() async throws {
        let cases = try Self.cases()
        #expect(cases.count > 50)
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            for known in cases where !Self.stricter.contains(known.body) {
                let answer = try await probe(.post, known.path, body: Array(known.body.utf8))
                if known.status == 422 {
                    #expect(answer.status == 422, "\(known.path) \(known.body)")
                    #expect(answer.json == known.answer, "\(known.path) \(known.body)")
                } else {
                    #expect(answer.status != 422, "\(known.path) \(known.body)")
                }
            }
        }
    }

    @Test(arguments: [
        (#"{"prompt":""}"#, "string_too_short"), (#"{"prompt":"  \n"}"#, "value_error"),
        (#"{"prompt":"a\u0000b"}"#, "value_error"), (#"{"prompt":"a\u001b[2J"}"#, "value_error"),
        (#"{"prompt":"\u009b"}"#, "value_error"), (#"{"prompt":"a","model":"nothing"}"#, "value_error"),
        (#"{"prompt":"a","model":"../../x/y"}"#, "value_error"), (#"{"prompt":"a","input":[]}"#, "dict_type"),
        (#"{"prompt":"a","seed":"x"}"#, "int_parsing"),
        ("{\"prompt\":\"\(String(repeating: "x", count: 10_001))\"}", "string_too_long"),
    ])
    func `a prompt has to be one`(body: String, type: String) async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let answer = try await probe(.post, "/api/generate/image", body: Array(body.utf8))
            #expect(answer.status == 422)
            #expect(answer.json["detail"]?.array?.first?["type"] == .string(type))
        }
    }

    @Test func `each address of a list is checked, and named by its place`() async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let body = #"{"image_urls":["https://a.example/x.png","ftp://b.example/y","","https://c.example/z"]}"#
            let answer = try await probe(.post, "/api/generate/video", body: Array(body.utf8))
            #expect(answer.status == 422)
            let places = answer.json["detail"]?.array?.compactMap { $0["loc"] }
            #expect(places == [["body", "image_urls", 1], ["body", "image_urls", 2]])
            let many = (0...100).map { "\"https://a.example/\($0)\"" }.joined(separator: ",")
            let tooMany = try await probe(.post, "/api/generate/video", body: Array("{\"image_urls\":[\(many)]}".utf8))
            #expect(tooMany.json["detail"]?.array?.first?["type"] == "too_long")
        }
    }

    @Test func `only what says that it is JSON is read as JSON`() async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let path = "/api/generate/estimate-cost"
            for type in [
                "application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/x+json",
            ] {
                try await check(probe(.post, path, body: Array("{}".utf8), contentType: type).status, 200)
            }
            for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", nil] {
                let answer = try await probe(.post, path, body: Array("{}".utf8), contentType: type)
                #expect(answer.status == 422)
                #expect(answer.json["detail"]?.array?.first?["type"] == "model_attributes_type")
            }
            try await check(probe(.post, path, body: [0x7B, 0xFF, 0x7D]).status, 400)
        }
    }

    @Test(arguments: [
        (#"{"num_images":10,"video_duration":30}"#, "3.03", "0.03", "3"),
        (#"{}"#, "0", "0", "0"), (#"{"num_images":1}"#, "0.003", "0.003", "0"),
        (#"{"video_duration":0.1}"#, "0.01", "0", "0.01"),
        (#"{"num_images":"7","video_duration":"2.5"}"#, "0.271", "0.021", "0.25"),
        (#"{"num_images":1000000000,"video_duration":1000000000}"#, "103000000", "3000000", "100000000"),
    ])
    func `the estimate is exact`(body: String, total: String, images: String, video: String) async throws {
        try await withService(token: nil) { harness in
            let answer = try await harness.post("/api/generate/estimate-cost", bytes: Data(body.utf8))
            #expect(answer.status == 200)
            #expect(
                answer.text == #"{"estimated_cost":\#(total),"breakdown":{"images":\#(images),"video":\#(video)}}"#
            )
        }
    }

    @Test func `what is less than nothing or more than anybody means is no estimate`() async throws {
        try await withService(token: nil) { harness in
            for body in [#"{"num_images":-1}"#, #"{"video_duration":-0.5}"#, #"{"video_duration":1e300}"#] {
                try await check(harness.post("/api/generate/estimate-cost", bytes: Data(body.utf8)).status, 422)
            }
        }
    }

    @Test func `without a token the form is checked first, and then it is said what to set`() async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            for (path, body) in [
                ("image", #"{"prompt":"x"}"#), ("video", #"{"image_urls":["https://a.example/x"]}"#),
                ("video/async", #"{"image_urls":["https://a.example/x"]}"#), ("poll", #"{"prediction_id":"x"}"#),
            ] {
                let answer = try await probe(.post, "/api/generate/\(path)", body: Array(body.utf8))
                #expect(answer.status == 500)
                #expect(
                    answer.json == ["detail": "Replicate API not configured. Please set REPLICATE_API_KEY."]
                )
            }
            let empty = try await probe(.post, "/api/generate/video", body: Array(#"{"image_urls":[]}"#.utf8))
            #expect(empty.status == 400)
            #expect(empty.json == ["detail": "At least one image URL is required"])
        }
    }

    @Test func `other ways and other methods are answered as the reference answers them`() async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let missing = try await probe(.get, "/nowhere")
            #expect(missing.status == 404)
            #expect(missing.json == ["detail": "Not Found"])
            let wrong = try await probe(.put, "/api/generate/image")
            #expect(wrong.status == 405)
            #expect(wrong.json == ["detail": "Method Not Allowed"])
            #expect(wrong.headers[.allow] == "POST")
            try await check(probe(.get, "/api/generate/video/async").status, 405)
            try await check(probe(.get, "/api/jobs/none").status, 404)
            try await check(probe(.head, "/health").status, 200)
        }
    }

    @Test func `a request keeps its own id where it has a proper one`() async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let own = try await probe(.get, "/health", headers: [.xRequestID: "abc-1.2_3"])
            #expect(own.headers[.xRequestID] == "abc-1.2_3")
            for evil in ["", "a b", String(repeating: "x", count: 65), "é"] {
                let made = try await probe(.get, "/health", headers: [.xRequestID: evil])
                #expect(made.headers[.xRequestID].map { UUID(uuidString: $0) != nil } == true)
            }
        }
    }

    @Test func `every route is documented, and nothing else`() async throws {
        try await withService(token: nil) { harness in
            let probe = RouterProbe(routes: harness.service.routes)
            let document = try await probe(.get, "/openapi.json").json
            #expect(document["openapi"] == "3.1.0")
            let documented = (document["paths"]?.object ?? [:]).flatMap { path, operations in
                (operations.object ?? [:]).keys.map { "\($0.uppercased()) \(path)" }
            }
            #expect(Set(documented) == Set(RouteTable.routes.map { "\($0.method.rawValue) \($0.path)" }))
            for (path, method) in RouteTable.routes where method == .post {
                let refused = try await probe(method, path)
                #expect(refused.status == 422, "\(path)")
            }
        }
    }

    @Test func `the page shows lines that work where it is, and no other host's words`() {
        #expect(OperationRoutes.home(host: "127.0.0.1:8123").contains("curl http://127.0.0.1:8123/api/generate/image"))
        for evil in ["", "x\"><script>alert(1)</script>", "a b", "a;rm -rf ~"] {
            let page = OperationRoutes.home(host: evil)
            #expect(page.contains("curl http://127.0.0.1:8000/api/"))
            #expect(!page.contains("script"))
        }
    }
}
