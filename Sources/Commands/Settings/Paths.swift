import Foundation

/// Where everything lies: XDG's folders, or one folder that was named.
struct Paths: Hashable, Sendable {
    let config: URL
    let data: URL
    let state: URL
    /// What can be made again.
    let cache: URL

    /// - Parameter dataDir: holds data and state in one place; the config file stays where it is.
    init(environment: [String: String], home: URL, dataDir: String?) {
        func folder(_ name: String, _ standard: String) -> URL {
            let value = environment[name] ?? ""
            let base = value.hasPrefix("/") ? URL(filePath: value) : home.appending(path: standard)
            return base.appending(path: "darkroom")
        }
        config = folder("XDG_CONFIG_HOME", ".config")
        if let dataDir, !dataDir.isEmpty {
            data = URL(filePath: Self.expanded(dataDir, home: home))
            state = data
            cache = data.appending(path: "cache")
        } else {
            data = folder("XDG_DATA_HOME", ".local/share")
            state = folder("XDG_STATE_HOME", ".local/state")
            cache = folder("XDG_CACHE_HOME", ".cache")
        }
    }

    var configFile: URL { config.appending(path: "config.yaml") }
    /// Prompts by name.
    var libraryFile: URL { config.appending(path: "prompts.md") }
    /// The token that the guide of a first start has kept.
    var tokenFile: URL { config.appending(path: "token") }
    /// There once the guide of a first start came to its end.
    var guideMark: URL { state.appending(path: "guide-done") }
    var pricesFile: URL { config.appending(path: "prices.yaml") }
    var database: URL { data.appending(path: "history.sqlite") }
    /// A draft that the database did not take.
    var draftFile: URL { data.appending(path: "draft.json") }
    /// Texts that somebody wrote and the prompt could not take.
    var keptTexts: URL { data.appending(path: "kept") }
    /// Files of deleted runs.
    var trash: URL { data.appending(path: "trash") }
    /// Pictures from the desktop's clipboard.
    var pasted: URL { data.appending(path: "pasted") }
    var outputs: URL { data.appending(path: "outputs") }
    var webhookSecret: URL { data.appending(path: "webhook-secret") }
    /// Large files that stood in answers, until they are saved.
    var inline: URL { data.appending(path: "inline") }
    var thumbnails: URL { cache.appending(path: "thumbnails") }
    var log: URL { state.appending(path: "darkroom.log") }

    static func expanded(_ path: String, home: URL) -> String {
        if path == "~" { return home.path }
        return path.hasPrefix("~/") ? home.appending(path: String(path.dropFirst(2))).path : path
    }

    /// Makes a folder for its owner only.
    static func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }
}
