import Foundation
import History
import Money
import ReplicateAPI
import Testing

struct SpendTests {
    private let store: HistoryStore
    private let time = Date(timeIntervalSince1970: 1_795_536_988)

    init() throws { store = try HistoryStore.inMemory() }

    private func settled(
        _ id: String,
        basis: ActualCost.Basis = .counted,
        cost: String? = "0.003",
        estimate: String? = "0.012",
        after seconds: Double = 0,
        model: String = "a/b",
        status: String = "succeeded"
    ) throws -> RunRecord {
        var run = RunRecord(
            id: id,
            model: model,
            input: [:],
            prompt: "",
            origin: .studio,
            createdAt: time,
            estimate: estimate.flatMap { Money($0) }.map { .exact($0, because: "") } ?? .unknown(reason: "")
        )
        run.stage = .settled
        run.prediction = try samplePrediction("p-\(id)", status: status)
        run.finishedAt = time.addingTimeInterval(seconds)
        run.cost = ActualCost(basis, cost)
        return run
    }

    private func journal(_ runs: RunRecord...) throws { try store.journal(runs) }

    private func spent(after seconds: Double = 0) throws -> Money {
        try store.readSpend { try $0.spent(since: time.addingTimeInterval(seconds)).counted }
    }

    @Test func `spent is the cost of what has ended, and the upper estimate of what nobody can tell`() throws {
        try journal(
            settled("1"),
            settled("2", basis: .unknown, cost: nil, estimate: "0.05", after: 1),
            settled("3", basis: .unknown, cost: nil, estimate: nil, after: 1),
            settled("4", basis: .free, cost: "0", estimate: "9", after: 2, status: "failed")
        )
        #expect(try spent() == Money("0.053"))
        #expect(try spent(after: 1) == Money("0.05"))
        #expect(try spent(after: 2) == .zero)
    }

    @Test func `in flight is everything under way at its upper estimate, until it is booked`() throws {
        var saving = try settled("saving")
        saving.stage = .accepted
        try journal(sampleRun("queued"), saving)
        #expect(try store.readSpend { try $0.inFlight() } == InFlightSum(runs: 1, high: Money("0.012")!))
    }

    @Test func `runs in flight without a price are counted, and add nothing to the sum`() throws {
        var unpriced = sampleRun("unpriced")
        unpriced.estimate = .unknown(reason: "billed by token")
        var booked = try settled("booked", estimate: nil)
        booked.stage = .accepted
        try journal(sampleRun("queued"), unpriced, booked)
        let inFlight = try store.readSpend { try $0.inFlight() }
        #expect(inFlight == InFlightSum(runs: 2, high: Money("0.012")!, unpricedRuns: 1))
    }

    @Test func `deleting a record changes no sum`() throws {
        try journal(
            settled("1"),
            settled("2", cost: "0.05", after: 1),
            settled("3", basis: .unknown, cost: nil, estimate: "0.02", after: 2),
            settled("4", basis: .free, cost: "0", after: 3, status: "failed")
        )
        func sums() throws -> [String] {
            try store.readSpend { reader in
                let moments = [time, time.addingTimeInterval(60)]
                return try [
                    "\(reader.spent(since: time))", "\(reader.groups(since: nil))", "\(reader.spans(between: moments))",
                ]
            }
        }
        let before = try sums()
        for id in ["1", "2", "3", "4"] { #expect(try store.delete(id)) }
        #expect(try store.runs().isEmpty)
        #expect(try sums() == before)
    }

    @Test func `amounts are added up exactly, a token's price a thousand times too`() throws {
        let runs = try (0..<1_000).map { try settled("\($0)", cost: "0.00000375") }
        try store.journal(runs)
        #expect(try spent() == Money("0.00375"))
    }

    @Test func `runs are grouped by model, status and kind`() throws {
        try journal(
            settled("1"),
            settled("2", cost: "0.024", estimate: "0.012"),
            settled("3", basis: .free, cost: "0", status: "failed"),
            settled("4", model: "c/d")
        )
        let groups = try store.readSpend { try $0.groups(since: nil) }
        #expect(groups.map(\.model) == ["a/b", "a/b", "c/d"])
        #expect(groups.map(\.status) == [.prediction(.failed), .prediction(.succeeded), .prediction(.succeeded)])
        let twelve = Money("0.012")!
        #expect(groups[0].sum == SpendSum(runs: 1, freeRuns: 1, freeHigh: twelve))
        let compared = ComparedSum(paid: Money("0.027")!, low: Money("0.024")!, high: Money("0.024")!)
        #expect(groups[1].sum == SpendSum(runs: 2, paid: Money("0.027")!, compared: compared))
        #expect(groups[2].sum.runs == 1)
        #expect(try store.readSpend { try $0.groups(since: time.addingTimeInterval(1)) }.isEmpty)
    }

    @Test func `spans hold what ended from their beginning to before their end`() throws {
        try journal(settled("1"), settled("2", after: 10), settled("3", after: 19.9), settled("4", after: 20))
        let moments = [0, 10, 20, 30].map { time.addingTimeInterval($0) }
        let spans = try store.readSpend { try $0.spans(between: moments) }
        #expect(spans.map(\.runs) == [1, 2, 1])
        #expect(spans.map(\.paid) == ["0.003", "0.006", "0.003"].map { Money($0)! })
        #expect(try store.readSpend { try $0.firstEnd() } == time)
    }

    @Test func `past runs are those that ended well, of every version of the model`() throws {
        try journal(
            settled("1", cost: "0.1", model: "a/b"),
            settled("2", cost: "0.2", after: 1, model: "a/b:0123"),
            settled("3", after: 2, model: "a/bc"),
            settled("4", basis: .free, cost: "0", after: 3, status: "failed")
        )
        let past = try store.past.succeeded("a/b")
        #expect(past.map(\.cost) == [Money("0.2"), Money("0.1")])
        #expect(past.map(\.estimate) == [Money("0.012"), Money("0.012")])
    }

    @Test func `an overrun is a cost over 20 per cent above an exact estimate, however long ago`() throws {
        var input = try settled("1", cost: "0.06", estimate: "0.04")
        input.input = ["style": "vector"]
        var range = try settled("2", cost: "0.06", estimate: "0.04")
        range.estimate = .range(low: Money("0.04")!, high: Money("0.04")!, because: "")
        try journal(
            input,
            range,
            settled("3", cost: "0.048", estimate: "0.04"),
            settled("4", basis: .unknown, cost: nil, estimate: "0.04"),
            settled("5", cost: "0.06", estimate: nil),
            settled("6", cost: "0.06", estimate: "0.04", model: "a/bc")
        )
        for number in 10..<60 { try journal(settled("\(number)", cost: "0.04", estimate: "0.04", after: 60)) }
        let overruns = try store.past.overruns("a/b")
        #expect(overruns.map(\.cost) == [Money("0.06")])
        #expect(overruns.map(\.input) == [["style": "vector"]])
        #expect(try store.past.succeeded("a/b").count == 20)
    }

    @Test func `what is paid and what nobody can tell are summed apart`() throws {
        try journal(
            settled("1"),
            settled("2", basis: .unknown, cost: nil, estimate: "0.05"),
            settled("3", basis: .unknown, cost: nil, estimate: nil)
        )
        let sum = try store.readSpend { try $0.spent(since: time) }
        #expect(
            sum == SpendSum(runs: 3, paid: Money("0.003")!, unknownRuns: 2, unknownHigh: Money("0.05")!)
        )
        let span = try store.readSpend { try $0.spans(between: [time, time.addingTimeInterval(1)]) }
        #expect(span == [sum])
    }

    @Test func `what a model runs on is remembered, and that nobody knew too`() throws {
        #expect(try store.models.hardware(of: "a/b") == nil)
        try store.models.rememberHardware("", of: "a/b")
        #expect(try store.models.hardware(of: "a/b") == "")
        try store.models.rememberHardware("gpu-t4", of: "a/b")
        #expect(try store.models.hardware(of: "a/b") == "gpu-t4")
    }

    @Test func `times of public examples are kept with the moment they were read`() throws {
        try store.models.saveExampleTimes([1.5, 2], of: "a/b", at: time)
        let known = try #require(try store.models.exampleTimes(of: "a/b"))
        #expect(known.seconds == [1.5, 2])
        #expect(known.fetchedAt == time)
        #expect(try store.models.exampleTimes(of: "c/d") == nil)
    }

    // MARK: The gate

    private struct Full: Error {}

    /// Admits a run of 12 thousandths while no more than two of them are in flight.
    private func admitThree(_ reader: SpendReader) throws {
        if try reader.inFlight().high > Money("0.024")! { throw Full() }
    }

    @Test func `what is not admitted is not journaled`() throws {
        for id in ["1", "2", "3"] { try store.journal([sampleRun(id)], admit: admitThree) }
        #expect(throws: Full.self) {
            try store.journal([sampleRun("4")], admit: admitThree)
        }
        #expect(try store.runs().count == 3)
    }

    @Test func `two stores on one database cannot both slip under a limit`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "history.sqlite").path
        let stores = [try HistoryStore.open(path: path), try HistoryStore.open(path: path)]
        let admitted = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let run = sampleRun("run-\(index)")
                    do {
                        try stores[index % 2].journal([run]) { reader in
                            if try reader.inFlight().high > Money("0.024")! { throw Full() }
                        }
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admitted == 3)
        #expect(try stores[0].runs().count == 3)
    }
}
