import Foundation

/// Opens a file with the desktop's own program.
enum DesktopOpener {
    /// Returns at once; where there is no desktop, nothing happens.
    static func open(_ path: String, environment: [String: String]) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xdg-open", path]
        // The opener needs the desktop's variables and nothing secret.
        process.environment = environment.filter { !$0.key.hasPrefix("REPLICATE_") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
