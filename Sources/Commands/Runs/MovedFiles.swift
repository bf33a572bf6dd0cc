import Foundation
import Predictions
import ReplicateClient

/// Looks for files under other names, by their size and SHA-256.
struct MovedFiles {
    /// By the size of what is missing; a file of another size need not be read.
    private var missing: [Int64: [SavedFile]] = [:]
    private var looked = 0
    /// Where a missing file lies now, by its old path.
    private(set) var found: [String: String] = [:]

    init(_ files: [SavedFile]) {
        for file in files { if let size = file.size, file.sha256 != nil { missing[size, default: []].append(file) } }
    }

    /// - Parameter onProgress: gets how many files were looked at.
    mutating func look(below folder: URL, onProgress: (Int) -> Void) {
        let keys: [URLResourceKey] = [.isRegularFileKey, .fileSizeKey]
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)
        while !missing.isEmpty, let file = files?.nextObject() as? URL {
            looked += 1
            if looked.isMultiple(of: 200) { onProgress(looked) }
            guard let values = try? file.resourceValues(forKeys: Set(keys)), values.isRegularFile == true,
                let size = values.fileSize.map(Int64.init), let candidates = missing[size],
                let digest = try? Digest.sha256(ofFile: file.path)
            else { continue }
            for candidate in candidates where candidate.sha256 == digest.sha256 {
                found[candidate.path] = file.standardizedFileURL.path
            }
            let left = candidates.filter { $0.sha256 != digest.sha256 }
            missing[size] = left.isEmpty ? nil : left
        }
    }
}
