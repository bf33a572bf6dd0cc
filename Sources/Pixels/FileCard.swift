/// What is known of a file that is no picture and no film, for a card in the place of one.
package struct FileCard: Hashable, Sendable {
    /// What the file holds.
    package enum Kind: Hashable, Sendable {
        case audio, model3D, archive, document, text, other

        /// The word for it on a card.
        package var word: String {
            switch self {
            case .audio: "sound"
            case .model3D: "3D model"
            case .archive: "archive"
            case .document: "document"
            case .text: "text"
            case .other: "file"
            }
        }
    }

    /// What the file holds.
    package var kind: Kind
    /// A word such as `mp3`, from what the file holds, else from its name; empty: not known.
    package var format: String
    /// The size of the file.
    package var bytes: Int
    /// Of sound, in seconds; nil where it is not known.
    package var duration: Double?
    /// What else is known, each in a few words, such as `44.1 kHz` or `12 files`.
    package var details: [String]
    /// Names in an archive, the first of them; not safe for a terminal.
    package var names: [String]
    /// The loudest of each part of the sound, in order, all parts as long: 0 is silence, 255 as loud as can be. Empty: not
    /// known, or not yet.
    package var waveform: [UInt8]
    /// Of a text, all of it or its beginning; not safe for a terminal. Empty for any other kind.
    package var text: String
    /// What has to be done to see more, as a sentence; nil: nothing.
    package var advice: String?

    /// What is not given is not known.
    package init(
        kind: Kind,
        format: String,
        bytes: Int,
        duration: Double? = nil,
        details: [String] = [],
        names: [String] = [],
        waveform: [UInt8] = [],
        text: String = "",
        advice: String? = nil
    ) {
        self.kind = kind
        self.format = format
        self.bytes = bytes
        self.duration = duration
        self.details = details
        self.names = names
        self.waveform = waveform
        self.text = text
        self.advice = advice
    }
}
