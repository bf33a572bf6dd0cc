import Money
import Testing

struct MoneyTests {
    @Test(arguments: [
        ("0", "$0.00"), ("0.003", "$0.003"), ("0.16", "$0.16"), ("12.4", "$12.40"), ("0.0082875", "$0.0083"),
        ("0.00000375", "$0.0000038"), ("1234.5678", "$1234.5678"), ("0.125", "$0.125"), ("3.0300", "$3.03"),
        ("0.000000000001", "$0.00"),
    ])
    func `amounts are rounded for reading only`(amount: String, text: String) {
        #expect(Money(amount)?.text == text)
    }

    @Test(arguments: [("0.000975", "$0.000975"), ("0.4", "$0.40"), ("2", "$2.00"), ("0.0001", "$0.0001")])
    func `rates keep every digit`(amount: String, text: String) {
        #expect(Money(amount)?.exactText == text)
    }

    @Test(arguments: ["", "$", "-1", "1e5", "1,5", ".", "1.2.3", "NaN", "0x10", "١"])
    func `what is no amount is refused`(text: String) {
        #expect(Money(text) == nil)
    }

    @Test func `a thousand times a tenth of a cent is a dollar`() {
        let sum = (0..<1_000).reduce(Money.zero) { sum, _ in sum + Money("0.001")! }
        #expect(sum == Money("1"))
        #expect(Money(nanos: 1_000_000_000) == Money("1"))
        #expect(Money(nanos: 3_750) == Money("0.00000375"))
    }
}
