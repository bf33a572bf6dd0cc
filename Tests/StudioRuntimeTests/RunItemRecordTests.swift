import Foundation
import History
import Money
import ReplicateAPI
import Studio
import Testing

@testable import StudioRuntime

struct RunItemRecordTests {
    /// What the studio shows of an output that is no file.
    @Test(
        arguments: [
            (#""one text""#, "one text"), (#"["a ","b"]"#, "a b"), ("0.9312", "0.9312"),
            (
                #"{"transcription":"hello","segments":[1]}"#,
                "{\n  \"segments\": [\n    1\n  ],\n  \"transcription\": \"hello\"\n}"
            ),
            ("null", nil),
        ] as [(String, String?)]
    )
    func `what is no file is shown as what it is`(output: String, shown: String?) throws {
        var run = RunRecord(
            id: "r",
            model: "owner/name",
            input: [:],
            prompt: "x",
            origin: .studio,
            createdAt: Date(),
            estimate: .unknown(reason: "billed by time")
        )
        run.stage = .settled
        run.prediction = Prediction(
            json: try JSONValue(parsing: Data(#"{"id":"p","status":"succeeded","output":\#(output)}"#.utf8))
        )
        #expect(RunItem(run, typical: nil).text == shown)
    }
}
