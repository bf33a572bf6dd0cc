import Foundation
import Glibc

/// The file of a batch, which is read twice: once to check and price it, once to run it. What cannot be read twice, such as
/// a pipe, is kept in a file until this value goes.
final class BatchSource {
    /// As it was named, for messages.
    let name: String
    private let path: String
    private let format: BatchFormat
    private let copy: URL?

    /// - Parameter format: nil: as the name or the beginning tells.
    init(_ file: String, _ format: BatchFormat?, _ context: CommandContext) throws {
        name = file == "-" ? "standard input" : file
        let isStandardInput = file == "-" || file == "/dev/stdin"
        let place = Paths.expanded(file, home: context.surroundings.home)
        var status = stat()
        if !isStandardInput {
            guard stat(place, &status) == 0 else {
                throw CommandError(.notFound, "\(file) cannot be read: \(String(cString: strerror(errno)))")
            }
            guard status.st_mode & S_IFMT != S_IFDIR else {
                throw CommandError(.usage, "\(file) is a folder: name the file with the lines")
            }
        }
        if !isStandardInput, status.st_mode & S_IFMT == S_IFREG {
            path = place
            copy = nil
        } else {
            let handle =
                isStandardInput
                ? FileHandle(fileDescriptor: context.console.input) : FileHandle(forReadingAtPath: place)
            guard let handle else { throw CommandError(.notFound, "\(file) cannot be read") }
            let spool = FileManager.default.temporaryDirectory
                .appending(path: "darkroom-batch-\(UUID().uuidString.lowercased())")
            copy = spool
            path = spool.path
            guard
                FileManager.default.createFile(
                    atPath: spool.path,
                    contents: nil,
                    attributes: [.posixPermissions: 0o600]
                ), let target = FileHandle(forWritingAtPath: spool.path)
            else { throw CommandError(.notWritable, "\(spool.path) cannot be written") }
            do {
                while true {
                    let piece: Data?
                    do { piece = try handle.read(upToCount: 1 << 16) } catch {
                        unlink(spool.path)
                        throw CommandError(.notFound, "\(name) cannot be read: it is a folder, or was cut off")
                    }
                    guard let piece, !piece.isEmpty else { break }
                    try target.write(contentsOf: piece)
                }
                try target.close()
            } catch let error as CommandError {
                throw error
            } catch {
                unlink(spool.path)
                throw CommandError(.notWritable, "\(name) cannot be kept: \(error.localizedDescription)")
            }
        }
        let head = FileHandle(forReadingAtPath: path).flatMap { try? $0.read(upToCount: 4_096) } ?? Data()
        self.format = format ?? BatchFormat(path: isStandardInput ? "" : file, beginning: head)
    }

    deinit { if let copy { unlink(copy.path) } }

    func reader() throws -> BatchReader { try BatchReader(path: path, format: format) }
}
