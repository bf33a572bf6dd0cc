import Foundation
import Glibc
package import History
import ReplicateAPI
import ReplicateClient

/// A file that was saved for a run, and what was known of it then.
package struct SavedFile: Hashable, Sendable {
    /// Absolute.
    package let path: String
    /// Bytes; nil: not known.
    package let size: Int64?
    /// Hexadecimal; nil: not known.
    package let sha256: String?

    /// What reading the file again found.
    package enum Finding: Hashable, Sendable {
        case right
        case missing
        /// Other bytes than were saved; how many there are now.
        case changed(size: Int64)
        case unreadable(reason: String)
    }

    /// Reads the whole file again and compares it with what was saved.
    package func check() -> Finding {
        do {
            let (size, sha256) = try Digest.sha256(ofFile: path)
            if let known = self.size, known != size { return .changed(size: size) }
            if let known = self.sha256, known != sha256 { return .changed(size: size) }
            return .right
        } catch let error as FileReadError {
            return error.code == ENOENT || error.code == ENOTDIR
                ? .missing : .unreadable(reason: String(cString: strerror(error.code)))
        } catch {
            return .unreadable(reason: "\(error)")
        }
    }
}

extension RunRecord {
    /// Every file that was saved for it. Of the one with what is no file, nothing but its place is known.
    package var savedFiles: [SavedFile] {
        outputs.compactMap { output in
            output.path.map { SavedFile(path: $0, size: output.size, sha256: output.sha256) }
        } + [valuesFile].compactMap { $0 }.map { SavedFile(path: $0, size: nil, sha256: nil) }
    }

    /// Paths of saved files that are not there any more.
    package var missingFiles: [String] {
        savedFiles.map(\.path).filter { !FileManager.default.fileExists(atPath: $0) }
    }

    /// Makes outputs unsaved again whose file is one of `paths`.
    mutating func forget(_ paths: Set<String>) {
        for index in outputs.indices where outputs[index].path.map(paths.contains) == true {
            outputs[index] = Output(url: outputs[index].url)
        }
        if valuesFile.map(paths.contains) == true { valuesFile = nil }
    }
}

extension RunRecord.Output {
    /// Its address; of a file that was put aside because it stood in the answer itself, the `data:` URI as it was, while
    /// that is at most 64 MB.
    package var address: String {
        guard InlineFiles.isReference(url), let path, size ?? .max <= 64 << 20,
            let bytes = FileManager.default.contents(atPath: path)
        else { return url }
        return "data:\(url.dropFirst(5).prefix { $0 != ";" });base64,\(bytes.base64EncodedString())"
    }
}

extension HistoryStore {
    /// Files of a run that may go with it: what a person has changed since, or what another run has made too, is not among them.
    package func removableFiles(of run: RunRecord) throws -> [SavedFile] {
        try run.savedFiles.filter { try $0.check() == .right && runs(named: $0.path, limit: 2).count == 1 }
    }
}
