import Foundation
import Money
import ReplicateAPI
import Search
import TestSupport
import Testing

@testable import History

/// The history against a plain list, under any order of what is written, changed and deleted.
struct HistoryModelTests {
    private static let time = 1_795_536_988.0

    /// What a list remembers of the same calls.
    private struct Model {
        /// In the order in which they were journaled.
        var runs: [RunRecord] = []
        /// What has ended, also of records that were deleted.
        var ended: [(at: Date, sum: SpendSum)] = []

        var newestFirst: [RunRecord] {
            runs.enumerated().sorted { ($1.element.createdAt, $1.offset) < ($0.element.createdAt, $0.offset) }.map(
                \.element
            )
        }

        func spent(since date: Date) -> SpendSum {
            ended.filter { $0.at >= date }.reduce(SpendSum()) { $0 + $1.sum }
        }

        var inFlight: InFlightSum {
            runs.filter { $0.stage != .settled }.reduce(InFlightSum()) { sum, run in
                sum
                    + InFlightSum(
                        runs: 1,
                        high: run.estimate.high ?? .zero,
                        unpricedRuns: run.estimate.high == nil ? 1 : 0
                    )
            }
        }
    }

    private func settle(_ run: RunRecord, _ random: inout SeededGenerator) throws -> (RunRecord, SpendSum) {
        var run = run
        run.stage = .settled
        let status = ["succeeded", "failed", "canceled"].randomElement(using: &random)!
        run.prediction = try samplePrediction("p-\(run.id)", status: status)
        run.finishedAt = Date(timeIntervalSince1970: Self.time + Double(Int.random(in: 0...100, using: &random)))
        let cost: ActualCost
        var sum = SpendSum(runs: 1)
        let high = run.estimate.high ?? .zero
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            cost = .free(reason: "a failed run is free")
            (sum.freeRuns, sum.freeHigh) = (1, high)
        case 1:
            cost = .unknown(reason: "no counter")
            (sum.unknownRuns, sum.unknownHigh) = (1, high)
        default:
            let paid = Money(nanos: 1_000_000 * .random(in: 1...500, using: &random))
            cost = .counted(paid, because: "1 image")
            sum.paid = paid
        }
        run.cost = cost
        return (run, sum)
    }

    private func expectSame(_ store: HistoryStore, _ model: Model, _ step: String) throws {
        let list = model.newestFirst
        #expect(try store.runs().map(\.id) == list.map(\.id), "\(step)")
        #expect(try store.count().total == list.count, "\(step)")
        let stored = try store.runs()
        for (found, wanted) in zip(stored, list) {
            #expect(
                found.stage == wanted.stage && found.cost == wanted.cost && found.prompt == wanted.prompt,
                "\(step)"
            )
            #expect(found.annotation == wanted.annotation && found.estimate == wanted.estimate, "\(step)")
            #expect(found.input == wanted.input && found.finishedAt == wanted.finishedAt, "\(step)")
        }
        #expect(try store.readSpend { try $0.inFlight() } == model.inFlight, "\(step)")
        for seconds in [0.0, 30, 99, 101] {
            let date = Date(timeIntervalSince1970: Self.time + seconds)
            let (found, wanted) = (try store.readSpend { try $0.spent(since: date) }, model.spent(since: date))
            #expect(found.counted == wanted.counted, "\(step): since \(seconds)")
            #expect(
                (found.runs, found.freeRuns, found.unknownRuns) == (wanted.runs, wanted.freeRuns, wanted.unknownRuns),
                "\(step)"
            )
            #expect(found.paid == wanted.paid && found.unknownHigh == wanted.unknownHigh, "\(step)")
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `the history says what a list would`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let store = try HistoryStore.inMemory()
        var model = Model()
        for step in 0..<80 {
            let place = model.runs.indices.randomElement(using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1, 2:
                let new = (0..<Int.random(in: 1...3, using: &random)).map { number -> RunRecord in
                    // Some at one moment, some earlier than what is there.
                    let at = Self.time + Double(Int.random(in: 0...20, using: &random))
                    var run = sampleRun("r\(step)-\(number)", prompt: "fox \(number)", at: at)
                    if Int.random(in: 0...3, using: &random) == 0 { run.estimate = .unknown(reason: "billed by token") }
                    return run
                }
                try store.journal(new)
                model.runs += new
            case 3, 4:
                guard let place, model.runs[place].stage != .settled else { continue }
                let (run, sum) = try settle(model.runs[place], &random)
                try store.update(run)
                model.runs[place] = run
                model.ended.append((run.finishedAt ?? .distantPast, sum))
            case 5:
                guard let place else { continue }
                let run = model.runs[place]
                let isDeleted = try store.delete(run.id)
                // What is under way stays.
                #expect(isDeleted == (run.stage == .settled))
                if isDeleted {
                    model.runs.remove(at: place)
                    #expect(try store.run(run.id) == nil)
                    #expect(try !store.delete(run.id), "twice")
                }
            case 6:
                guard let place else { continue }
                let rating = Int.random(in: 1...5, using: &random)
                let ids = [model.runs[place].id, "nobody"]
                let changed = try store.annotate(ids) { annotation in
                    annotation.isFavourite.toggle()
                    annotation.rating = rating
                    annotation.tags.append("tag\(step)")
                }
                model.runs[place].annotation.isFavourite.toggle()
                model.runs[place].annotation.rating = rating
                model.runs[place].annotation.tags.append("tag\(step)")
                #expect(changed.map(\.id) == [model.runs[place].id])
            default:
                guard let place else { continue }
                var run = model.runs[place]
                run.prompt = "changed \(step)"
                run.input["prompt"] = .string(run.prompt)
                // What a person has added is not of the program's to change.
                run.annotation.note = "not written"
                if run.stage == .settled {
                    // An end has let go of the run: without a claim nobody writes it.
                    #expect(throws: HistoryError.takenOver) { try store.update(run) }
                } else {
                    try store.update(run)
                    model.runs[place].prompt = run.prompt
                    model.runs[place].input = run.input
                }
                #expect(try store.run(run.id)?.annotation.note == nil)
            }
            try expectSame(store, model, "step \(step)")
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `pages of any size and from any run are pieces of one list`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let store = try HistoryStore.inMemory()
        var model = Model()
        for number in 0..<40 {
            let at = Self.time + Double(Int.random(in: 0...9, using: &random))
            let run = sampleRun("r\(number)", prompt: number % 3 == 0 ? "an owl" : "a fox", at: at)
            try store.journal([run])
            model.runs.append(run)
        }
        for terms in [
            [], [RunQuery.Term(.word("owl"))], [.init(.word("owl"), isExcluded: true)], [.init(.word("nothing"))],
        ] {
            let query = RunQuery(terms)
            let list = model.newestFirst.filter { run in
                terms.isEmpty || terms[0].condition == .word("nothing")
                    ? terms.isEmpty : run.prompt.contains("owl") != terms[0].isExcluded
            }.map(\.id)
            for _ in 0..<30 {
                let limit = Int.random(in: 1...12, using: &random)
                let id = model.runs.randomElement(using: &random)!.id
                let place = model.newestFirst.firstIndex { $0.id == id }!
                let below = model.newestFirst.dropFirst(place + 1).map(\.id).filter(list.contains)
                let above = model.newestFirst.prefix(place).map(\.id).filter(list.contains)
                let older = try store.page(query, .below(id), limit: limit)
                #expect(older.runs.map(\.id) == Array(below.prefix(limit)) && older.hasBelow == (below.count > limit))
                let newer = try store.page(query, .above(id), limit: limit)
                #expect(newer.runs.map(\.id) == Array(above.suffix(limit)) && newer.hasAbove == (above.count > limit))
                #expect(try store.count(query, above: id) == RunCount(total: list.count, above: above.count))
                #expect(try store.page(query, .first, limit: limit).runs.map(\.id) == Array(list.prefix(limit)))
                #expect(try store.page(query, .last, limit: limit).runs.map(\.id) == Array(list.suffix(limit)))
            }
            var all: [String] = []
            try store.forEach(query) { all += $0.map(\.id) }
            #expect(all == list)
        }
    }
}
