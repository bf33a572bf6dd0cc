import Foundation

extension BookReader {
    func model(_ path: String, _ node: BookNode) throws(PriceBookError) -> ModelPrices {
        guard path.split(separator: "/", omittingEmptySubsequences: false).count == 2 else {
            throw fail(node, "\(path) must be owner/name")
        }
        var entry = EntryDraft()
        let keys: Set = [
            "prices", "defaults", "quantity", "count", "count-up-to", "duration", "seconds", "seconds-per-image",
            "ignores",
        ]
        for (key, value) in try members(of: node, named: path, allowed: keys) {
            switch key {
            case "prices":
                guard let list = value.list, !list.isEmpty else { throw fail(value, "prices must be a list") }
                for item in list { entry.prices.append(try price(item, of: path)) }
            case "defaults": entry.defaults = try texts(value, named: key)
            case "quantity":
                for (unit, formula) in try members(of: value, named: key) {
                    guard let known = Price.Unit(rawValue: unit) else {
                        throw fail(value, "quantity must be told for a unit such as image or second, not for \(unit)")
                    }
                    try entry.count(known, by: try self.formula(formula), at: formula, self)
                }
            case "count": try entry.count(.image, by: .init(input: try name(value, key)), at: value, self)
            case "duration": try entry.count(.second, by: .init(input: try name(value, key)), at: value, self)
            case "seconds-per-image": try entry.count(.second, by: try secondsPerImage(value), at: value, self)
            case "count-up-to": entry.most = (try mostImages(value), value)
            case "seconds": entry.length = (try length(value), value)
            default:
                guard let list = value.list else { throw fail(value, "ignores must be a list of inputs") }
                for item in list { entry.ignored[try name(item, key)] = item }
            }
        }
        guard !entry.prices.isEmpty else { throw fail(node, "\(path) has no prices") }
        return try entry.checked(path, self)
    }

    private func name(_ node: BookNode, _ key: String) throws(PriceBookError) -> String {
        let name = try scalar(node, named: key)
        guard QuantityFormula.isName(name) else { throw fail(node, "\(key) must be the name of an input") }
        return name
    }

    private func formula(_ node: BookNode) throws(PriceBookError) -> QuantityFormula {
        let text = try scalar(node, named: "quantity")
        guard let formula = QuantityFormula(text) else {
            throw fail(
                node,
                "\(text) is no quantity: write inputs and numbers with × and ÷ between, such as num_frames ÷ fps"
            )
        }
        return formula
    }

    private func length(_ node: BookNode) throws(PriceBookError) -> ModelPrices.Length {
        guard let ends = node.list else {
            let seconds = try decimal(node, named: "seconds")
            return .init(least: seconds, most: seconds)
        }
        guard ends.count == 2 else { throw fail(node, "a range of seconds has two ends: [least, most]") }
        let length = ModelPrices.Length(
            least: try decimal(ends[0], named: "seconds"),
            most: try decimal(ends[1], named: "seconds")
        )
        guard length.least <= length.most else { throw fail(node, "a range of seconds begins with the lower one") }
        return length
    }

    private func mostImages(_ node: BookNode) throws(PriceBookError) -> ModelPrices.MostImages {
        var input: String?
        var conditions: [String: Criterion] = [:]
        for (key, value) in try members(of: node, named: "count-up-to", allowed: ["input", "when"]) {
            if key == "input" {
                input = try name(value, key)
            } else {
                conditions = try self.conditions(value)
            }
        }
        guard let input else { throw fail(node, "count-up-to needs input: the one that holds the number") }
        return .init(input: input, conditions: conditions)
    }

    /// A fixed number of seconds for each image of a list.
    private func secondsPerImage(_ node: BookNode) throws(PriceBookError) -> QuantityFormula {
        var input: String?
        var seconds: Decimal?
        for (key, value) in try members(of: node, named: "seconds-per-image", allowed: ["input", "seconds"]) {
            if key == "input" {
                input = try name(value, key)
            } else {
                seconds = try decimal(value, named: key)
            }
        }
        guard let input, let seconds else { throw fail(node, "seconds-per-image needs input and seconds") }
        return QuantityFormula(over: [.input([input]), .number(seconds)])
    }
}

/// An entry while it is being read, with the places of its parts in the file.
private struct EntryDraft {
    var prices: [Price] = []
    var defaults: [String: String] = [:]
    var quantities: [Price.Unit: QuantityFormula] = [:]
    var places: [Price.Unit: BookNode] = [:]
    var most: (ModelPrices.MostImages, BookNode)?
    var length: (ModelPrices.Length, BookNode)?
    var ignored: [String: BookNode] = [:]

    mutating func count(
        _ unit: Price.Unit,
        by formula: QuantityFormula,
        at node: BookNode,
        _ reader: BookReader
    ) throws(PriceBookError) {
        guard quantities.updateValue(formula, forKey: unit) == nil else {
            throw reader.fail(node, "the number of \(unit.word)s is told twice")
        }
        places[unit] = node
    }

    /// The entry. Throws when its parts contradict each other.
    func checked(_ path: String, _ reader: BookReader) throws(PriceBookError) -> ModelPrices {
        let units = Set(prices.map(\.unit))
        for unit in Price.Unit.allCases where !units.contains(unit) {
            if let node = places[unit] {
                throw reader.fail(node, "\(path) counts \(unit.word)s, but has no price per \(unit.rawValue)")
            }
        }
        for unit in [Price.Unit.run, .video, .megapixel, .inputMegapixel, .computeSecond] {
            if let node = places[unit] { throw reader.fail(node, "the number of \(unit.word)s comes from no input") }
        }
        if let node = most?.1, !units.contains(.image) {
            throw reader.fail(node, "\(path) counts images, but has no price per image")
        }
        if let node = length?.1, !units.contains(.second) {
            throw reader.fail(node, "\(path) tells a length, but has no price per second")
        }
        let entry = ModelPrices(
            model: path,
            prices: prices,
            defaults: defaults,
            quantities: quantities,
            mostImages: most?.0,
            defaultLength: length?.0,
            ignored: Set(ignored.keys),
            origin: reader.origin
        )
        for (name, node) in ignored where entry.deciding.contains(name) {
            throw reader.fail(node, "\(name) decides the price of \(path) and cannot be ignored")
        }
        return entry
    }
}
