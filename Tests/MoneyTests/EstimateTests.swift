import Money
import Testing

struct EstimateTests {
    private func dollars(_ text: String) -> Money { Money(text)! }
    private func exact(_ text: String, _ because: String = "1 image") -> Estimate {
        .exact(dollars(text), because: because)
    }
    private func range(_ low: String, _ high: String, _ because: String = "2 sources") -> Estimate {
        .range(low: dollars(low), high: dollars(high), because: because)
    }

    @Test func `an unknown price is shown as a question mark, and is never zero`() {
        let unknown = Estimate.unknown(reason: "billed by token")
        #expect(unknown.label == "?")
        #expect(unknown.low == nil)
        #expect(unknown.high == nil)
        #expect(unknown.explanation == "billed by token")
        #expect(unknown.basis == .unknown)
    }

    @Test(arguments: [
        ("0.08", "0.12", "≈ $0.08–0.12"), ("0.1", "0.1", "≈ $0.10"), ("0.1", "0.10001", "≈ $0.10"),
        ("0", "1.5", "≈ $0.00–1.50"),
    ])
    func `a range shows one amount where both ends read the same`(low: String, high: String, label: String) {
        #expect(range(low, high).label == label)
        #expect(range(low, high).isRange)
    }

    @Test func `one run is itself, and many keep the kind of estimate`() {
        #expect(exact("0.003").times(1) == exact("0.003"))
        #expect(exact("0.003").times(4) == exact("0.012", "4 × (1 image)"))
        #expect(range("0.1", "0.2").times(3) == range("0.3", "0.6", "3 × (2 sources)"))
        #expect(exact("0.003").times(0) == exact("0", "0 × (1 image)"))
        #expect(Estimate.unknown(reason: "tokens").times(5) == .unknown(reason: "tokens"))
    }

    @Test func `a sum is as sure as its least sure part`() {
        #expect(Estimate.sum([]) == .exact(.zero, because: "nothing to run"))
        #expect(Estimate.sum([exact("0.1"), exact("0.2")]) == exact("0.3", "2 runs at $0.10–0.20 each"))
        let mixed = Estimate.sum([exact("0.1"), range("0.1", "0.3")])
        #expect(mixed == range("0.2", "0.4", "2 runs at $0.10–0.30 each: 2 sources"))
        let unknown = Estimate.unknown(reason: "tokens")
        #expect(Estimate.sum([exact("0.1"), unknown, range("1", "2")]) == unknown)
        #expect(Estimate.sum([unknown, unknown]) == unknown)
    }

    @Test(arguments: [1, 2, 7, 1_000])
    func `equal estimates are summed as so many times one`(count: Int) {
        let one = range("0.0003", "0.0007")
        #expect(Estimate.sum(Array(repeating: one, count: count)) == one.times(count))
    }

    @Test func `the words of JSON are fixed`() {
        #expect(Estimate.Basis.allCases.map(\.rawValue) == ["exact", "range", "unknown"])
        #expect([exact("1").basis, range("1", "2").basis] == [.exact, .range])
        #expect(ActualCost.Basis.allCases.map(\.rawValue) == ["free", "counted", "estimated", "unknown"])
    }

    @Test(
        arguments: [
            (.free(reason: "a failed run is free"), "free", "0", "a failed run is free"),
            (.counted(Money("0.0300")!, because: "10 images"), "$0.03", "0.03", "10 images"),
            (.estimated(Money("0.0004")!, because: "2 s"), "≈ $0.0004", "0.0004", "2 s"),
            (.unknown(reason: "nothing was counted"), "?", nil, "nothing was counted"),
        ] as [(ActualCost, String, String?, String)]
    )
    func `a cost says how it is known`(cost: ActualCost, label: String, amount: String?, because: String) {
        #expect(cost.label == label)
        #expect(cost.money == amount.flatMap { Money($0) })
        #expect(cost.because == because)
    }
}
