package import FileTypes
import ReplicateAPI

extension RunOutput {
    /// What the file is: by the name that it was saved under, which its first bytes have chosen, else by what the server says,
    /// else by its address. nil: not known.
    package var type: FileType? {
        path.flatMap(Self.type(ofName:)) ?? contentType.flatMap { FileType(mediaType: $0) } ?? Self.type(ofName: url)
    }

    /// Whether a model could take it as an image or a film: it is one, or nobody knows yet what it is.
    package var isPictureOrFilm: Bool {
        switch type?.kind {
        case .picture?, .video?: true
        case .audio?, .model3D?, .archive?, .document?, .text?, .page?, .other?: false
        case nil: path == nil
        }
    }

    /// Whether it is a film; animations are known as such only when they are read.
    package var isFilm: Bool { type?.kind == .video }

    /// A word such as `mp3`; nil: not known.
    package var format: String? { type?.fileExtension }

    private static func type(ofName name: String) -> FileType? {
        if name.utf8.prefix(5).elementsEqual("data:".utf8) {
            return FileType(mediaType: String(name.dropFirst(5).prefix(100).prefix { $0 != "," }))
        }
        let last = name.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last ?? ""
        guard let dot = last.lastIndex(of: ".") else { return nil }
        return FileType(fileExtension: String(last[last.index(after: dot)...]))
    }
}

extension RunItem {
    /// The addresses of the files that it was given, by the names of their inputs.
    package var inputFiles: [String] {
        input.sorted { $0.key < $1.key }.flatMap { Self.files(in: $0.value) }
    }

    private static func files(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text):
            let isAddress = ["https://", "http://", "data:"].contains { text.utf8.starts(with: $0.utf8) }
            return isAddress && !text.utf8.prefix(2_000).contains(0x20) ? [text] : []
        case .array(let elements): return elements.flatMap(files)
        case .object, .number, .integer, .unsigned, .bool, .null: return []
        }
    }
}
