import History
import Money
import Predictions
import ReplicateAPI

/// A member of a JSON result; JSON values know no decimals, and money is nothing else.
enum ResultMember {
    case json(JSONValue)
    /// In USD; null where not known.
    case amount(Money?)

    var text: String {
        switch self {
        case .json(let value): value.text()
        case .amount(let money): money.map { "\($0.amount)" } ?? "null"
        }
    }
}

extension Console {
    /// A result for machines: one line, keys sorted, what came from the API as it came.
    func print(line members: [String: ResultMember]) {
        let line = members.sorted { $0.key < $1.key }.map { "\(JSONValue.string($0.key).text()):\($0.value.text)" }
        print(document: "{\(line.joined(separator: ","))}")
    }
}

extension RunRecord {
    /// Estimate and cost side by side: `estimate_low`, `estimate_high`, `estimate_because`, `cost`, `cost_basis` (`free`,
    /// `counted`, `estimated` or `unknown`), `cost_because`, and `deviation_percent`, null within 20 %. All of the cost is
    /// null before the end.
    var moneyMembers: [String: ResultMember] {
        func text(_ value: String?) -> ResultMember { .json(value.map(JSONValue.string) ?? .null) }
        return [
            "estimate_low": .amount(estimate.low),
            "estimate_high": .amount(estimate.high),
            "estimate_because": text(estimate.explanation),
            "cost": .amount(cost?.money),
            "cost_basis": text(cost?.basis.rawValue),
            "cost_because": text(cost?.because),
            "deviation_percent": .json(deviation.map { .integer(Int64($0.percent)) } ?? .null),
        ]
    }

    /// What it cost and how that is known; nil while it is not over.
    var costText: String? {
        switch cost {
        case .free(let reason): "free (\(reason))"
        case .counted(let money, let because): "\(money.text) (\(because))"
        case .estimated(let money, let because): "about \(money.text) (\(because))"
        case .unknown(let reason): "cost unknown: \(reason)"
        case nil: nil
        }
    }
}
