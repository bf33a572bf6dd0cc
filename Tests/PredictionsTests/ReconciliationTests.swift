import Foundation
import Predictions
import ReplicateAPI
import Testing

struct ReconciliationTests {
    private static let sentAt = Date(timeIntervalSince1970: 1_795_536_988)
    private static let input: JSONObject = ["prompt": "a fjord", "seed": 7]

    private func search() -> Reconciliation {
        Reconciliation(model: "a/b", input: Self.input, sentAt: Self.sentAt, answerTimeout: .seconds(30))
    }

    private func prediction(
        _ id: String,
        model: String = "a/b",
        input: JSONObject = input,
        after seconds: Double = 1,
        source: String = "api"
    ) throws -> Prediction {
        let created = Self.sentAt.addingTimeInterval(seconds).formatted(.iso8601)
        return try #require(
            Prediction(
                json: [
                    "id": .string(id), "model": .string(model), "input": .object(input), "status": "starting",
                    "source": .string(source), "created_at": .string(created),
                ]
            )
        )
    }

    @Test func `the only one of the model with this input and time is it, with what the server added`() throws {
        var search = search()
        let ours = try prediction("p", input: Self.input.merging(["go_fast": true]) { $1 })
        #expect(search.judge([ours, try prediction("q", model: "a/c")], owned: []) == .adopt(ours))
    }

    @Test func `what was made elsewhere, belongs to another record or differs anywhere is not it`() throws {
        var search = search()
        let others = [
            try prediction("owned"), try prediction("web", source: "web"),
            try prediction("seed", input: ["prompt": "a fjord", "seed": 8]),
            try prediction("less", input: ["prompt": "a fjord"]), try prediction("model", model: "a/bb"),
            try prediction("early", after: -61), try prediction("late", after: 91),
        ]
        #expect(search.judge(others, owned: [Prediction.ID("owned")]) == .lookAgain(after: Reconciliation.waits[1]))
    }

    @Test func `twins that nothing tells apart are a person's to choose`() throws {
        var search = search()
        let twins = [try prediction("p"), try prediction("q")]
        #expect(search.judge(twins, owned: []) == .ambiguous(twins))
    }

    @Test func `one that shows up late is still found, and only after the last look there is none`() throws {
        var search = search()
        for wait in Reconciliation.waits.dropFirst() { #expect(search.judge([], owned: []) == .lookAgain(after: wait)) }
        var other = search
        #expect(search.judge([], owned: []) == .absent)
        let late = try prediction("p")
        #expect(other.judge([late], owned: []) == .adopt(late))
    }

    @Test func `an input that was null may be missing`() throws {
        var search = Reconciliation(
            model: "a/b",
            input: ["prompt": "x", "mask": .null],
            sentAt: Self.sentAt,
            answerTimeout: .seconds(30)
        )
        let ours = try prediction("p", input: ["prompt": "x"])
        #expect(search.judge([ours], owned: []) == .adopt(ours))
    }
}
