import Foundation

/// The one place that reads the environment.
struct Surroundings: Sendable {
    var environment: [String: String]
    var home: URL
    /// The working directory.
    var folder: URL

    static var current: Surroundings {
        let environment = ProcessInfo.processInfo.environment
        // The variable comes first, as everywhere: the user database knows nothing of a service's or a test's home.
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        return Surroundings(
            environment: environment,
            home: home ?? FileManager.default.homeDirectoryForCurrentUser,
            folder: URL(filePath: FileManager.default.currentDirectoryPath)
        )
    }
}
