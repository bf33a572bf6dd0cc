import Foundation
import ReplicateAPI
import Testing

struct PredictionTests {
    private func read(_ text: String) throws -> Prediction? {
        Prediction(json: try JSONValue(parsing: Data(text.utf8)))
    }

    @Test func `every field of an answer is read`() throws {
        let prediction = try #require(
            try read(
                """
                {"id":"gm3qorzdhgbfurvjtvhg6dckhu","model":"black-forest-labs/flux-schnell","version":"hidden",
                 "input":{"prompt":"a fjord","seed":42},"output":["https://replicate.delivery/x/out-0.webp"],
                 "logs":"Using seed: 42\\n","error":null,"status":"succeeded","source":"api","data_removed":false,
                 "created_at":"2026-11-24T16:16:28.123456Z","started_at":"2026-11-24T16:16:29.123456789Z",
                 "completed_at":"2026-11-24T16:16:31Z","metrics":{"predict_time":1.5,"total_time":2.25},
                 "urls":{"get":"https://api.replicate.com/v1/predictions/g","cancel":"https://c","web":"https://w"}}
                """
            )
        )
        #expect(prediction.id == Prediction.ID("gm3qorzdhgbfurvjtvhg6dckhu"))
        #expect(prediction.model == "black-forest-labs/flux-schnell")
        #expect(prediction.version == "hidden")
        #expect(prediction.input == ["prompt": "a fjord", "seed": 42])
        #expect(prediction.outputURLs == ["https://replicate.delivery/x/out-0.webp"])
        #expect(prediction.logs == "Using seed: 42\n")
        #expect(prediction.error == nil)
        #expect(prediction.status == .succeeded)
        #expect(prediction.source == "api")
        #expect(!prediction.dataRemoved)
        #expect(prediction.predictTime == 1.5)
        #expect(prediction.totalTime == 2.25)
        #expect(prediction.urls.keys.sorted() == ["cancel", "get", "web"])
        #expect(prediction.completedAt == Date(timeIntervalSince1970: 1_795_536_991))
        let created = try #require(prediction.createdAt?.timeIntervalSince1970)
        let started = try #require(prediction.startedAt?.timeIntervalSince1970)
        #expect(abs(created - 1_795_536_988.123456) < 0.000_01)
        #expect(abs(started - 1_795_536_989.123456) < 0.000_01)
        #expect(prediction.deadline == nil)
    }

    @Test func `a row with few fields is a prediction with nil fields`() throws {
        let prediction = try #require(try read("{\"id\":\"a\"}"))
        #expect(prediction.status == .unknown(""))
        #expect(prediction.logs == nil)
        #expect(prediction.output == nil)
        #expect(prediction.input == [:])
        #expect(prediction.metrics == [:])
        #expect(prediction.urls == [:])
        #expect(prediction.createdAt == nil)
        #expect(!prediction.isFinished)
    }

    @Test(arguments: ["{}", "{\"id\":\"\"}", "{\"id\":7}", "{\"id\":null}", "[]", "null", "\"id\"", "7"])
    func `an answer without an id is not a prediction`(text: String) throws {
        #expect(try read(text) == nil)
    }

    @Test func `fields of another type than documented are nil, and the raw object keeps them`() throws {
        let text = """
            {"id":"a","model":7,"version":null,"input":"x","logs":["l"],"status":4,"created_at":17,"metrics":[1],
             "urls":{"get":5,"web":"https://w"},"data_removed":"yes","source":{}}
            """
        let prediction = try #require(try read(text))
        #expect(prediction.model.isEmpty)
        #expect(prediction.input == [:])
        #expect(prediction.logs == nil)
        #expect(prediction.status == .unknown(""))
        #expect(prediction.metrics == [:])
        #expect(prediction.urls == ["web": "https://w"])
        #expect(!prediction.dataRemoved)
        #expect(prediction.raw == (try JSONValue(parsing: Data(text.utf8))))
    }

    @Test(arguments: [
        ("starting", PredictionStatus.starting, false), ("processing", .processing, false),
        ("succeeded", .succeeded, true), ("failed", .failed, true), ("canceled", .canceled, true),
        ("aborted", .aborted, true), ("successful", .unknown("successful"), false),
        ("SUCCEEDED", .unknown("SUCCEEDED"), false),
    ])
    func `a status is one of six or is kept unchanged`(word: String, status: PredictionStatus, isTerminal: Bool) throws
    {
        let prediction = try #require(try read("{\"id\":\"a\",\"status\":\"\(word)\"}"))
        #expect(prediction.status == status)
        #expect(prediction.status.rawValue == word)
        #expect(prediction.isFinished == isTerminal)
    }

    @Test func `an unknown status is finished when it has a completion time; a running one is not`() throws {
        let time = "\"completed_at\":\"2026-11-24T16:16:31Z\""
        #expect(try read("{\"id\":\"a\",\"status\":\"expired\",\(time)}")?.isFinished == true)
        #expect(try read("{\"id\":\"a\",\"status\":\"processing\",\(time)}")?.isFinished == false)
    }

    @Test(arguments: [
        ("null", nil), ("\"out of memory\"", "out of memory"), ("{\"code\":\"E1001\"}", "{\"code\":\"E1001\"}"),
        ("[\"a\",1]", "[\"a\",1]"), ("500", "500"),
    ])
    func `the model's error becomes text from any JSON`(json: String, text: String?) throws {
        #expect(try read("{\"id\":\"a\",\"error\":\(json)}")?.error == text)
    }

    @Test(arguments: [
        ("\"https://h/a.mp4\"", ["https://h/a.mp4"]),
        ("[\"https://h/1\",\"https://h/2\"]", ["https://h/1", "https://h/2"]),
        ("{\"video\":\"https://h/v\",\"frames\":[\"http://h/f\"],\"note\":\"x\"}", ["http://h/f", "https://h/v"]),
        ("[[\"data:image/png;base64,AA==\"],null,4]", ["data:image/png;base64,AA=="]),
        ("\"see https://h/a\"", []),
        ("null", []), ("true", []), ("[]", []),
    ])
    func `the files of an output are found in any form, in order`(json: String, urls: [String]) throws {
        #expect(try read("{\"id\":\"a\",\"output\":\(json)}")?.outputURLs == urls)
    }

    @Test(arguments: [
        ("\"hello\"", "hello"), ("[\"hel\",\"lo\",\"\"]", "hello"), ("[]", nil), ("[\"a\",1]", nil), ("null", nil),
        ("{\"a\":\"b\"}", nil), ("\"https://h/a.png\"", nil), ("7", nil),
    ])
    func `the text of an output is a string or its joined pieces`(json: String, text: String?) throws {
        #expect(try read("{\"id\":\"a\",\"output\":\(json)}")?.outputText == text)
    }

    @Test func `extreme numbers in the metrics do no harm`() throws {
        let text = """
            {"id":"a","metrics":{"predict_time":1e308,"total_time":"long","image_output_count":99999999999999999999,
             "video_output_duration_seconds":-1}}
            """
        let prediction = try #require(try read(text))
        #expect(prediction.predictTime == 1e308)
        #expect(prediction.totalTime == nil)
        #expect(prediction.metrics["image_output_count"]?.integer == nil)
        #expect(prediction.metrics["image_output_count"]?.double == 1e20)
        #expect(prediction.metrics["video_output_duration_seconds"] == -1)
    }

    @Test func `a prediction with a number beyond floating point is read`() throws {
        let prediction = try #require(try read("{\"id\":\"a\",\"metrics\":{\"predict_time\":1e999}}"))
        #expect(prediction.id == Prediction.ID("a"))
    }

    @Test(arguments: [
        (#""https://h/a.png""#, ["https://h/a.png"]),
        (#"["https://h/a.png","http://h/b.png"]"#, ["https://h/a.png", "http://h/b.png"]),
        (
            #"{"video":"https://h/a.mp4","meta":{"thumbs":["https://h/t.png"],"seed":4}}"#,
            ["https://h/t.png", "https://h/a.mp4"]
        ),
        (#"[{"mask":"https://h/m.png","label":"a fox"}]"#, ["https://h/m.png"]),
        (#""data:image/png;base64,AA==""#, ["data:image/png;base64,AA=="]),
        (#""https://h/ is where it lives""#, []),
        (#"["See ","https://h/",", please"]"#, []),
        (#""a fox""#, []), ("7", []), ("null", []), ("{}", []),
    ])
    func `files are found in an output of any form, and a text that mentions an address stays a text`(
        output: String,
        urls: [String]
    ) throws {
        let prediction = try #require(try read(#"{"id":"a","status":"succeeded","output":\#(output)}"#))
        #expect(prediction.outputURLs.sorted() == urls.sorted())
    }
}
