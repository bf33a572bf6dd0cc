package import Foundation
import Glibc

/// A program without a terminal: its output, and how it ended.
///
/// Nothing here blocks a thread: a test that does holds up the servers of other tests, and with as many such tests as
/// there are processors, everything.
package final class RunningCommand: Sendable {
    private let files: [URL]
    private let process: pid_t
    private let ended: Task<Int32, Never>

    /// - Parameters:
    ///   - directory: where it runs, and where its output is kept.
    ///   - input: what it reads from standard input; nil: nothing.
    package init(
        _ program: String,
        _ arguments: [String],
        _ environment: [String: String],
        directory: URL,
        input: String? = nil
    ) throws {
        let id = UUID().uuidString
        files = ["out", "err"].map { directory.appending(path: "\(id).\($0)") }
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let handles = try files.map { try FileHandle(forWritingTo: $0) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        if let input {
            let file = directory.appending(path: "\(id).in")
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        let (stream, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
        self.process = process.processIdentifier
        ended = Task {
            var status: Int32 = -1
            for await end in stream { status = end }
            return status
        }
    }

    package func signal(_ number: Int32) { kill(process, number) }

    /// Its exit status, or the signal that ended it, once it has ended. Killed when the test's time is up.
    package var status: Int32 {
        get async {
            await withTaskCancellationHandler {
                await ended.value
            } onCancel: {
                signal(SIGKILL)
            }
        }
    }

    /// What it wrote in all.
    package var output: String {
        get async {
            _ = await status
            return written
        }
    }

    /// What it wrote to the standard error, in all.
    package var messages: String {
        get async {
            _ = await status
            return reported
        }
    }

    /// What it has written by now.
    package var written: String { text(files[0]) }

    /// What it has written to the standard error by now.
    package var reported: String { text(files[1]) }

    private func text(_ file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
}
