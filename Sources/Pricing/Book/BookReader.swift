import Foundation
import Money

/// Reads the parts of a price book. Every error names the line.
struct BookReader {
    let origin: String

    func fail(_ node: BookNode, _ reason: String) -> PriceBookError {
        PriceBookError(origin: origin, line: node.line, reason: reason)
    }

    /// The members of a mapping in their order. Throws for a key that is not in `allowed`; nil `allowed`: any key.
    func members(
        of node: BookNode,
        named name: String,
        allowed: Set<String>? = nil
    ) throws(PriceBookError) -> [(String, BookNode)] {
        guard let mapping = node.mapping else { throw fail(node, "\(name) must be a list of key: value") }
        var members: [(String, BookNode)] = []
        for (key, value) in mapping {
            guard let text = key.text else { throw fail(key, "a key of \(name) must be text") }
            if let allowed, !allowed.contains(text) {
                let known = allowed.sorted().joined(separator: ", ")
                throw fail(key, "\(name) has no key \(text) (known: \(known))")
            }
            members.append((text, value))
        }
        return members
    }

    func scalar(_ node: BookNode, named name: String) throws(PriceBookError) -> String {
        guard let text = node.text else { throw fail(node, "\(name) must be a single value") }
        return text
    }

    func money(_ node: BookNode, named name: String) throws(PriceBookError) -> Money {
        guard let money = Money(try scalar(node, named: name)) else {
            throw fail(node, "\(name) must be an amount in dollars such as 0.04")
        }
        return money
    }

    func decimal(_ node: BookNode, named name: String) throws(PriceBookError) -> Decimal {
        guard let number = Money(try scalar(node, named: name)), number > .zero else {
            throw fail(node, "\(name) must be a number above zero")
        }
        return number.amount
    }

    func texts(_ node: BookNode, named name: String) throws(PriceBookError) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, value) in try members(of: node, named: name) { texts[key] = try scalar(value, named: key) }
        return texts
    }

    /// A price of hardware: an amount, or a mapping with the amount, its source and its date.
    func hardware(_ sku: String, _ node: BookNode) throws(PriceBookError) -> HardwarePrice {
        guard node.mapping != nil else {
            let rate = try money(node, named: sku)
            return HardwarePrice(rate: rate, confidence: .weak, source: "", read: nil, note: nil, origin: origin)
        }
        var found: [String: BookNode] = [:]
        let keys: Set = ["amount", "confidence", "source", "read", "note"]
        for (key, value) in try members(of: node, named: sku, allowed: keys) { found[key] = value }
        guard let amount = found["amount"] else { throw fail(node, "\(sku) needs an amount") }
        return HardwarePrice(
            rate: try money(amount, named: "amount"),
            confidence: try confidence(found["confidence"]),
            source: try found["source"].map { node throws(PriceBookError) in try scalar(node, named: "source") } ?? "",
            read: try found["read"].map { node throws(PriceBookError) in try date(node) },
            note: try found["note"].map { node throws(PriceBookError) in try scalar(node, named: "note") },
            origin: origin
        )
    }

    private func confidence(_ node: BookNode?) throws(PriceBookError) -> Price.Confidence {
        guard let node else { return .weak }
        guard let known = Price.Confidence(rawValue: try scalar(node, named: "confidence")) else {
            throw fail(node, "confidence must be A, B or C")
        }
        return known
    }

    func price(_ node: BookNode, of path: String) throws(PriceBookError) -> Price {
        let name = "a price of \(path)"
        let keys: Set = ["amount", "per", "when", "about", "confidence", "source", "read", "note"]
        var found: [String: BookNode] = [:]
        for (key, value) in try members(of: node, named: name, allowed: keys) { found[key] = value }
        guard let amount = found["amount"] else { throw fail(node, "\(name) needs an amount") }
        guard let per = found["per"] else { throw fail(node, "\(name) needs per: the unit") }
        guard let unit = Price.Unit(rawValue: try scalar(per, named: "per")) else {
            let known = Price.Unit.allCases.map(\.rawValue).joined(separator: ", ")
            throw fail(per, "per must be one of \(known)")
        }
        let (low, high) = try range(amount)
        let confidence = try confidence(found["confidence"])
        return Price(
            unit: unit,
            low: low,
            high: high,
            conditions: try found["when"].map { node throws(PriceBookError) in try conditions(node) } ?? [:],
            confidence: confidence,
            source: try found["source"].map { node throws(PriceBookError) in try scalar(node, named: "source") } ?? "",
            read: try found["read"].map { node throws(PriceBookError) in try date(node) },
            note: try found["note"].map { node throws(PriceBookError) in try scalar(node, named: "note") },
            // A price without `confidence`, as in a user's own file, counts as confirmed.
            isUnconfirmed: try isAbout(found["about"]) || (confidence == .weak && found["confidence"] != nil)
        )
    }

    private func isAbout(_ node: BookNode?) throws(PriceBookError) -> Bool {
        guard let node else { return false }
        switch try scalar(node, named: "about") {
        case "true": return true
        case "false": return false
        default: throw fail(node, "about must be true or false")
        }
    }

    func conditions(_ node: BookNode) throws(PriceBookError) -> [String: Criterion] {
        var conditions: [String: Criterion] = [:]
        for (name, value) in try members(of: node, named: "when") {
            if let list = value.list {
                var values: [String] = []
                for item in list { values.append(try scalar(item, named: name)) }
                guard !values.isEmpty else { throw fail(value, "\(name) has no values") }
                conditions[name] = .anyOf(values)
            } else {
                switch try scalar(value, named: name) {
                case "present": conditions[name] = .present
                case "absent": conditions[name] = .absent
                case let text: conditions[name] = .anyOf([text])
                }
            }
        }
        return conditions
    }

    private func date(_ node: BookNode) throws(PriceBookError) -> ReadDate {
        guard let date = ReadDate(try scalar(node, named: "read")) else {
            throw fail(node, "read must be a day, a month or a year such as 2026-10-07, 2026-10 or 2026")
        }
        return date
    }

    private func range(_ node: BookNode) throws(PriceBookError) -> (low: Money, high: Money) {
        guard let ends = node.list else {
            let money = try money(node, named: "amount")
            return (money, money)
        }
        guard ends.count == 2 else { throw fail(node, "a range of amounts has two ends: [low, high]") }
        let (low, high) = (try money(ends[0], named: "amount"), try money(ends[1], named: "amount"))
        guard low <= high else { throw fail(node, "a range of amounts begins with the lower one") }
        return (low, high)
    }
}
