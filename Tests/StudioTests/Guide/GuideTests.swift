import Money
import Pricing
import Testing

@testable import Studio

struct GuideTests {
    private static let secret = "r8_secretOfTheTests0123456789"

    private func bench(_ mode: StudioMode = .noToken) -> Bench {
        var bench = Bench()
        bench.state.mode = mode
        bench.state.guideOffer = Guide(host: "api.example.com", tokenFile: "~/token", budget: .standard)
        bench.state.guide = bench.state.guideOffer
        return bench
    }

    /// With an account's token kept, at the budgets.
    private func atBudgets() -> Bench {
        var bench = bench()
        bench.send(.pasted(Self.secret), .command(.choose))
        bench.send(.tokenKept(KeptToken(account: "ada", file: "/home/ada/token")))
        return bench
    }

    @Test func `the demo is two keys away`() {
        var bench = bench()
        bench.press(.choose)
        #expect(bench.state.guide?.step == .pictures)
        let effects = bench.press(.choose)
        #expect(effects.contains(.terminal(.quit)))
        #expect(bench.state.next == .demo && bench.state.isQuitting)
    }

    @Test func `a pasted token is asked for, and forgotten at once`() {
        var bench = bench()
        bench.send(.pasted("  \(Self.secret)\n"))
        #expect(bench.state.guide?.beginning == .account)
        #expect(bench.state.guide?.token.text == Self.secret)
        let effects = bench.press(.choose)
        var typed = TypedSecret()
        typed.append(Self.secret)
        #expect(effects.contains(.world(.keepToken(typed))))
        #expect(bench.state.guide?.token.isEmpty == true && bench.state.guide?.progress == .working)
        // What is typed meanwhile, or chosen, does nothing.
        bench.send(.typed("x"), .command(.up))
        #expect(bench.press(.choose).isEmpty)
        #expect(bench.state.guide?.token.isEmpty == true && bench.state.guide?.beginning == .account)
    }

    @Test func `the secret is in no text of the state, of the effect and of the action`() {
        var bench = bench()
        bench.send(.typed(Self.secret))
        var shown = ""
        dump(bench.state, to: &shown)
        #expect(shown.contains("guide") && !shown.contains(Self.secret))
        #expect(!"\(bench.state)".contains(Self.secret) && !String(reflecting: bench.state).contains(Self.secret))
        let effects = bench.press(.choose)
        #expect(!effects.isEmpty && !"\(effects)".contains(Self.secret))
    }

    @Test func `a token is taken back sign by sign, or as a whole`() {
        var bench = bench()
        bench.send(.typed("abc"))
        bench.press(.deleteBackward)
        #expect(bench.state.guide?.token.text == "ab")
        bench.press(.killToLineStart)
        #expect(bench.state.guide?.token.isEmpty == true)
        bench.press(.choose)
        guard case .failed = bench.state.guide?.progress else { return #expect(Bool(false), "nothing to ask for") }
        bench.send(.typed("é r8\u{1B}[A"))
        #expect(bench.state.guide?.token.text == "ér8[A" && bench.state.guide?.progress == .idle)
    }

    @Test func `a refused token says why, and another one can be given`() {
        var bench = bench()
        bench.send(.pasted("wrong"), .command(.choose))
        bench.send(.setUpFailed(reason: "the API does not know this token"))
        #expect(bench.state.guide?.progress == .failed("the API does not know this token"))
        #expect(bench.state.guide?.step == .beginning)
        bench.send(.pasted(Self.secret))
        #expect(bench.state.guide?.progress == .idle && bench.state.guide?.token.text == Self.secret)
    }

    @Test func `budgets that were not changed are not written`() {
        var bench = atBudgets()
        #expect(bench.state.guide?.step == .budget && bench.state.guide?.kept?.account == "ada")
        #expect(bench.press(.choose).isEmpty)
        #expect(bench.state.guide?.step == .pictures)
        bench.press(.choose)
        #expect(bench.state.next == .live)
    }

    @Test func `a typed budget is written, and a day's is one sitting's too`() throws {
        var bench = atBudgets()
        bench.press(.down, .down, .killToLineStart)
        bench.send(.typed("12.50"))
        bench.press(.down, .killToLineStart)
        bench.send(.typed("none"))
        let effects = bench.press(.choose)
        var budget = Budget.standard
        budget.day = Money("12.50")
        budget.session = Money("12.50")
        budget.month = nil
        #expect(effects == [.world(.keepBudget(budget))])
        bench.send(.budgetKept)
        #expect(bench.state.guide?.step == .pictures && bench.state.guide?.progress == .idle)
    }

    @Test func `what is no amount is selected and said`() {
        var bench = atBudgets()
        bench.press(.down, .killToLineStart, .down)
        #expect(bench.press(.choose).isEmpty)
        #expect(bench.state.guide?.selection == 1)
        guard case .failed = bench.state.guide?.progress else { return #expect(Bool(false), "it is said") }
    }

    @Test func `Esc leads past each screen`() {
        var bench = bench()
        bench.press(.back)
        #expect(bench.state.guide == nil && bench.state.next == nil && !bench.state.isQuitting)
        #expect(bench.state.toast?.notice.text.contains("alt+g") == true)
        // It can be had again.
        bench.press(.setUp)
        #expect(bench.state.guide?.step == .beginning)
        var later = atBudgets()
        later.press(.back)
        #expect(later.state.guide?.step == .pictures)
        later.press(.back)
        #expect(later.state.next == .live && later.state.isQuitting)
    }

    @Test func `a token that was kept after the guide was left is told of`() {
        var bench = bench()
        bench.send(.pasted(Self.secret), .command(.choose), .command(.back))
        // The first one only ends the waiting.
        #expect(bench.state.guide?.progress == .idle)
        bench.send(.setUpFailed(reason: "too late"))
        #expect(bench.state.guide?.progress == .idle)
        bench.press(.back)
        bench.send(.tokenKept(KeptToken(account: "ada", file: "/x")))
        #expect(bench.state.guide == nil && bench.state.toast?.notice.text.contains("ada") == true)
    }

    @Test func `with an account, and in the demo, there is nothing to set up`() {
        for mode in [StudioMode.live, .demo] {
            var bench = bench(mode)
            bench.state.guide = nil
            bench.press(.setUp)
            #expect(bench.state.guide == nil && bench.state.toast?.notice.kind == .warning)
        }
    }

    @Test func `rows can be clicked, and nothing behind the guide`() {
        var bench = bench()
        bench.send(.clicked(Click(.guideRow(1))))
        #expect(bench.state.guide?.beginning == .account && bench.state.guide?.step == .beginning)
        bench.send(.clicked(Click(.guideRow(0))))
        #expect(bench.state.guide?.step == .pictures)
        bench.send(.scrolled(.prompt, rows: 3), .typed("x"))
        #expect(bench.state.compose.prompt.isEmpty)
        var budgets = atBudgets()
        budgets.send(.clicked(Click(.guideRow(2))))
        #expect(budgets.state.guide?.selection == 2)
    }
}
