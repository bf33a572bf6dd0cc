import Pricing
import Testing

struct BuiltInBookTests {
    @Test func `the built-in book reads without a complaint and has prices`() {
        #expect(PriceBook.builtIn.models.count > 10)
    }
}
