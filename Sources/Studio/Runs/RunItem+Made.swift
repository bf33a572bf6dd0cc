import FileTypes
import ReplicateAPI

extension RunItem {
    /// What a run has made, where that is not one picture.
    package struct Made: Hashable, Sendable {
        /// The word for what it made, such as `film` or `text`; nil for pictures.
        package let noun: String?
        /// Files; 0: it has made a value, such as a text.
        package let count: Int
        /// How long a single film or sound is, as the server has counted it. nil: not known.
        package let seconds: Double?
    }

    /// Told without a look at the files; nil: nothing yet, or one picture.
    package var made: Made? {
        guard !outputs.isEmpty else {
            guard text != nil else { return nil }
            let value = raw["output"]
            let isText = value?.string != nil || value?.array?.first?.string != nil || value == nil
            return Made(noun: isText ? "text" : "data", count: 0, seconds: nil)
        }
        let kinds = Set(outputs.map { $0.type?.kind })
        let kind = kinds.count == 1 ? kinds.first ?? nil : nil
        if outputs.count == 1, kind == .picture || kind == nil { return nil }
        let counter: String? =
            switch kind {
            case .video where outputs.count == 1: "video_output_duration_seconds"
            case .audio where outputs.count == 1: "audio_output_duration_seconds"
            default: nil
            }
        return Made(
            noun: kinds.count > 1 ? "file" : kind.flatMap(Self.noun),
            count: outputs.count,
            seconds: counter.flatMap { raw["metrics"]?[$0]?.double }
        )
    }

    private static func noun(_ kind: FileType.Kind) -> String? {
        switch kind {
        case .picture: nil
        case .video: "film"
        case .audio: "sound"
        case .model3D: "3D model"
        case .archive: "archive"
        case .document, .page: "document"
        case .text: "text file"
        case .other: "file"
        }
    }
}
