package import Foundation
package import Money
package import ReplicateAPI
package import Search

/// One run as the studio shows it: a local record, and what the server last said of it.
package struct RunItem: Hashable, Sendable, Identifiable {
    /// The local record's id: it exists before the server has given its own.
    package struct ID: Hashable, Sendable, RawRepresentable {
        /// As ``History`` has it.
        package let rawValue: String
        /// Takes any text.
        package init(rawValue: String) { self.rawValue = rawValue }
    }

    /// Where a run stands, in the order of its life.
    package enum Stage: Hashable, Sendable {
        /// Journaled, not sent yet: the creation limit makes it wait.
        case queued
        case sending
        /// The answer to the creating request was lost; the program is looking for the run on the server.
        case unclear
        /// Looked for several times and not found: may be sent again, on the person's word only.
        case resendable
        case starting
        case processing
        case succeeded
        case failed
        case canceled
        case aborted
        /// Refused before anything was created.
        case refused
        /// Over without an end that anybody knows: the server has lost it.
        case forgotten
        /// A status nobody has heard of.
        case unknown(String)
    }

    /// Stays the same for the run's life.
    package let id: ID
    /// The server's; nil before it has answered.
    package var predictionID: String?
    /// `owner/name`.
    package var model: String
    /// The model as it was ordered, with its version where one was named; nil: as ``model``.
    package var reference: String?
    /// Not safe for a terminal yet; empty where the model takes no text.
    package var prompt: String
    /// As it was sent, without secrets.
    package var input: JSONObject
    /// Where it stands.
    package var stage: Stage
    /// A cancel was asked for and the server has not confirmed the end.
    package var isCanceling: Bool
    /// Places it in the table.
    package var createdAt: Date
    /// nil while it waits at the server, and where that does not say.
    package var startedAt: Date?
    /// nil before the end.
    package var finishedAt: Date?
    /// All that was received; not safe for a terminal yet.
    package var logs: String
    /// Read from the last progress line of the log; nil when the model writes none.
    package var progress: LogProgress?
    /// Seconds from creation to end that this model usually takes; nil before it has been learnt.
    package var typicalDuration: Double?
    /// As it was when it was started.
    package var estimate: Estimate
    /// nil until the run has ended.
    package var cost: ActualCost?
    /// Empty until there are some.
    package var outputs: [RunOutput]
    /// What was made where it is no file: a text as it is, anything else as JSON with a line for each member. Of values
    /// beside files, such as a caption, each on a line after its name.
    package var text: String?
    /// Why it failed or was refused; not yet safe for a terminal.
    package var failure: String?
    /// Ids of the predictions that a lost run could be, where there are several; empty: none is known.
    package var candidates: [String]
    /// Nothing more comes: it has ended, and what it made is saved or is not to be had.
    package var isSettled: Bool
    /// What the server last sent; `.null` before it answered.
    package var raw: JSONValue
    /// What a person has added.
    package var annotation = RunAnnotation()
    /// The key it was ordered under; nil: none.
    package var key: String?
    /// What words are looked for in, as the history folded it, without the annotation; nil: it is worked out when it is
    /// needed.
    package var searchText: String?

    /// What is not given is not known.
    package init(
        id: ID,
        predictionID: String? = nil,
        model: String,
        prompt: String,
        input: JSONObject = [:],
        stage: Stage,
        isCanceling: Bool = false,
        createdAt: Date,
        startedAt: Date? = nil,
        finishedAt: Date? = nil,
        logs: String = "",
        progress: LogProgress? = nil,
        typicalDuration: Double? = nil,
        estimate: Estimate,
        cost: ActualCost? = nil,
        outputs: [RunOutput] = [],
        text: String? = nil,
        failure: String? = nil,
        candidates: [String] = [],
        isSettled: Bool = false,
        raw: JSONValue = .null
    ) {
        self.id = id
        self.predictionID = predictionID
        self.model = model
        self.prompt = prompt
        self.input = input
        self.stage = stage
        self.isCanceling = isCanceling
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.logs = logs
        self.progress = progress
        self.typicalDuration = typicalDuration
        self.estimate = estimate
        self.cost = cost
        self.outputs = outputs
        self.text = text
        self.failure = failure
        self.candidates = candidates
        self.isSettled = isSettled
        self.raw = raw
    }
}

/// One output file of a run.
package struct RunOutput: Hashable, Sendable {
    /// Where the server has it, for an hour.
    package var url: String
    /// Where it lies on this disk; nil until it is complete and verified.
    package var path: String?
    /// Bytes; nil until saved.
    package var size: Int?
    /// nil until it is known.
    package var contentType: String?
    /// Why it could not be saved (yet).
    package var failure: String?
    /// It stays at its address: whoever started the run did not want the file.
    package var isUnwanted: Bool

    /// Not saved by default.
    package init(
        url: String,
        path: String? = nil,
        size: Int? = nil,
        contentType: String? = nil,
        failure: String? = nil,
        isUnwanted: Bool = false
    ) {
        self.url = url
        self.path = path
        self.size = size
        self.contentType = contentType
        self.failure = failure
        self.isUnwanted = isUnwanted
    }
}

extension RunItem.Stage {
    /// Something may still change without anybody doing anything.
    package var isActive: Bool {
        switch self {
        case .queued, .sending, .unclear, .starting, .processing, .unknown: true
        case .resendable, .succeeded, .failed, .canceled, .aborted, .refused, .forgotten: false
        }
    }

    /// The word that the API, the history and its queries have for it.
    package var status: String {
        switch self {
        case .queued: "queued"
        case .sending: "sending"
        case .unclear: "unclear"
        case .resendable: "not found"
        case .starting: "starting"
        case .processing: "processing"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .canceled: "canceled"
        case .aborted: "aborted"
        case .refused: "refused"
        case .forgotten: "forgotten"
        case .unknown(let word): word
        }
    }

    /// The word for it on the screen.
    package var word: String { self == .succeeded ? "done" : status }
}

extension RunItem {
    /// Something may still change without anybody doing anything.
    package var isActive: Bool { stage.isActive }
    /// For the table: the stage, that a cancel is under way, or that it ended without having made anything.
    package var statusWord: String {
        isCanceling && isActive ? "canceling" : madeNothing ? "no output" : stage.word
    }

    /// The server counts it as a success, and there is neither a file nor a value. False where the server has removed what
    /// there was.
    package var madeNothing: Bool {
        guard stage == .succeeded, outputs.isEmpty, text == nil else { return false }
        if failure != nil { return true }
        return isSettled && raw.object != nil && raw["output"]?.isEmptyValue != false
            && raw["data_removed"]?.bool != true
    }

    /// Why there is nothing, as far as the log says it; nil: it made something, or has not ended well. Not yet safe for a
    /// terminal.
    package var reasonForNothing: String? {
        guard madeNothing else { return nil }
        let before = "nothing was made: "
        guard let failure, failure.hasPrefix(before) else {
            return failure?.hasPrefix("nothing") == false ? failure : "The model gave no reason."
        }
        // Records of older versions took progress bars for reasons.
        return Prediction.lastLine(ofLogs: String(failure.dropFirst(before.count))) ?? "The model gave no reason."
    }

    /// What it cost once that is known, else what it is thought to cost; never $0 for what nobody knows.
    package var costLabel: String { cost?.label ?? estimate.label }

    /// By how much it missed its estimate; nil within 20 %, and before its end.
    package var deviation: Deviation? { cost.flatMap { Deviation(of: $0, from: estimate) } }

    /// Seconds since creation, or from creation to the end.
    package func elapsed(at now: Date) -> Double { max(0, (finishedAt ?? now).timeIntervalSince(createdAt)) }

    /// An hour after the end the server deletes what was made: an address is no good from then on.
    ///
    /// Source: Replicate docs, "Output files", read 2026-11.
    package func outputsAreExpired(at now: Date) -> Bool {
        finishedAt.map { now.timeIntervalSince($0) >= 3_600 } ?? false
    }

    /// How far it is: from the log where it says so, else nil. 0…1.
    package var fraction: Double? { stage == .processing ? progress?.fraction : nil }

    /// Model without its owner: what fits a column.
    package var shortModel: String { String(model.split(separator: "/").last ?? Substring(model)) }
}
