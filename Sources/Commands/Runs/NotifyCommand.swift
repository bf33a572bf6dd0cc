import Dispatch
import Foundation
import Glibc

/// A command of the person's own that is told that runs have ended. `sh` runs it, with a JSON object on its standard input.
struct NotifyCommand: Sendable {
    let command: String
    let surroundings: Surroundings

    /// Seconds in which its end is waited for. After that it goes on, and nobody is held up by it.
    var patience = 30.0

    /// Waits for its end, for ``patience``.
    ///
    /// - Parameters:
    ///   - body: JSON, on one line.
    ///   - facts: for its environment, as `DARKROOM_NAME`. Secrets of this program are not in it.
    ///   - output: where what it prints goes; nil: nowhere.
    /// - Returns: why it did not end well, as a sentence without a full stop; nil when it did.
    func run(_ body: String, facts: [String: String], output: Int32?) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        // The token is nobody's business but the API's.
        var environment = surroundings.environment
        for name in ["REPLICATE_API_TOKEN", "REPLICATE_API_KEY"] { environment[name] = nil }
        for (name, value) in facts { environment["DARKROOM_\(name)"] = value }
        process.environment = environment
        process.currentDirectoryURL = surroundings.folder
        let input = Pipe()
        process.standardInput = input
        let printed = output.map { FileHandle(fileDescriptor: $0) } ?? .nullDevice
        process.standardOutput = printed
        process.standardError = printed
        let end = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in end.signal() }
        do { try process.run() } catch {
            return "The notify command could not be started: \(error.localizedDescription)"
        }
        // A command that does not read its input must not be waited for.
        let handle = input.fileHandleForWriting
        Thread.detachNewThread {
            // One that ends without having read makes an error of the write, whatever this process does with the signal.
            var broken = sigset_t()
            sigemptyset(&broken)
            sigaddset(&broken, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &broken, nil)
            try? handle.write(contentsOf: Data("\(body)\n".utf8))
            try? handle.close()
        }
        guard end.wait(timeout: .now() + patience) == .success else {
            return "The notify command still runs after \(Int(patience)) seconds, and is not waited for any longer"
        }
        let status = process.terminationStatus
        return status == 0 ? nil : "The notify command ended with status \(status)"
    }
}
