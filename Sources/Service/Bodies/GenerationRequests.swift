import Foundation
import ReplicateAPI

/// `{prompt, model?, seed?, input?}`.
struct ImageRequest: Hashable, Sendable {
    let prompt: String
    let model: ModelReference?
    /// Other inputs of the model.
    let input: JSONObject
    /// Those of ``input`` that have a field of their own in the body.
    let ownFields: Set<String>

    init(_ reader: inout FieldReader) {
        prompt = reader.prompt() ?? ""
        model = reader.model()
        (input, ownFields) = reader.inputs()
    }
}

/// `{image_urls, model?, prompt?, callback_url?, seed?, input?}`.
struct VideoRequest: Hashable, Sendable {
    /// May be empty, which is not the form's mistake.
    let imageURLs: [String]
    let model: ModelReference?
    let prompt: String?
    let callbackURL: String?
    let input: JSONObject
    /// Those of ``input`` that have a field of their own in the body.
    let ownFields: Set<String>

    init(_ reader: inout FieldReader, takesCallback: Bool) {
        imageURLs = reader.imageURLs()
        model = reader.model()
        callbackURL = takesCallback ? reader.callbackURL() : nil
        prompt = reader.optionalPrompt()
        (input, ownFields) = reader.inputs()
    }
}

/// `{prediction_id, timeout=600, interval=5}`, in seconds.
struct PollRequest: Hashable, Sendable {
    let id: String
    let timeout: Int64
    let interval: Int64

    init(_ reader: inout FieldReader) {
        id = reader.predictionID()
        timeout = reader.whole("timeout", standard: 600, least: 0)
        interval = reader.whole("interval", standard: 5, least: 0)
    }
}

/// `{num_images=0, video_duration=0}`, the duration in seconds.
struct CostRequest: Hashable, Sendable {
    let images: Int64
    let videoSeconds: Decimal

    /// What is above is no plan but a mistake.
    private static let most: Int64 = 1_000_000_000

    init(_ reader: inout FieldReader) {
        images = reader.whole("num_images", standard: 0, least: 0, most: Self.most)
        let seconds = reader.decimal("video_duration", standard: 0) ?? 0
        reader.check("video_duration", seconds, least: 0, most: Decimal(Self.most))
        videoSeconds = seconds
    }
}
