import Foundation
import Money
import Search
import Testing

struct RunSortTests {
    private func facts(_ cost: String?, model: String = "lab/flux", at seconds: Double = 0) -> RunFacts {
        RunFacts(
            text: "a fox\n",
            model: model,
            status: "succeeded",
            createdAt: Date(timeIntervalSince1970: seconds),
            cost: cost.flatMap { Money($0) }
        )
    }

    @Test func `what is not known is last either way`() {
        for isReversed in [false, true] {
            let sort = RunSort(.cost, isReversed: isReversed)
            for cost in ["0", "0.01", "100"] {
                #expect(sort.place(of: facts(cost)) < sort.place(of: facts(nil, at: 9)))
            }
            #expect((sort.place(of: facts("1")) < sort.place(of: facts("0.5"))) == !isReversed)
        }
    }

    @Test func `of equal ones the newest is first, and the oldest the other way round`() {
        for key in RunSort.Key.allCases {
            let (old, new) = (facts("1", at: 1), facts("1", at: 2))
            let sort = RunSort(key)
            #expect(sort.place(of: new) < sort.place(of: old))
            #expect(sort.reversed.place(of: old) < sort.reversed.place(of: new))
            #expect(sort.place(of: old) == sort.place(of: old))
        }
    }

    @Test func `a model counts without its owner, as it is shown`() {
        let sort = RunSort(.model)
        #expect(sort.place(of: facts(nil, model: "zoo/ant")) < sort.place(of: facts(nil, model: "Lab/Bee:1")))
        #expect(RunSort.name(ofModel: "Lab/Bee:1") == "bee:1")
        #expect(RunSort.name(ofModel: "Bee") == "bee")
    }

    @Test func `choosing what it is sorted by turns it round, and the next ones come back to the first`() {
        #expect(RunSort.newestFirst.choosing(.time) == RunSort(.time, isReversed: true))
        #expect(RunSort(.time, isReversed: true).choosing(.cost) == RunSort(.cost))
        var sort = RunSort(.time, isReversed: true)
        for _ in RunSort.Key.allCases { sort = sort.next }
        #expect(sort == .newestFirst)
    }
}
