import Money
import Testing

struct DeviationTests {
    @Test(
        arguments: [
            (ActualCost.counted(Money("0.13")!, because: ""), "0.1", "0.1", "+30 %"),
            (.counted(Money("0.12")!, because: ""), "0.1", "0.1", nil),
            (.counted(Money("0.05")!, because: ""), "0.1", "0.2", "−50 %"),
            (.estimated(Money("0.3")!, because: ""), "0.1", "0.2", "+50 %"),
            (.counted(Money("0.15")!, because: ""), "0.1", "0.2", nil),
            (.free(reason: ""), "0.1", "0.2", nil),
            (.unknown(reason: ""), "0.1", "0.2", nil),
        ] as [(ActualCost, String, String, String?)]
    )
    func `a difference is told from 20 per cent on`(cost: ActualCost, low: String, high: String, text: String?) {
        let estimate = Estimate.range(low: Money(low)!, high: Money(high)!, because: "")
        #expect(Deviation(of: cost, from: estimate)?.text == text)
    }
}
