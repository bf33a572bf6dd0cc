import Foundation
import History
import Money
import ReplicateAPI
import Testing

@testable import Predictions

struct KeyRuleTests {
    private func run(_ stage: RunRecord.Stage, status: String? = nil, failure: String? = nil) -> RunRecord {
        var run = RunRecord(
            id: "r",
            model: "a/b",
            input: ["prompt": "a fox", "seed": 7],
            prompt: "a fox",
            origin: .command,
            createdAt: .distantPast,
            estimate: .unknown(reason: "")
        )
        run.stage = stage
        run.prediction = status.flatMap {
            Prediction(json: ["id": "p1", "model": "a/b", "status": .string($0), "input": [:]])
        }
        run.failure = failure
        run.key = "k"
        run.keyRequest = ["prompt": "a fox"]
        return run
    }

    private func decide(
        _ known: [RunRecord],
        _ request: JSONObject = ["prompt": "a fox"],
        model: String = "a/b",
        force: Bool = false
    )
        throws -> KeyRule.Decision
    {
        try KeyRule.decide(OrderKey("k", input: request, isForced: force), model: model, request: request, known: known)
    }

    @Test(arguments: [
        RunRecord.Stage.queued, .sending, .unclear, .accepted, .resendable,
    ]) func `a run that is under way, or waits for a person's word, is returned`(stage: RunRecord.Stage) throws {
        #expect(try decide([run(stage)]) == .reuse(run(stage)))
    }

    @Test func `one that ended well is returned, one that did not is made again, and force makes one always`() throws {
        let well = run(.settled, status: "succeeded")
        #expect(try decide([well]) == .reuse(well))
        #expect(try decide([run(.settled, status: "failed"), well]) == .reuse(well))
        #expect(try decide([well], force: true) == .make)
        #expect(try decide([]) == .make)
        for run in [
            run(.settled, status: "failed"), run(.settled, status: "canceled"), run(.settled, status: "aborted"),
            run(.refused, failure: "no credit"), run(.settled, status: "succeeded", failure: "nothing was made"),
        ] {
            #expect(try decide([run]) == .make)
        }
    }

    @Test func `another order under the key is refused, with what differs`() throws {
        let well = run(.settled, status: "succeeded")
        let conflict = #expect(throws: KeyConflict.self) {
            try decide([well], ["prompt": "a hare", "steps": 4], model: "a/c")
        }
        #expect(conflict?.differences.map(\.name) == ["model", "prompt", "steps"])
        #expect(
            conflict?.description == """
                the key k stands for another run (p1): model was "a/b", now "a/c"; prompt was "a fox", now "a hare"; \
                steps was not given, now 4
                """
        )
        // What failed has made nothing that could be meant.
        #expect(try decide([run(.settled, status: "failed")], ["prompt": "a hare"]) == .make)
    }

    @Test func `defaults and secrets are no part of an order`() {
        let schema = InputSchema(fields: [
            InputField(name: "n", kind: .integer(minimum: 1, maximum: 4), defaultValue: 1),
            InputField(name: "token", kind: .secret),
        ])
        let request = OrderKey.request(["n": 1, "prompt": "x", "token": "s"], schema, secrets: ["token"])
        #expect(request == ["prompt": "x"])
        #expect(OrderKey.request(["n": 2], schema, secrets: []) == ["n": 2])
    }

    @Test func `a key is a text on one line`() {
        #expect(OrderKey.issue(with: "SKU-001/größe") == nil)
        #expect(OrderKey.issue(with: "") != nil)
        #expect(OrderKey.issue(with: "a\nb") != nil)
        #expect(OrderKey.issue(with: String(repeating: "x", count: 201)) != nil)
    }

    @Test func `a run that is certainly not at the server is told from one that nobody could look for`() {
        #expect(run(.resendable, failure: RunRecord.absent).isCertainlyAbsent)
        #expect(!run(.resendable, failure: "2 predictions on the server could be this run").isCertainlyAbsent)
        #expect(!run(.settled, failure: RunRecord.absent).isCertainlyAbsent)
    }
}
