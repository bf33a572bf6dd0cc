import Foundation
import Glibc
import History
import Predictions
import ReplicateAPI
import ReplicateClient

/// The first file of a run that was there already, brought to where this order wants it: a copy, because what was saved
/// before stays where it is.
struct ReusedFile {
    let run: RunRecord
    let place: URL
    let overwrites: Bool

    /// The run with the file at its place; the record in the history is as it was. A file that somebody else has there
    /// stays, unless it is to be overwritten.
    func brought(_ console: Console) throws -> RunRecord {
        guard let first = run.outputs.first, let source = first.path, source != place.path,
            FileManager.default.fileExists(atPath: source)
        else { return run }
        var moved = run
        moved.outputs[0].path = place.path
        if FileManager.default.fileExists(atPath: place.path) {
            if (try? Digest.sha256(ofFile: place.path))?.sha256 == first.sha256, first.sha256 != nil { return moved }
            guard overwrites else {
                console.say("\(place.path) is another file, and stays: what was made before is \(source)")
                return run
            }
        }
        let part = place.deletingLastPathComponent().appending(path: ".\(UUID().uuidString.lowercased()).part")
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(at: URL(filePath: source), to: part)
        } catch {
            unlink(part.path)
            throw CommandError(.notWritable, "\(place.path) cannot be written; what was made is \(source)")
        }
        defer { unlink(part.path) }
        guard FinalName.isReplaceable(place.path) else {
            throw CommandError(.notWritable, "\(place.path) is no regular file; what was made is \(source)")
        }
        // Only a name that nobody has is given without being told to overwrite.
        let isPlaced = overwrites ? rename(part.path, place.path) == 0 : link(part.path, place.path) == 0
        guard isPlaced else {
            throw CommandError(.notWritable, "\(place.path) cannot be written; what was made is \(source)")
        }
        return moved
    }
}

extension RunReport {
    /// Writes the bytes of the first file to standard output. Throws ``CommandError`` when there is none.
    func writeFile(to console: Console) throws {
        guard let path = run.outputs.first?.path, let handle = FileHandle(forReadingAtPath: path) else {
            let reason = error ?? "what it made is no file, or is not saved"
            throw CommandError(exitStatus == .done ? .failed : exitStatus, reason)
        }
        while let piece = try? handle.read(upToCount: 1 << 20), !piece.isEmpty { try console.write(bytes: piece) }
        for more in run.outputs.dropFirst().compactMap(\.path) { console.say("More of it: \(more)") }
        console.say("It is also in \(path)")
    }
}
