import Foundation
import Pictures

/// Opens a file with the desktop's own program.
enum DesktopOpener {
    /// Returns when the opener has ended; false where there is none, or it found no program for the file.
    static func open(_ path: String, environment: [String: String]) async -> Bool {
        guard let opener = ChildProcess.program("xdg-open", in: environment["PATH"] ?? "") else { return false }
        let process = Process()
        process.executableURL = URL(filePath: opener)
        process.arguments = [path]
        // The opener needs the desktop's variables and nothing secret.
        process.environment = environment.filter { !$0.key.hasPrefix("REPLICATE_") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return await withCheckedContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus == 0) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(returning: false)
            }
        }
    }
}
