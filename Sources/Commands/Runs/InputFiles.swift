import Composing
import Foundation
import Glibc
import ReplicateAPI
import StudioRuntime
import Synchronization

/// Files and standard input of one command, each read once: what cannot be read twice, such as a pipe, is kept in a file
/// of its own until this value goes.
///
/// May be used from any thread.
final class InputFiles: Sendable {
    private struct State {
        var files: [String: InputFile] = [:]
        var text: String?
        /// What standard input was read for; nil: nothing yet.
        var use: String?
        var spool: URL?
    }

    private let descriptor: Int32
    private let home: URL
    private let state = Mutex(State())

    convenience init(_ context: CommandContext) {
        self.init(standardInput: context.console.input, home: context.surroundings.home)
    }

    init(standardInput: Int32, home: URL) {
        descriptor = standardInput
        self.home = home
    }

    deinit { if let spool = state.withLock({ $0.spool }) { try? FileManager.default.removeItem(at: spool) } }

    /// What standard input holds, as text without the line break at its end. Throws ``CommandError`` when there is nothing,
    /// and when something else has read it.
    ///
    /// - Parameter use: what it is read for, such as `the prompt`.
    func standardText(for use: String) throws -> String {
        try state.withLock { state in
            try Self.claim(&state, use)
            if let text = state.text { return text }
            guard let data = Self.everything(from: descriptor) else {
                throw CommandError(.usage, "Standard input cannot be read: \(Self.reason())")
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw CommandError(.usage, "Standard input is no UTF-8: write \(use) in that encoding")
            }
            var read = Self.withoutMark(text)
            if read.last?.isNewline == true { read.removeLast() }
            guard !read.isEmpty else { throw CommandError(.usage, "Standard input holds nothing for \(use)") }
            state.text = read
            return read
        }
    }

    /// The text of a file, or of standard input where it is `-`.
    func text(of path: String, for use: String) throws -> String {
        if Self.isStandardInput(path) { return try standardText(for: use) }
        let place = Paths.expanded(path, home: home)
        let handle = FileHandle(forReadingAtPath: place)
        guard let handle else { throw CommandError(.notFound, "\(path) cannot be read: \(Self.reason())") }
        let text: String
        do throws(SettingsFile.Mistake) {
            text = try SettingsFile.text(from: handle.fileDescriptor, name: path)
        } catch {
            throw CommandError(.usage, error.description)
        }
        return Self.withoutMark(text)
    }

    /// A file for an input, with what a look at it tells. `-` is standard input, `~/` the person's home; a pipe or a device
    /// is read to its end.
    func look(at path: String) throws -> InputFile {
        if let known = state.withLock({ $0.files[path] }) { return known }
        let file = try read(path)
        // A file can be looked at again, and a batch may name any number of them.
        if file.path != Paths.expanded(path, home: home) { state.withLock { $0.files[path] = file } }
        return file
    }

    private func read(_ path: String) throws -> InputFile {
        if Self.isStandardInput(path) {
            try state.withLock { try Self.claim(&$0, "a file") }
            return try spool(descriptor, of: path, as: "stdin")
        }
        let place = Paths.expanded(path, home: home)
        var status = stat()
        guard stat(place, &status) == 0 else { return InputFile(lookingAt: place) }
        guard [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT) else { return InputFile(lookingAt: place) }
        let pipe = open(place, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard pipe >= 0 else { return InputFile(path: path, size: nil, obstacle: .unreadable) }
        defer { close(pipe) }
        return try spool(pipe, of: path, as: URL(filePath: place).lastPathComponent)
    }

    /// nil when it cannot be read; `errno` has the reason.
    private static func everything(from descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Without the mark that some editors put before a text. Elsewhere in it the same character is a part of it.
    private static func withoutMark(_ text: String) -> String {
        text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    private static func isStandardInput(_ path: String) -> Bool { path == "-" || path == "/dev/stdin" }

    private static func claim(_ state: inout State, _ use: String) throws {
        guard let before = state.use, before != use || state.text == nil else {
            state.use = use
            return
        }
        throw CommandError(.usage, "Standard input can hold \(before) or \(use), not both")
    }

    /// Copies what the descriptor holds into a file, at most what can be uploaded.
    ///
    /// - Parameter path: what the person calls it.
    private func spool(_ source: Int32, of path: String, as name: String) throws -> InputFile {
        let folder = try spoolFolder().appending(path: UUID().uuidString.lowercased())
        do { try Paths.make(folder) } catch { throw Self.unwritable(folder) }
        let file = folder.appending(path: name)
        let target = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard target >= 0 else { throw Self.unwritable(folder) }
        defer { close(target) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var size = 0
        while true {
            let count = Glibc.read(source, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandError(.usage, "\(name) cannot be read: \(Self.reason())") }
            if count == 0 { break }
            size += count
            guard size <= StoredFile.mostBytes else { break }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw Self.unwritable(folder) }
                rest = rest.dropFirst(written)
            }
        }
        // Too large a one is refused by its size.
        var copy =
            size > StoredFile.mostBytes ? InputFile(path: file.path, size: size) : InputFile(lookingAt: file.path)
        copy.shownPath = path
        return copy
    }

    private func spoolFolder() throws -> URL {
        try state.withLock { state in
            if let spool = state.spool { return spool }
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "darkroom-\(UUID().uuidString.lowercased())")
            do { try Paths.make(folder) } catch { throw Self.unwritable(folder) }
            state.spool = folder
            return folder
        }
    }

    private static func unwritable(_ folder: URL) -> CommandError {
        CommandError(.notWritable, "\(folder.path) cannot be written: \(reason())")
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
