import Foundation
import History
import Money
import Predictions
import ReplicateAPI

/// A member of a JSON result; JSON values know no decimals, and money is nothing else.
indirect enum ResultMember {
    case json(JSONValue)
    case objects([[String: ResultMember]])
    /// In USD; null where not known.
    case amount(Money?)

    var text: String {
        switch self {
        case .json(let value): value.text()
        case .objects(let objects): "[\(objects.map(Console.text).joined(separator: ","))]"
        case .amount(let money): money.map { "\($0.amount)" } ?? "null"
        }
    }
}

extension Console {
    /// A result for machines: one line, keys sorted, what came from the API as it came.
    func print(line members: [String: ResultMember]) { print(document: Self.text(members)) }

    /// An object on one line.
    static func text(_ members: [String: ResultMember]) -> String {
        let line = members.sorted { $0.key < $1.key }.map { "\(JSONValue.string($0.key).text()):\($0.value.text)" }
        return "{\(line.joined(separator: ","))}"
    }
}

extension RunRecord {
    /// The members that a run has in the result of every command; `docs/results.schema.json` describes them.
    ///
    /// Null stands for what is not known or not there yet. Of outputs `output` is what the API answered, `files` are those
    /// on the disk, `missing_files` those of them that are not there any more.
    var members: [String: ResultMember] {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        func time(_ date: Date?) -> JSONValue { text(date.map(Timestamp.format)) }
        func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
        let members: JSONObject = [
            "run_id": .string(id),
            "prediction_id": text(prediction?.id.rawValue),
            "key": text(key),
            "tags": texts(tags),
            "favourite": .bool(isFavourite),
            "rating": rating.map { .integer(Int64($0)) } ?? .null,
            "user_note": text(note),
            "model": .string(model),
            "prompt": .string(prompt),
            "input": .object(input),
            "secret_inputs": texts(secretInputs),
            "status": .string(status.rawValue),
            "error": text(failure ?? prediction?.error),
            "output": prediction?.output ?? .null,
            "files": texts(outputs.compactMap(\.path)),
            "missing_files": texts(missingFiles),
            "values_file": text(valuesFile),
            "not_saved": text(outputs.lazy.compactMap(\.failure).first),
            "created_at": time(createdAt),
            "sent_at": time(sentAt),
            "started_at": time(prediction?.startedAt),
            "finished_at": time(finishedAt ?? prediction?.completedAt),
        ]
        return members.mapValues(ResultMember.json).merging(moneyMembers) { $1 }
    }

    /// The price in USD before and after. `estimate` is null where it is not exact; then `estimate_low` and
    /// `estimate_high` tell what it may be, null where nobody knows. Beside them `estimate_low`, `estimate_high`, `estimate_because`, `cost`, `cost_basis` (`free`,
    /// `counted`, `estimated` or `unknown`), `cost_because`, and `deviation_percent`, null within 20 %. All of the cost is
    /// null before the end.
    var moneyMembers: [String: ResultMember] {
        func text(_ value: String?) -> ResultMember { .json(value.map(JSONValue.string) ?? .null) }
        let exact: Money? = if case .exact(let money, _) = estimate { money } else { nil }
        return [
            "estimate": .amount(exact),
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
