import Foundation
import Pictures
import Predictions
import ReplicateClient
import Service
import Studio
import StudioUI

/// All settings, in the order command line, environment, config file, default; for the token, `.env` stands before the config
/// file, and the file of the guide after it. Its description holds no secret.
struct Settings: Sendable {
    var paths: Paths
    var baseURL: URL
    var token: Token?
    /// Where ``token`` is from; nil without one.
    var tokenSource: Credentials.Source?
    /// What the config file holds; nil: there is none.
    var file: ConfigurationFile?
    var imageModel: String
    var videoModel: String
    var spending: SpendingPolicy
    var outputs: URL
    var theme: ThemeFamily
    /// What can be chosen from: the built-in ones, and a person's own.
    var themes: [ThemeFamily] {
        ThemeFamily.all + (ThemeFamily.all.contains { $0.name == theme.name } ? [] : [theme])
    }
    var mouse: Bool
    /// How pictures are to be drawn.
    var pictures: PictureWish
    /// Saved pictures get into their files what made them.
    var metadata: Bool
    /// The studio in lines instead of a screen.
    var plain: Bool
    /// What may move on the screen by itself.
    var motion: StudioState.Motion
    /// What borders and signs are drawn with.
    var glyphs: Glyphs.Wish
    /// When a person is called because runs have ended.
    var notify: EndNotices.When
    /// A command that is run then; nil: none.
    var notifyCommand: String?
    var editing: EditingKeys
    /// How long an Esc may still become another key; nil: the program's own.
    var escapeTime: Duration?
    var keys: KeyTable
    /// How `darkroom serve` behaves.
    var service: ServiceConfiguration
    /// Words of the environment that decide how the terminal is treated.
    var environment: [String: String]

    /// Whose certificates are trusted: by the environment alone, because a `.env` file may be somebody else's.
    var trust: TrustStore { TrustStore(environment: environment) }

    /// Throws ``CommandError`` with a sentence when a setting cannot be read.
    ///
    /// - Parameter onMistake: gets what is wrong instead; the settings that could not be read are the standard ones then.
    static func load(
        _ options: GlobalOptions,
        _ context: CommandContext,
        outputDir: String? = nil,
        onMistake: ((CommandError) -> Void)? = nil
    ) throws -> Settings {
        try load(options.choices, context.surroundings, outputDir: outputDir, onMistake: onMistake)
    }

    static func load(
        _ options: GlobalChoices,
        _ surroundings: Surroundings,
        outputDir: String? = nil,
        onMistake: ((CommandError) -> Void)? = nil
    ) throws -> Settings {
        func reading<Value>(_ read: () throws -> Value, otherwise standard: @autoclosure () -> Value) throws -> Value {
            guard let onMistake else { return try read() }
            do { return try read() } catch let error as CommandError {
                onMistake(error)
                return standard()
            }
        }
        let environment = surroundings.environment
        let paths = Paths(
            environment: environment,
            home: surroundings.home,
            dataDir: options.dataDir ?? environment["DARKROOM_DATA_DIR"]
        )
        let found = try reading({ try configuration(at: paths.configFile) }, otherwise: nil)
        let file = found ?? ConfigurationFile()
        let credentials = try reading(
            {
                try Credentials(
                    options: options,
                    surroundings: surroundings,
                    file: file,
                    configurationPath: paths.configFile.path,
                    tokenFile: paths.tokenFile
                )
            },
            otherwise: Credentials()
        )
        let folder = outputDir ?? file.outputs
        if let folder, folder.isEmpty || folder.contains("\0") {
            throw CommandError(.usage, "The folder for outputs has no name: leave the setting out, or name one")
        }
        var service = file.service
        service.models.image = file.imageModel ?? DefaultModel.image
        service.models.video = file.videoModel ?? DefaultModel.video
        return Settings(
            paths: paths,
            baseURL: credentials.baseURL,
            token: credentials.token,
            tokenSource: credentials.source,
            file: found,
            imageModel: file.imageModel ?? DefaultModel.image,
            videoModel: file.videoModel ?? DefaultModel.video,
            spending: SpendingPolicy(budget: file.budget, cancelAfter: file.cancelAfter, hardware: file.hardware),
            outputs: folder.map { URL(filePath: Paths.expanded($0, home: surroundings.home)) } ?? paths.outputs,
            theme: try reading(
                { try theme(file.theme, paths: paths, home: surroundings.home) },
                otherwise: .auto
            ),
            mouse: file.mouse ?? true,
            pictures: file.pictures,
            metadata: file.metadata ?? true,
            plain: file.plain ?? false,
            motion: file.motion,
            glyphs: file.glyphs,
            notify: file.notify,
            notifyCommand: file.notifyCommand,
            editing: file.editing,
            escapeTime: file.escapeTime,
            keys: file.keys,
            service: service,
            environment: environment
        )
    }

    private static func theme(_ name: String?, paths: Paths, home: URL) throws -> ThemeFamily {
        guard let name else { return .auto }
        do throws(ThemeFile.Mistake) {
            return try ThemeFile.theme(name, folder: paths.configFile.deletingLastPathComponent(), home: home)
        } catch {
            throw CommandError(.usage, "\(paths.configFile.path): \(error.description)")
        }
    }

    private static func configuration(at file: URL) throws -> ConfigurationFile? {
        do {
            return try SettingsFile.text(at: file).map { try ConfigurationFile(yaml: $0, path: file.path) }
        } catch let error as ConfigurationFile.Mistake {
            throw CommandError(.usage, error.description)
        }
    }
}
