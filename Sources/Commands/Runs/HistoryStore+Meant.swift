import Foundation
import History
import ReplicateAPI

extension HistoryStore {
    /// The run that a person means by an id, by any unique beginning of one, or by a file; nil: there is none here.
    ///
    /// Throws ``CommandError`` when several begin so.
    func run(meant name: String) throws -> RunRecord? {
        // A path is what it names from here; a name alone is one of whatever folder.
        let isPath = name.contains("/") || FileManager.default.fileExists(atPath: name)
        let path = isPath ? URL(filePath: name).standardizedFileURL.path : name
        var found = try runs(named: path)
        if found.isEmpty, isPath { found = try runs(named: URL(filePath: name).lastPathComponent) }
        let exact = found.filter { $0.id == name || $0.prediction?.id.rawValue == name }
        if let run = exact.first ?? (found.count == 1 ? found[0] : nil) { return run }
        guard !found.isEmpty else { return nil }
        let names = found.prefix(5).map { $0.prediction?.id.rawValue ?? $0.id }.joined(separator: ", ")
        throw CommandError(.usage, "\(name) is the beginning of several: \(names)\(found.count > 5 ? ", …" : "")")
    }
}
