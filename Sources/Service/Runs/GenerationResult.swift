import History
import Predictions
import Pricing
import ReplicateAPI

/// How a run ended, in the words of the contract.
struct GenerationResult: Sendable {
    enum Kind: String, Sendable { case image, video }

    private let run: RunRecord
    private let kind: Kind

    init(_ run: RunRecord, kind: Kind) {
        self.run = run
        self.kind = kind
    }

    /// A run that was filtered ends well at the server and has nothing: that is no result.
    var succeeded: Bool { run.prediction?.status == .succeeded && run.prediction?.succeededWithoutOutput == false }

    /// Why there is no result; nil when there is one.
    var error: String? {
        if succeeded { return nil }
        if let failure = run.failure { return failure }
        if run.prediction?.succeededWithoutOutput == true { return "The model made nothing" }
        guard let prediction = run.prediction else { return run.status.rawValue }
        return prediction.error ?? "The prediction ended with the status \(prediction.status.rawValue)"
    }

    /// `{success, image_url, error, prediction_id}`, for a video with `video_url` and `duration_seconds`.
    var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        let url = text(succeeded ? run.outputs.first?.address ?? run.prediction?.outputURLs.first : nil)
        var members: JSONObject = [
            "success": .bool(succeeded), "error": text(error), "prediction_id": text(run.prediction?.id.rawValue),
        ]
        switch kind {
        case .image: members["image_url"] = url
        case .video:
            members["video_url"] = url
            members["duration_seconds"] = succeeded ? duration : .null
        }
        return .object(members)
    }

    /// Seconds of video: what the server counted, else the reference's two seconds an image.
    private var duration: JSONValue {
        if let counted = run.prediction?.metrics["video_output_duration_seconds"], counted.double != nil {
            return counted
        }
        let images = run.input.values.compactMap { $0.array?.count }.max() ?? 0
        return images > 0 ? .integer(Int64(images * ReferenceEstimate.secondsPerImage)) : .null
    }
}
