package import Foundation
package import Money
package import ReplicateAPI

/// One run: journal entry and record in one, from before it is sent until long after the server has forgotten it.
package struct RunRecord: Hashable, Sendable, Identifiable {
    /// Who started a run. The raw values are words of the column `origin`.
    package enum Origin: String, Hashable, Sendable {
        case studio, command, service
    }

    /// One file of a run's output: where the server has it, and where it lies here.
    package struct Output: Hashable, Sendable {
        /// The address in the server's answer; `data:` addresses that were large are stand-ins of
        /// ``ReplicateClient/InlineFiles``.
        package var url: String
        /// nil until the file is complete under this name.
        package var path: String?
        /// Bytes on the disk; nil until the file is saved.
        package var size: Int64?
        /// Of what lies on the disk: 64 hexadecimal digits in lower case; nil until the file is saved, and in records of
        /// early versions.
        package var sha256: String?
        /// Bytes that the host sent; the file on the disk has metadata more where the two differ. nil until it is saved.
        package var downloadedSize: Int64?
        /// Of what the host sent; nil as ``sha256``.
        package var downloadedSHA256: String?
        /// The media type that its first bytes have, or that the server named; nil: neither is known.
        package var contentType: String?
        /// Why it is not saved.
        package var failure: String?

        /// An output that is not saved unless `path` is given.
        package init(
            url: String,
            path: String? = nil,
            size: Int64? = nil,
            sha256: String? = nil,
            downloadedSize: Int64? = nil,
            downloadedSHA256: String? = nil,
            contentType: String? = nil,
            failure: String? = nil
        ) {
            self.url = url
            self.path = path
            self.size = size
            self.sha256 = sha256
            self.downloadedSize = downloadedSize
            self.downloadedSHA256 = downloadedSHA256
            self.contentType = contentType
            self.failure = failure
        }
    }

    /// The run's own id, chosen before it is sent: a UUID in lower case.
    package let id: String
    /// `owner/name` or `owner/name:version`.
    package var model: String
    /// The token and the address that it is sent with, as ``ReplicateClient/ClientConfiguration/account`` names them; nil
    /// in records of older versions.
    package var account: String?
    /// Without ``secretInputs``.
    package var input: JSONObject
    /// Names of the inputs whose values are secret. They are sent and never kept: not here, not in ``prediction``, not on
    /// the disk.
    package var secretInputs: [String] = []
    /// The text for lists and for the search; it is also in ``input`` where the model takes one. Empty: none.
    package var prompt: String
    /// Who started it.
    package var origin: Origin
    /// Where it stands in its life; see ``Stage``. Only ``Predictions`` changes it.
    package var stage: Stage
    /// What the server last said of it; nil before there is a prediction.
    package var prediction: Prediction?
    /// Kept apart because rows of a list bring none.
    package var logs: String
    /// The server's time, if it was known by then.
    package var createdAt: Date
    /// The server's time when it was sent.
    package var sentAt: Date?
    /// Seconds by which the server's clock, as it was known when ``sentAt`` was read, was ahead of this machine's; 0 where
    /// it was not known. nil before it was sent, and in records of older versions.
    package var sentSkew: Double?
    /// The server's time of the end; the time at which it was noticed where the server gives none. nil before the
    /// end.
    package var finishedAt: Date?
    /// When a cancel was asked for; nil: it was not. The run goes on until the server confirms.
    package var cancelRequestedAt: Date?
    /// Why there is no prediction, or why it was taken back, as a sentence without a full stop. What failed at the
    /// server is in ``prediction``.
    package var failure: String?
    /// Why it was never created, for the exit status of a command; nil: it was, or it was taken back.
    package var refusal: APIError.Code?
    /// Ids of predictions that could be this run; only a ``Stage/resendable`` one has any, and a person may take one.
    package var candidates: [String] = []
    /// What it was thought to cost when it was started.
    package var estimate: Estimate
    /// nil until it has ended.
    package var cost: ActualCost?
    /// In the order of the server's answer; empty before the end, and where nothing of it is a file.
    package var outputs: [Output]
    /// The absolute path of the folder that was named for its outputs when it was started; nil: the settings' folder, as
    /// in records of older versions.
    package var outputFolder: String?
    /// Its outputs are saved to the disk; false: only their addresses are kept.
    package var savesOutputs = true
    /// The path of the JSON file beside the outputs that holds what is no file; nil: there is nothing but files, or none
    /// was saved.
    package var valuesFile: String?
    /// The name under which a script ordered the run, so that it is not paid twice; nil: none.
    package var key: String?
    /// The place of the run among those that were ordered together under ``key``, from 0.
    package var keyIndex = 0
    /// What was ordered under ``key``: the inputs that differ from the model's defaults, files by their content, without
    /// secrets; nil without a key.
    package var keyRequest: JSONObject?
    /// Words of the person's own, each once, in the order in which they were given. Written when the run is journaled, and
    /// from then on by ``HistoryStore/annotate(_:_:)`` alone, as are the next three.
    package var tags: [String] = []
    /// A person wants to find it again.
    package var isFavourite = false
    /// 1…5 stars; nil: it was not rated.
    package var rating: Int?
    /// A person's own words about it; nil: none.
    package var note: String?
    /// The pattern of the names of its files below ``outputFolder``; nil: a folder for each day, and words of the prompt.
    package var outputName: String?
    /// A file that lies under the name of one of its files is replaced; false: it stays, and the new one gets a number.
    package var overwritesOutputs = false

    /// A run that waits to be sent.
    package init(
        id: String = UUID().uuidString.lowercased(),
        model: String,
        input: JSONObject,
        prompt: String,
        origin: Origin,
        createdAt: Date,
        estimate: Estimate
    ) {
        self.id = id
        self.model = model
        self.input = input
        self.prompt = prompt
        self.origin = origin
        self.createdAt = createdAt
        self.estimate = estimate
        stage = .queued
        logs = ""
        outputs = []
    }
}
