import GRDB
import Search

/// Where a run stands in a list that is sorted.
struct RunPlace {
    /// `.null`: it has none; in the order by time, always.
    let value: DatabaseValue
    let createdAt: Double
    let row: Int64
}

extension RunSort {
    enum Way: Hashable {
        case down, up
        /// Downwards, the run itself among them.
        case downFromHere
    }

    /// A part of the list between two places, all of which is read in one go: with an index it is no more than a range of it.
    struct Stretch {
        /// A condition on `list`.
        let condition: String
        let arguments: StatementArguments
        /// What follows `ORDER BY`.
        let order: String
    }

    /// What follows `ORDER BY` for the whole list where no run is without a value, such as in the order by time.
    static func timeOrder(isNewestFirst: Bool, isIndexed: Bool) -> String {
        let direction = isNewestFirst ? "DESC" : "ASC"
        return "\(isIndexed ? "" : "+")list.createdAt \(direction), list.run \(direction)"
    }

    /// The parts of the list from a place to its end, the nearest first. Each ends where the comparison with the value is
    /// another one: so all of them are ranges of an index, also where very many runs have the same value.
    ///
    /// - Parameters:
    ///   - place: nil: all of the list.
    ///   - isIndexed: false: few runs are meant, which are found in another way and then sorted.
    func stretches(_ way: Way, from place: RunPlace?, isIndexed: Bool) -> [Stretch] {
        let isDown = way != .up
        let order = Self.timeOrder(isNewestFirst: isNewestFirst == isDown, isIndexed: isIndexed)
        let sign = (isNewestFirst == isDown ? "<" : ">") + (way == .downFromHere ? "=" : "")
        let bound = "(list.createdAt, list.run) \(sign) (?, ?)"
        let bounds: StatementArguments = place.map { [$0.createdAt, $0.row] } ?? []
        guard let column = key.sql else {
            return [Stretch(condition: place == nil ? "1" : bound, arguments: bounds, order: order)]
        }
        let value = isIndexed ? column : "+(\(column))"
        let isSmallestFirst = isAscending == isDown
        let valueOrder = "\(value) \(isSmallestFirst ? "ASC" : "DESC"), \(order)"
        let known = Stretch(condition: "\(value) IS NOT NULL", arguments: [], order: valueOrder)
        let unknown = Stretch(condition: "\(value) IS NULL", arguments: [], order: order)
        let mayBeUnknown = key.mayBeUnknown
        guard let place else {
            guard mayBeUnknown else { return [Stretch(condition: "1", arguments: [], order: valueOrder)] }
            return isDown ? [known, unknown] : [unknown, known]
        }
        if place.value.isNull {
            let rest = Stretch(condition: "\(value) IS NULL AND \(bound)", arguments: bounds, order: order)
            return isDown ? [rest] : [rest, known]
        }
        let same = Stretch(
            condition: "\(value) = ? AND \(bound)",
            arguments: [place.value] + bounds,
            order: order
        )
        let beyond = Stretch(
            condition: "\(value) \(isSmallestFirst ? ">" : "<") ?",
            arguments: [place.value],
            order: valueOrder
        )
        return [same, beyond] + (isDown && mayBeUnknown ? [unknown] : [])
    }
}

extension RunSort.Key {
    /// What is compared, of a row of `listedRun` that is called `list`; an index has exactly this. nil: the time alone.
    var sql: String? {
        switch self {
        case .time: nil
        case .cost: "list.costNanos"
        case .duration: "list.seconds"
        case .model: "substr(list.model, instr(list.model, '/') + 1)"
        case .status: Self.rank
        case .prompt: "substr(list.text, 1, \(RunSort.promptCharacters))"
        }
    }

    fileprivate var mayBeUnknown: Bool {
        switch self {
        case .cost, .duration: true
        case .time, .model, .status, .prompt: false
        }
    }

    private static let rank: String = {
        let ranks = RunSort.statuses.enumerated()
        let cases = ranks.filter { $0.element != RunSort.unheardOf }.map { "WHEN '\($0.element)' THEN \($0.offset)" }
        let rest = ranks.first { $0.element == RunSort.unheardOf }?.offset ?? 0
        return "CASE list.status \(cases.joined(separator: " ")) ELSE \(rest) END"
    }()
}
