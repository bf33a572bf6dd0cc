import FileTypes
package import Foundation
package import Pixels

/// Reads what is told of a file that is no picture and no film. All methods block; not for the main thread.
package struct FileCardReader: Sendable {
    /// Bytes of a text that are read.
    package static let mostText = 1 << 20
    private static let install = "install ffmpeg to see its waveform (Debian: apt install ffmpeg)"

    private let searchPath: String

    /// - Parameter searchPath: folders separated by colons, where `ffmpeg` is looked for; empty: nowhere.
    package init(searchPath: String) { self.searchPath = searchPath }

    /// What the beginning of a file says, and where it is short its end; nil: it is a picture or a film, damaged or not.
    ///
    /// - Throws: `unreadable`.
    package func card(of url: URL) throws(PictureError) -> FileCard? {
        let source = try ByteSource(contentsOf: url)
        let head = source.prefix(PictureFormat.headLength)
        let type = FileType.of(head: head, fileExtension: url.pathExtension)
        var card = FileCard(kind: .other, format: type?.fileExtension ?? "", bytes: source.count)
        switch type?.kind {
        case .picture?: return nil
        case .video?:
            // A film without pictures is sound.
            guard type == .mp4 || type == .mov || type == .webm, let sound = AudioFacts.withoutPictures(source, type)
            else { return nil }
            card.kind = .audio
            card.take(sound)
        case .audio?:
            card.kind = .audio
            if let facts = AudioFacts(source, type) { card.take(facts) }
        case .model3D?:
            card.kind = .model3D
            card.details = ModelFacts.words(source, type)
        case .archive?:
            card.kind = .archive
            if let contents = ArchiveContents(source, type) {
                card.details = [contents.count == 1 ? "1 entry" : "\(contents.count) entries"]
                card.names = contents.names
            }
            if type == .gzip, url.deletingPathExtension().pathExtension == "tar" { card.format = "tar.gz" }
        case .document?:
            card.kind = .document
        case .text?, .page?: card.take(text: source)
        case nil where PlainText.isLikely(head):
            card.format = url.pathExtension.isEmpty ? "txt" : url.pathExtension.lowercased()
            card.take(text: source)
        case .other?, nil:
            if card.format.isEmpty { card.format = url.pathExtension.lowercased() }
        }
        if card.kind == .audio, card.waveform.isEmpty, WaveFile(source)?.isReadable != true, type?.demuxer != nil,
            FFmpeg(searchPath: searchPath) == nil
        {
            card.advice = Self.install
        }
        return card
    }

    /// The waveform of sound, and how long it is where its beginning does not say: WAVE with plain samples is read here,
    /// any other by the first `ffmpeg` in the search path. Empty where neither can read it.
    ///
    /// Holds a few hundred kilobytes, however long the sound is.
    ///
    /// - Parameter isOver: asked several times a second; true gives it up.
    package func waveform(of url: URL, isOver: () -> Bool) throws(PictureError) -> (peaks: [UInt8], duration: Double?) {
        let source = try ByteSource(contentsOf: url)
        if let wave = WaveFile(source), wave.isReadable {
            return (wave.peaks(source, isOver: isOver), wave.facts.duration)
        }
        let head = source.prefix(PictureFormat.headLength)
        guard let demuxer = FileType.of(head: head, fileExtension: url.pathExtension)?.demuxer,
            let ffmpeg = FFmpeg(searchPath: searchPath)
        else { return ([], nil) }
        return ffmpeg.waveform(of: url, demuxer: demuxer, isOver: isOver)
    }
}

extension FileCard {
    fileprivate mutating func take(_ facts: AudioFacts) {
        duration = facts.duration
        details = facts.words
        if let codec = facts.codec { format = codec == format ? format : "\(format) (\(codec))" }
    }

    fileprivate mutating func take(text source: ByteSource) {
        kind = .text
        text = PlainText.read(source, most: FileCardReader.mostText)
        if source.count > FileCardReader.mostText { details = ["the first MB of it"] }
    }
}

extension FileType {
    /// What a file is: its first bytes decide, and where other formats begin with the same bytes, or with any, its name.
    static func of(head: [UInt8], fileExtension: String) -> FileType? {
        let detected = FileType.detect(head)
        if let detected, !detected.isGeneric { return detected }
        // A file that must begin otherwise is not what its name says.
        if let named = FileType(fileExtension: fileExtension), !named.hasSignature { return named }
        return detected
    }

    /// What ffmpeg calls the container of sound; nil: not known to it. Naming it prevents that a file is read as a playlist.
    var demuxer: String? {
        switch self {
        case .mp3: "mp3"
        case .wav: "wav"
        case .flac: "flac"
        case .ogg: "ogg"
        case .aac: "aac"
        case .aiff: "aiff"
        case .m4a, .mp4, .mov: "mov"
        case .webm: "matroska"
        default: fileExtension == "opus" ? "ogg" : nil
        }
    }
}

/// Text in a file.
enum PlainText {
    /// Whether bytes of which nothing is known are text: UTF-8 without control characters.
    static func isLikely(_ head: [UInt8]) -> Bool {
        guard !head.isEmpty, !head.contains(where: { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B }) else {
            return false
        }
        return String(validating: whole(head), as: UTF8.self) != nil
    }

    /// The first bytes as text, without the byte order mark; what is no UTF-8 or UTF-16 becomes U+FFFD.
    static func read(_ source: ByteSource, most: Int) -> String {
        let bytes = source.prefix(most)
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let isLittle = bytes[0] == 0xFF
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
                isLittle
                    ? UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
                    : UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
            }
            return String(decoding: units, as: UTF16.self)
        }
        let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        return String(decoding: source.count > most ? whole(Array(rest)) : rest, as: UTF8.self)
    }

    /// Without a character that is cut off at the end.
    private static func whole(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard let last = bytes.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }), bytes[last] >= 0xC0 else {
            return bytes[...]
        }
        let length = bytes[last] >= 0xF0 ? 4 : bytes[last] >= 0xE0 ? 3 : 2
        return last + length > bytes.count ? bytes[..<last] : bytes[...]
    }
}
