import Foundation
import Yams

extension PriceBook {
    /// Reads a book: `hardware` and `models`, as the head of the built-in one explains.
    ///
    /// - Parameter origin: the file's name, for errors and listings.
    package init(yaml: String, origin: String) throws(PriceBookError) {
        self.init()
        guard let root = try Self.compose(yaml, origin: origin) else { return }
        let reader = BookReader(origin: origin)
        for (key, value) in try reader.members(of: root, named: "a price book", allowed: ["hardware", "models"]) {
            if key == "hardware" {
                for (sku, rate) in try reader.members(of: value, named: key) {
                    hardware[sku] = try reader.money(rate, named: sku)
                }
            } else {
                for (path, entry) in try reader.members(of: value, named: key) {
                    models[path] = try reader.model(path, entry)
                }
            }
        }
    }

    private static func compose(_ yaml: String, origin: String) throws(PriceBookError) -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw PriceBookError(origin: origin, line: error.line, reason: "this is no YAML: \(error.problem)")
        } catch {
            throw PriceBookError(origin: origin, line: nil, reason: "this is no YAML")
        }
    }
}

/// Takes a book apart, telling the line of whatever is wrong.
private struct BookReader {
    let origin: String

    func fail(_ node: Node, _ reason: String) -> PriceBookError {
        PriceBookError(origin: origin, line: node.mark?.line, reason: reason)
    }

    /// The members of a mapping in their order; nil `allowed`: any key.
    func members(
        of node: Node,
        named name: String,
        allowed: Set<String>? = nil
    ) throws(PriceBookError) -> [(String, Node)] {
        guard let mapping = node.mapping else { throw fail(node, "\(name) must be a list of key: value") }
        var members: [(String, Node)] = []
        for (key, value) in mapping {
            guard let text = key.string else { throw fail(key, "a key of \(name) must be text") }
            if let allowed, !allowed.contains(text) {
                let known = allowed.sorted().joined(separator: ", ")
                throw fail(key, "\(name) has no key \(text) (known: \(known))")
            }
            members.append((text, value))
        }
        return members
    }

    func scalar(_ node: Node, named name: String) throws(PriceBookError) -> String {
        guard let scalar = node.scalar else { throw fail(node, "\(name) must be a single value") }
        return scalar.string
    }

    func money(_ node: Node, named name: String) throws(PriceBookError) -> Money {
        guard let money = Money(try scalar(node, named: name)) else {
            throw fail(node, "\(name) must be an amount in dollars such as 0.04")
        }
        return money
    }

    func decimal(_ node: Node, named name: String) throws(PriceBookError) -> Decimal {
        guard let number = Money(try scalar(node, named: name)), number > .zero else {
            throw fail(node, "\(name) must be a number above zero")
        }
        return number.amount
    }

    func texts(_ node: Node, named name: String) throws(PriceBookError) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, value) in try members(of: node, named: name) { texts[key] = try scalar(value, named: key) }
        return texts
    }

    func model(_ path: String, _ node: Node) throws(PriceBookError) -> ModelPrices {
        guard path.split(separator: "/", omittingEmptySubsequences: false).count == 2 else {
            throw fail(node, "\(path) must be owner/name")
        }
        var prices: [Price] = []
        var defaults: [String: String] = [:]
        var duration: String?
        var seconds: Decimal?
        var perImage: (input: String, seconds: Decimal)?
        let keys: Set = ["prices", "defaults", "duration", "seconds", "seconds-per-image"]
        for (key, value) in try members(of: node, named: path, allowed: keys) {
            switch key {
            case "prices":
                guard let list = value.sequence, !list.isEmpty else { throw fail(value, "prices must be a list") }
                for item in list { prices.append(try price(item, of: path)) }
            case "defaults": defaults = try texts(value, named: key)
            case "duration": duration = try scalar(value, named: key)
            case "seconds": seconds = try decimal(value, named: key)
            default: perImage = try secondsPerImage(value)
            }
        }
        guard !prices.isEmpty else { throw fail(node, "\(path) has no prices") }
        return ModelPrices(
            model: path,
            prices: prices,
            defaults: defaults,
            durationInput: duration,
            defaultDuration: seconds,
            secondsPerImage: perImage,
            origin: origin
        )
    }

    private func secondsPerImage(_ node: Node) throws(PriceBookError) -> (input: String, seconds: Decimal) {
        var input: String?
        var seconds: Decimal?
        for (key, value) in try members(of: node, named: "seconds-per-image", allowed: ["input", "seconds"]) {
            if key == "input" {
                input = try scalar(value, named: key)
            } else {
                seconds = try decimal(value, named: key)
            }
        }
        guard let input, let seconds else { throw fail(node, "seconds-per-image needs input and seconds") }
        return (input, seconds)
    }

    private func price(_ node: Node, of path: String) throws(PriceBookError) -> Price {
        let name = "a price of \(path)"
        let keys: Set = ["amount", "per", "when", "confidence", "read", "note"]
        var found: [String: Node] = [:]
        for (key, value) in try members(of: node, named: name, allowed: keys) { found[key] = value }
        guard let amount = found["amount"] else { throw fail(node, "\(name) needs an amount") }
        guard let per = found["per"] else { throw fail(node, "\(name) needs per: the unit") }
        guard let unit = Price.Unit(rawValue: try scalar(per, named: "per")) else {
            let known = Price.Unit.allCases.map(\.rawValue).joined(separator: ", ")
            throw fail(per, "per must be one of \(known)")
        }
        let (low, high) = try range(amount)
        var confidence = Price.Confidence.weak
        if let node = found["confidence"] {
            guard let known = Price.Confidence(rawValue: try scalar(node, named: "confidence")) else {
                throw fail(node, "confidence must be A, B or C")
            }
            confidence = known
        }
        return Price(
            unit: unit,
            low: low,
            high: high,
            conditions: try found["when"].map { node throws(PriceBookError) in try texts(node, named: "when") } ?? [:],
            confidence: confidence,
            read: try found["read"].map { node throws(PriceBookError) in try scalar(node, named: "read") } ?? "",
            note: try found["note"].map { node throws(PriceBookError) in try scalar(node, named: "note") }
        )
    }

    private func range(_ node: Node) throws(PriceBookError) -> (low: Money, high: Money) {
        guard let ends = node.sequence else {
            let money = try money(node, named: "amount")
            return (money, money)
        }
        guard ends.count == 2 else { throw fail(node, "a range of amounts has two ends: [low, high]") }
        let (low, high) = (try money(ends[0], named: "amount"), try money(ends[1], named: "amount"))
        guard low <= high else { throw fail(node, "a range of amounts begins with the lower one") }
        return (low, high)
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    fileprivate var problem: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        default: "it cannot be read"
        }
    }
}
