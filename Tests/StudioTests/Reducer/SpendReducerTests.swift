import Composing
import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

@testable import Studio

struct SpendReducerTests {
    private let report = SpendReport(endings: [.init(.succeeded, SpendSum())])

    @Test func `the view opens on thirty days and asks for them`() {
        var bench = Bench()
        #expect(bench.press(.showSpend) == [.world(.loadSpend(.month))])
        #expect(bench.state.ledger?.report == nil)
        bench.send(.spendLoaded(.month, report))
        #expect(bench.state.ledger?.report == report)
        bench.press(.back)
        #expect(bench.state.ledger == nil)
    }

    @Test func `an answer to an earlier question is not shown`() {
        var bench = Bench()
        bench.press(.showSpend)
        #expect(bench.press(.nextPeriod) == [.world(.loadSpend(.quarter))])
        bench.send(.spendLoaded(.month, report))
        #expect(bench.state.ledger?.report == nil)
        #expect(bench.press(.nextPeriod, .nextPeriod) == [.world(.loadSpend(.year))])
        #expect(bench.press(.previousPeriod) == [.world(.loadSpend(.quarter))])
    }

    @Test func `what is booked while it is open is read at once`() {
        var bench = Bench()
        #expect(bench.send(.spendChanged(Spend())) == [])
        bench.press(.showSpend)
        #expect(bench.send(.spendChanged(Spend(today: SpendSum(paid: Money("1")!)))) == [.world(.loadSpend(.month))])
        #expect(bench.state.spend.today.paid == Money("1"))
    }

    @Test func `nothing behind the view is run, typed into or clicked`() {
        var bench = Bench(prompt: "a red fox", runs: [Bench.run("one")])
        bench.press(.showSpend)
        #expect(bench.state.contexts == [.spend])
        bench.press(.run)
        bench.send(.typed("x"), .pasted("y"), .clicked(Click(.pane(.predictions))))
        #expect(bench.submitted.isEmpty)
        #expect(bench.state.compose.prompt.text == "a red fox")
        #expect(bench.state.focus == .prompt)
    }

    // MARK: Hardware

    private func timed() -> Bench {
        var bench = Bench(Bench.unpriced, prompt: "a red fox")
        bench.send(
            .historyLoaded(path: Bench.unpriced.path, RunHistory(runs: .lasting(8, 9, 10)), wasHardwareAsked: false)
        )
        return bench
    }

    @Test func `unknown hardware is asked for once, before anything runs`() throws {
        var bench = timed()
        bench.press(.run)
        #expect(bench.submitted.isEmpty)
        let picker = try #require(bench.state.picker)
        #expect(picker.kind == .hardware)
        #expect(picker.selected == nil)
        #expect(picker.items.map(\.value).contains("gpu-l40s"))
        bench.send(.typed("l40s"))
        let effects = bench.press(.choose)
        #expect(effects.contains(.world(.rememberHardware(model: Bench.unpriced.path, sku: "gpu-l40s"))))
        #expect(bench.state.compose.quote.total.low == Money("0.0078"))
        #expect(bench.submitted.isEmpty)
        bench.press(.run)
        #expect(bench.submitted.map(\.estimate.high) == [Money("0.00975")])
    }

    @Test func `who does not know is not asked again, and is asked before each run`() throws {
        var bench = timed()
        bench.press(.run)
        bench.send(.typed("do not know"))
        #expect(bench.press(.choose).contains(.world(.rememberHardware(model: Bench.unpriced.path, sku: ""))))
        bench.press(.run)
        #expect(bench.state.picker == nil)
        let question = try #require(bench.state.confirmation)
        #expect(!question.isConfirmFocused)
        #expect(question.confirmLabel == "Run  ≈ $0.0002–0.122")
        #expect(question.lines.contains { $0.contains("The hardware of this model is not named") })
    }

    @Test func `enter alone names no hardware, and Esc leaves a way to run that asks`() throws {
        var bench = timed()
        bench.press(.run)
        #expect(bench.press(.choose).isEmpty)
        #expect(bench.state.picker?.kind == .hardware)
        bench.press(.back)
        #expect(bench.state.picker == nil)
        // A run that ends meanwhile brings the history anew.
        bench.send(
            .historyLoaded(path: Bench.unpriced.path, RunHistory(runs: .lasting(8, 9, 10)), wasHardwareAsked: false)
        )
        bench.press(.run)
        #expect(bench.state.picker == nil)
        #expect(bench.submitted.isEmpty)
        bench.press(.switchButton, .confirm)
        #expect(bench.submitted.count == 1)
    }

    @Test func `a price over all hardware says that it waits for a name`() {
        #expect(timed().state.compose.quote.each?.explanation.contains("hardware not named") == true)
    }

    @Test func `before it is known whether somebody was asked, nobody is`() {
        var bench = Bench(Bench.unpriced, prompt: "a red fox")
        bench.press(.run)
        #expect(bench.state.picker == nil)
        #expect(bench.state.confirmation != nil)
    }

    @Test func `an official model without a price is not taken for one billed by time`() {
        let official = ModelDetails(path: "acme/new", summary: "", isOfficial: true, schema: Bench.unpriced.schema)
        var bench = Bench(official, prompt: "a red fox")
        let history = RunHistory(runs: .lasting(100, 100, 100), hardware: "gpu-h100")
        bench.send(.historyLoaded(path: official.path, history, wasHardwareAsked: false))
        #expect(bench.state.compose.quote.total.high == nil)
        bench.press(.run)
        #expect(bench.state.picker == nil)
        bench.press(.back, .nameHardware)
        #expect(bench.state.picker == nil)
        #expect(bench.state.toast?.notice.text == "acme/new is not billed by time")
    }

    @Test func `a history of another model changes no price`() {
        var bench = Bench(prompt: "a red fox")
        bench.send(.historyLoaded(path: "a/b", RunHistory(runs: .costing(9, 9, 9)), wasHardwareAsked: false))
        #expect(bench.state.compose.quote.total == .exact(Money("0.003")!, because: "1 image × $0.003"))
        bench.send(.historyLoaded(path: Bench.flux.path, RunHistory(runs: .costing(9, 9, 9)), wasHardwareAsked: true))
        #expect(bench.state.compose.quote.total.high == Money("0.027"))
    }

    @Test func `the question tells what it makes of the day's budget`() throws {
        var bench = Bench(prompt: "a red fox")
        bench.state.budget = Budget(askAbove: Money("0.001"), day: Money("5"))
        bench.send(
            .spendChanged(
                Spend(today: SpendSum(paid: Money("0.31")!), inFlight: InFlightSum(runs: 1, high: Money("0.1")!))
            )
        )
        bench.press(.run)
        let question = try #require(bench.state.confirmation)
        #expect(question.lines.last == "After this: $0.41 of $5.00 today.")
        #expect(!question.isConfirmFocused)
    }

    @Test func `a cancel says what is free and what is not`() throws {
        var bench = Bench(runs: [Bench.run("one", stage: .processing), Bench.run("two", stage: .starting)])
        var working = Bench.run("one", stage: .processing)
        working.startedAt = Bench.now
        bench.send(.runChanged(working))
        bench.press(.focusPredictions, .markRun, .markRun, .cancelRun)
        let lines = try #require(bench.state.confirmation).lines.joined(separator: " ")
        #expect(lines.contains("charged for the time it ran"))
        #expect(lines.contains("aborted, and free"))
        #expect(lines.contains("canceled ones are not"))
    }

    @Test func `a cost that misses its estimate by more than a fifth is marked`() {
        var run = Bench.run("one")
        run.cost = .counted(Money("0.0036")!, because: "")
        #expect(run.deviation == nil)
        run.cost = .counted(Money("0.006")!, because: "")
        #expect(run.deviation?.text == "+100 %")
    }
}
