import Foundation
import ReplicateAPI

/// A file of this computer that stands for an input until it is uploaded.
package struct InputUpload: Hashable, Sendable {
    /// How far the upload is; it begins with Run.
    package enum Progress: Hashable, Sendable {
        case waiting, uploading
        /// Reads after the input's name.
        case failed(reason: String)
    }

    /// As it was typed.
    package let path: String
    package var progress = Progress.waiting

    /// The file that a text names; nil: it names none.
    static func path(in text: String) -> String? {
        let text = text.trimmingCharacters(in: .whitespaces)
        let items = ImageListParser.items(in: text)
        // It is one path, whatever blanks and commas are in it.
        guard items.count == 1 else { return LocalImagePath.isRooted(text) ? text : nil }
        if LocalImagePath.isRooted(items[0]) { return items[0] }
        guard case .localFile(let path) = ImageItemState(for: items[0]) else { return nil }
        return path
    }
}

extension InputsForm {
    /// Why a file keeps Run from being pressed, with the input's name; nil: none does.
    var uploadObstacle: String? {
        fields.lazy.compactMap { field in
            uploads[field.name].map { upload in
                switch upload.progress {
                case .waiting, .uploading: "\(field.name) is still being uploaded"
                case .failed(let reason): "\(field.name) \(reason)"
                }
            }
        }.first
    }

    /// Whether a path is typed, or could be.
    var editsFile: Bool { editing.flatMap { self[$0.field] }.map(branched)?.kind == .file }

    /// Files whose upload has not begun; it has from now on.
    mutating func beginUploads() -> [(name: String, path: String)] {
        let waiting = fields.compactMap { field in
            uploads[field.name].flatMap { $0.progress == .waiting ? (name: field.name, path: $0.path) : nil }
        }
        for (name, _) in waiting { uploads[name]?.progress = .uploading }
        return waiting
    }

    /// What came of it; nothing where another value was set meanwhile.
    mutating func finishUpload(of name: String, path: String, _ result: Result<String, InputUploadFailure>) {
        guard uploads[name]?.path == path else { return }
        switch result {
        case .success(let url): set(.string(url), for: name)
        case .failure(let failure): uploads[name]?.progress = .failed(reason: failure.reason)
        }
    }
}

/// Why a file was not uploaded; reads after the input's name.
package struct InputUploadFailure: Error, Hashable, Sendable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}
