import Money
import Testing

@testable import Commands

struct BatchLimitTests {
    private let price = Estimate.exact(Money("0.003")!, because: "1 image")

    @Test func `every line that is made is set aside, also under the key of another one`() throws {
        let ledger = BatchLedger(limit: Money("0.003"))
        #expect(try ledger.reserve(price))
        #expect(throws: CommandError.self) { try ledger.reserve(price) }
        ledger.settle(price, paid: Money("0.003"))
        #expect(throws: CommandError.self) { try ledger.reserve(price) }
    }

    @Test func `what was free can be spent again`() throws {
        let ledger = BatchLedger(limit: Money("0.003"))
        #expect(try ledger.reserve(price))
        ledger.settle(price, paid: .zero)
        #expect(try ledger.reserve(price))
    }

    @Test func `lines with one key go through one at a time, and others at once`() async {
        let gate = KeyGate()
        await gate.enter("a")
        await gate.enter("b")
        let (passed, entrance) = AsyncStream.makeStream(of: Int.self)
        let tasks = (1...3).map { number in
            Task {
                await gate.enter("a")
                entrance.yield(number)
                await gate.leave("a")
            }
        }
        await gate.leave("b")
        await gate.enter("b")
        await gate.leave("a")
        for task in tasks { await task.value }
        entrance.finish()
        var numbers: Set<Int> = []
        for await number in passed { numbers.insert(number) }
        #expect(numbers == [1, 2, 3])
        await gate.enter("a")
    }
}
