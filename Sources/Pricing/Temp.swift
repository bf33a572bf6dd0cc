package import Foundation
package import ReplicateAPI
package struct Money: Hashable, Comparable, Sendable {
    package let amount: Decimal
    package init(_ amount: Decimal) { self.amount = amount }
    package static let zero = Money(0)
    package static func < (a: Money, b: Money) -> Bool { a.amount < b.amount }
    package static func + (a: Money, b: Money) -> Money { Money(a.amount + b.amount) }
    package var text: String { "$\(amount)" }
    package init?(_ t: String) { guard let d = Decimal(string: t) else { return nil }; self.init(d) }
}
package enum Estimate: Hashable, Sendable {
    case exact(Money, because: String)
    case range(low: Money, high: Money, because: String)
    case unknown(reason: String)
    package var high: Money? { nil }
    package func times(_ n: Int) -> Estimate { self }
    package static func sum(_ all: [Estimate]) -> Estimate { all[0] }
    package var label: String { switch self { case .exact(let m, _): m.text
    case .range(let l, let h, _): "≈ \(l.text)–\(h.text.dropFirst())"
    case .unknown: "?" } }
    package var explanation: String { "" }
}
package enum ActualCost: Hashable, Sendable {
    case free(reason: String), counted(Money, because: String), estimated(Money, because: String), unknown(reason: String)
}
package struct Budget: Hashable, Sendable {
    package var session: Money?
    package var askAbove: Money?
    package var day: Money?
    package init() {}
    package func decision(for: Estimate, session: Money, today: Money, month: Money, inFlight: Money) -> BudgetDecision { .go }
}
package enum BudgetDecision: Hashable, Sendable { case go, ask(reason: String), refuse(reason: String) }
package struct PriceBook: Sendable {
    package init() {}
    package static let builtIn = PriceBook()
    package func headline(for: String) -> String? { nil }
    package func estimate(model: String, input: JSONObject, schema: InputSchema?, history: Int?) -> Estimate { .unknown(reason: "") }
    package func pricedInputs(model: String, input: JSONObject, schema: InputSchema?) -> JSONObject { [:] }
}
package enum PromptAlternatives {
    package struct Failure: Error, CustomStringConvertible { package var description: String { "" } }
    package static func expand(_ s: String) throws(Failure) -> [String] { [s] }
}
