import Foundation
import History
import Predictions
import Pricing
import ReplicateAPI

/// How a run's end is told: to people, and as the reference's JSON.
struct RunReport {
    enum Kind { case image, video, any }

    let run: RunRecord
    let kind: Kind
    /// Nobody wanted to wait for the end: that it has not come is no error then.
    var isUnawaited = false

    private var succeeded: Bool { run.prediction?.status == .succeeded }
    private var urls: [String] { run.prediction?.outputURLs ?? [] }

    /// Why there is no result; nil when there is one.
    var error: String? {
        if succeeded || isUnawaited && run.isInFlight && run.stage != .queued { return nil }
        if let failure = run.failure { return failure }
        return switch run.stage {
        case .queued: "queued, not sent"
        case .sending, .unclear: "it is not known yet whether it was created"
        case .accepted: "still running"
        case .resendable, .settled, .refused: run.status
        }
    }

    /// Why what it made is not all on the disk; nil when it is, or nobody wanted it there.
    private var notSaved: String? { run.outputs.lazy.compactMap(\.failure).first }

    /// `{success, image_url, error, prediction_id}` and what this program knows besides: `run_id` names the run from
    /// before it has a prediction, `status` is one word, `not_saved` is null when every output is in `files`, and the price
    /// stands before and after: ``History/RunRecord/moneyMembers``.
    var document: [String: ResultMember] {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        var members: JSONObject = [
            "success": .bool(succeeded),
            "error": text(error),
            "prediction_id": text(run.prediction?.id.rawValue),
            "run_id": .string(run.id),
            "status": .string(run.status),
            "files": .array(run.outputs.compactMap(\.path).map(JSONValue.string)),
            "not_saved": text(notSaved),
        ]
        switch kind {
        case .image:
            members["image_url"] = text(succeeded ? urls.first : nil)
            members["image_urls"] = .array(succeeded ? urls.map(JSONValue.string) : [])
        case .video:
            members["video_url"] = text(succeeded ? urls.first : nil)
            members["duration_seconds"] = succeeded ? duration : .null
        case .any:
            members["output"] = run.prediction?.output ?? .null
        }
        return members.mapValues(ResultMember.json).merging(run.moneyMembers) { $1 }
    }

    /// Seconds of video: what the server counted, else the reference's two seconds an image.
    private var duration: JSONValue {
        if let counted = run.prediction?.metrics["video_output_duration_seconds"] { return counted }
        let images = run.input.values.compactMap { $0.array?.count }.max() ?? 0
        return images > 0 ? .integer(Int64(images * ReferenceEstimate.secondsPerImage)) : .null
    }

    func printForPeople() {
        if isUnawaited, run.isInFlight { Console.print(run.prediction?.id.rawValue ?? run.id) }
        for output in run.outputs {
            if let path = output.path { Console.print(path) }
            if let failure = output.failure { Console.say("\(output.url): \(failure)") }
        }
        if isUnawaited, run.isInFlight, run.stage != .queued {
            return Console.say("It is on its way: `darkroom resume` waits and saves.")
        }
        if run.outputs.isEmpty || run.outputs.allSatisfy({ $0.path == nil && $0.failure == nil }) {
            for url in urls where succeeded { Console.print(Console.cell(url, url.count)) }
        }
        if succeeded, let text = run.prediction?.outputText { Console.print(text) }
        var words: [String] = [run.prediction.map(\.id.rawValue) ?? run.id]
        words.append(run.costText ?? "estimate \(run.estimated.label)")
        if let deviation = run.deviation { words.append("\(deviation.text) against the estimate") }
        if let error { words.insert(error, at: 0) }
        Console.say(words.joined(separator: " · "))
        if !run.candidates.isEmpty {
            Console.say("Look at each with `darkroom show ID`; `darkroom poll ID` takes the one that is this run:")
            for id in run.candidates { Console.say("  \(id)") }
        }
        if run.isInFlight, succeeded {
            Console.say("It is done, and paid; its files are not all saved yet. `darkroom resume` saves them.")
        } else if run.stage == .queued {
            Console.say(
                "Nothing is owed for it. `darkroom resume` sends it, `darkroom cancel \(run.id)` takes it back."
            )
        } else if run.isInFlight, run.prediction == nil {
            Console.say("`darkroom resume` goes on looking for it; it is not sent again by itself.")
        } else if run.isInFlight {
            let id = run.prediction.map { "darkroom poll \($0.id.rawValue)" } ?? "darkroom resume"
            Console.say("It goes on and is not lost: `\(id)` picks it up.")
        }
    }
}
