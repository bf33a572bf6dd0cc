import Foundation
import Predictions
import ReplicateClient
import Service
import Studio
import StudioUI

/// All settings, in the order command line, environment, `.env`, config file, default. Its description holds no secret.
struct Settings: Sendable {
    var paths: Paths
    var baseURL: URL
    var token: Token?
    var imageModel: String
    var videoModel: String
    var spending: SpendingPolicy
    var outputs: URL
    var theme: Theme
    var mouse: Bool
    var editing: EditingKeys
    var keys: KeyTable
    /// How `darkroom serve` behaves.
    var service: ServiceConfiguration
    /// Words of the environment that decide how the terminal is treated.
    var environment: [String: String]

    /// Whose certificates are trusted: by the environment alone, because a `.env` file may be somebody else's.
    var trust: TrustStore { TrustStore(environment: environment) }

    static let defaultImageModel = "black-forest-labs/flux-schnell"
    static let defaultVideoModel = "fofr/skyreels-2"

    /// Throws ``CommandError`` with a sentence when a setting cannot be read.
    static func load(_ options: GlobalOptions, outputDir: String? = nil) throws -> Settings {
        let surroundings = Surroundings.current
        let environment = surroundings.environment
        let dotEnv = surroundings.dotEnv
        func variable(_ name: String) -> String? {
            [environment[name], dotEnv[name]].compactMap { $0 }.first { !$0.isEmpty }
        }
        let paths = Paths(
            environment: environment,
            home: surroundings.home,
            dataDir: options.dataDir ?? variable("DARKROOM_DATA_DIR")
        )
        let file = try configuration(at: paths.configFile)
        let address = options.baseURL ?? variable("REPLICATE_BASE_URL") ?? file.baseURL ?? ClientConfiguration.official
        let baseURL: URL
        do {
            baseURL = try ClientConfiguration.baseURL(address, allowingInsecure: options.insecureHTTP)
        } catch {
            throw CommandError(.usage, error.description)
        }
        let secret = variable("REPLICATE_API_TOKEN") ?? variable("REPLICATE_API_KEY") ?? file.token
        var token: Token?
        if let secret {
            token = Token(secret)
            if token == nil {
                throw CommandError(.noToken, "REPLICATE_API_TOKEN is not a token: it has blanks or signs")
            }
        }
        let folder = outputDir ?? file.outputs
        var service = file.service
        service.models.image = file.imageModel ?? defaultImageModel
        service.models.video = file.videoModel ?? defaultVideoModel
        return Settings(
            paths: paths,
            baseURL: baseURL,
            token: token,
            imageModel: file.imageModel ?? defaultImageModel,
            videoModel: file.videoModel ?? defaultVideoModel,
            spending: SpendingPolicy(budget: file.budget, cancelAfter: file.cancelAfter, hardware: file.hardware),
            outputs: folder.map { URL(filePath: Paths.expanded($0, home: surroundings.home)) } ?? paths.outputs,
            theme: try theme(file.theme, paths: paths, home: surroundings.home),
            mouse: file.mouse ?? true,
            editing: file.editing,
            keys: file.keys,
            service: service,
            environment: environment
        )
    }

    private static func theme(_ name: String?, paths: Paths, home: URL) throws -> Theme {
        guard let name else { return .darkroom }
        do throws(ThemeFile.Mistake) {
            return try ThemeFile.theme(name, folder: paths.configFile.deletingLastPathComponent(), home: home)
        } catch {
            throw CommandError(.usage, "\(paths.configFile.path): \(error.description)")
        }
    }

    private static func configuration(at file: URL) throws -> ConfigurationFile {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return ConfigurationFile() }
        do {
            return try ConfigurationFile(yaml: text, path: file.path)
        } catch {
            throw CommandError(.usage, error.description)
        }
    }
}

/// The one place that reads the environment.
struct Surroundings: Sendable {
    var environment: [String: String]
    var dotEnv: [String: String]
    var home: URL

    static var current: Surroundings {
        let text = try? String(contentsOf: URL(filePath: ".env"), encoding: .utf8)
        let environment = ProcessInfo.processInfo.environment
        // The variable comes first, as everywhere: the user database knows nothing of a service's or a test's home.
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        return Surroundings(
            environment: environment,
            dotEnv: DotEnv.parse(text ?? ""),
            home: home ?? FileManager.default.homeDirectoryForCurrentUser
        )
    }
}
