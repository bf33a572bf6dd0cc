import Foundation
import History
import Money
import ReplicateAPI
import Testing

struct PastRunTests {
    @Test(arguments: ["\"3.2 s\"", "null", "[]", "{\"a\":1}", "true", "1e400"])
    func `a time that is no number is not known, and ends nothing`(time: String) throws {
        let store = try HistoryStore.inMemory()
        var run = sampleRun("a")
        let text = """
            {"id":"p1","model":"\(run.model)","status":"succeeded","output":"https://h/1","metrics":{"predict_time":\(time)}}
            """
        run.prediction = Prediction(json: try JSONValue(parsing: Data(text.utf8)))
        run.cost = .counted(Money("0.003")!, because: "1 image")
        run.finishedAt = run.createdAt
        run.stage = .settled
        try store.journal([run])
        let past = try store.past.succeeded(run.model)
        #expect(past.count == 1)
        #expect(past.first?.seconds.map { $0.isFinite } != true || time == "true")
    }
}
