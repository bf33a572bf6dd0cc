import Foundation
import History
import Money
import Predictions
import Pricing
import ReplicateAPI

/// How a run's end is told: to people, and as the reference's JSON. Both say what the exit status says.
struct RunReport {
    enum Kind { case image, video, any }

    let run: RunRecord
    let kind: Kind
    /// Nobody wanted to wait for the end: that it has not come is no error then.
    var isUnawaited = false
    /// The command ends before the run does, on a signal.
    var isInterrupted = false
    /// It was there already under its key.
    var isReused = false
    /// It is in flight with another token or at another address, where nothing can be asked from here.
    var isElsewhere = false
    /// Why the API does not answer at present; nil: it does.
    var outage: APIError?

    private var hasSucceeded: Bool { run.prediction?.status == .succeeded }
    private var isOnItsWay: Bool { isUnawaited && !isElsewhere && run.isInFlight && run.stage != .queued }
    private var urls: [String] {
        run.outputs.isEmpty ? run.prediction?.outputURLs ?? [] : run.outputs.map(\.url)
    }

    /// What this run's end means for the command.
    var exitStatus: ExitStatus {
        if isInterrupted, run.isInFlight { return .interrupted }
        if isElsewhere { return .stillRunning }
        if isOnItsWay { return .done }
        if run.isInFlight, !hasSucceeded, outage?.refusesToken == true { return .noToken }
        // A picture was asked for, and there is none.
        if kind != .any, hasSucceeded, run.stage == .settled, urls.isEmpty { return .failed }
        return run.exitStatus
    }

    /// Why there is no result, or not all of it; nil when there is one.
    var error: String? {
        if isInterrupted, run.isInFlight, run.stage != .queued { return Interruption.sentence }
        if exitStatus == .done { return nil }
        if isElsewhere { return RunRecord.elsewhere }
        if let failure = run.failure { return failure }
        if hasSucceeded, run.isInFlight {
            return "done and paid, but not all of it is saved yet: \(notSaved ?? "saving")"
        }
        if hasSucceeded, urls.isEmpty { return nothingMade }
        if let notSaved { return notSaved }
        return switch run.stage {
        case .queued: because("queued, not sent")
        case .sending, .unclear: because("it is not known yet whether it was created")
        case .accepted: because("still running")
        case .resendable, .settled, .refused: run.status.rawValue
        }
    }

    private func because(_ standing: String) -> String {
        outage.map { "\(standing): \($0.explanation)" } ?? standing
    }

    private var nothingMade: String {
        if run.prediction?.dataRemoved == true { return "what was made is gone: the server has removed it" }
        if run.prediction?.succeededWithoutOutput == false {
            return "what was made is no file: `darkroom show \(run.id)` prints it"
        }
        return "nothing was made"
            + (Prediction.lastLine(ofLogs: run.logs).map { ": \($0)" } ?? "; the model gave no reason")
    }

    /// Why what it made is not all on the disk; nil when it is, or nobody wanted it there.
    private var notSaved: String? { run.outputs.lazy.compactMap(\.failure).first }

    /// What is worth knowing beside the result, in a sentence; nil: nothing.
    private var note: String? {
        if let failure = run.failure ?? (exitStatus == .done ? nil : error) {
            return FailureCode.explanation(in: failure)
        }
        guard hasSucceeded else { return nil }
        if run.prediction?.succeededWithoutOutput == true { return nothingMade }
        guard let wanted = run.wantedOutputs, !urls.isEmpty, urls.count < wanted else { return nil }
        return "\(urls.count) of \(wanted) made"
    }

    /// ``History/RunRecord/members``, and of the reference `success`, `error` and what it had for the kind: `image_url`, or
    /// `video_url` and `duration_seconds`. `reused` says that nothing was made, `note` is worth knowing, such as that fewer
    /// were made than asked for.
    ///
    /// `success` is true when the command ends with 0, false when it does not, and null for a run that nobody waits for.
    var document: [String: ResultMember] {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        var members: JSONObject = [
            "success": isOnItsWay ? .null : .bool(exitStatus == .done),
            "error": text(error),
            "note": text(note),
            "reused": .bool(isReused),
        ]
        switch kind {
        case .image:
            members["image_url"] = text(hasSucceeded ? urls.first : nil)
            members["image_urls"] = .array(hasSucceeded ? urls.map(JSONValue.string) : [])
        case .video:
            members["video_url"] = text(hasSucceeded ? urls.first : nil)
            members["duration_seconds"] = hasSucceeded && !urls.isEmpty ? duration : .null
        case .any: break
        }
        return run.members.merging(members.mapValues(ResultMember.json)) { $1 }
    }

    /// Seconds of video: what the server counted, else the reference's two seconds an image.
    private var duration: JSONValue {
        if let counted = run.prediction?.metrics["video_output_duration_seconds"] { return counted }
        let images = run.input.values.compactMap { $0.array?.count }.max() ?? 0
        return images > 0 ? .integer(Int64(images * ReferenceEstimate.secondsPerImage)) : .null
    }

    func printForPeople(on console: Console) {
        if isOnItsWay { console.print(run.prediction?.id.rawValue ?? run.id) }
        for output in run.outputs {
            if let path = output.path { console.print(path) }
            if let failure = output.failure { console.say("\(output.url.shortened): \(failure)") }
        }
        if isOnItsWay { return console.say("It is on its way: `darkroom resume` waits and saves.") }
        if !run.outputs.contains(where: { $0.path != nil || $0.failure != nil }) {
            for url in urls where hasSucceeded { console.print(Console.line(url)) }
        }
        printValues(on: console)
        sayHowItEnded(on: console)
        if !run.candidates.isEmpty {
            console.say("Look at each with `darkroom show ID`; `darkroom poll ID` takes the one that is this run:")
            for id in run.candidates { console.say("  \(id)") }
        }
        if isReused, run.stage == .resendable {
            console.say("It may have been made and paid, so it is not made again by itself; --force makes another one.")
        }
        if isElsewhere { return }
        if run.isInFlight, hasSucceeded {
            console.say("It is done, and paid; its files are not all saved yet. `darkroom resume` saves them.")
        } else if run.stage == .queued {
            console.say(
                "Nothing is owed for it. `darkroom resume` sends it, `darkroom cancel \(run.id)` takes it back."
            )
        } else if run.isInFlight, run.prediction == nil {
            console.say("`darkroom resume` goes on looking for it; it is not sent again by itself.")
        } else if run.isInFlight {
            let id = run.prediction.map { "darkroom poll \($0.id.rawValue)" } ?? "darkroom resume"
            console.say("It goes on and is not lost: `\(id)` picks it up.")
        }
    }

    /// What is no file: a text as text, anything else as JSON.
    private func printValues(on console: Console) {
        guard let values = run.values, run.prediction?.isFinished == true else { return }
        if run.outputs.isEmpty, let text = run.prediction?.outputText {
            console.print(text)
        } else {
            console.print(values)
        }
        if let file = run.valuesFile { console.say("That is also in \(file)") }
    }

    private func sayHowItEnded(on console: Console) {
        var words: [String] = [run.prediction.map(\.id.rawValue) ?? run.id]
        words.append(run.costText ?? "estimate \(run.estimate.label)")
        if let deviation = run.deviation { words.append("\(deviation.text) against the estimate") }
        if let error { words.insert(error, at: 0) }
        console.say(words.joined(separator: " · "))
        if isReused { console.say("Nothing was made: it is there under the key \(run.key ?? "").") }
        for path in run.missingFiles where isReused { console.say("\(path) is not there any more.") }
        if let note { console.say(note.hasSuffix(".") ? note : note + ".") }
    }
}

extension String {
    /// An address as it may stand in a message: a `data:` URI may be of any length.
    var shortened: String { utf8.count <= 300 ? self : "\(prefix(60))… (\(utf8.count) bytes)" }
}

extension RunRecord {
    /// How many outputs its inputs ask for; nil: none of them says.
    var wantedOutputs: Int? {
        ["num_outputs", "number_of_images", "num_images", "n"].lazy
            .compactMap { input[$0]?.integer.flatMap(Int.init(exactly:)) }.first
    }
}
