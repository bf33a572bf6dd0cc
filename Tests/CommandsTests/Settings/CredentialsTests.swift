import ArgumentParser
import Foundation
import ReplicateClient
import Testing

@testable import Commands

/// What a `.env` file of the working directory may decide, and what not.
struct CredentialsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let foreign = "https://foreign.example/v1"

    private func settings(
        dotEnv: String,
        config: String? = nil,
        environment: [String: String] = [:],
        arguments: [String] = []
    ) throws -> Settings {
        try folder.write(dotEnv, to: "work/.env")
        if let config { try folder.write(config, to: ".config/darkroom/config.yaml") }
        let surroundings = Surroundings(
            environment: environment,
            home: folder.url,
            folder: folder.file("work")
        )
        return try Settings.load(GlobalOptions.parse(arguments).choices, surroundings)
    }

    @Test func `a token of the file goes to the file's host, or to the usual one`() throws {
        let own = try settings(dotEnv: "REPLICATE_API_TOKEN=r8_file\nREPLICATE_BASE_URL=\(Self.foreign)")
        #expect(own.token == Token("r8_file"))
        #expect(own.baseURL.absoluteString == Self.foreign)
        #expect(own.tokenSource == .dotEnv(folder.file("work/.env").path))
        let usual = try settings(dotEnv: "REPLICATE_API_KEY=r8_file", config: "token: r8_config")
        #expect(usual.token == Token("r8_file"))
        #expect(usual.baseURL.absoluteString == ClientConfiguration.official)
    }

    @Test func `a token of the environment or the config file never goes to the file's host`() throws {
        let dotEnv = "REPLICATE_BASE_URL=\(Self.foreign)"
        for both in [dotEnv, "REPLICATE_API_TOKEN=r8_file\n\(dotEnv)"] {
            for name in ["REPLICATE_API_TOKEN", "REPLICATE_API_KEY"] {
                #expect(throws: CommandError.self) { try settings(dotEnv: both, environment: [name: "r8_own"]) }
            }
        }
        #expect(throws: CommandError.self) { try settings(dotEnv: dotEnv, config: "token: r8_config") }
        // Where the person has said where it goes, it goes there.
        let here = "http://127.0.0.1:1/v1"
        let named = try settings(
            dotEnv: dotEnv,
            environment: ["REPLICATE_API_TOKEN": "r8_own", "REPLICATE_BASE_URL": here]
        )
        #expect(named.token == Token("r8_own"))
        #expect(named.baseURL.absoluteString == here)
        let optioned = try settings(
            dotEnv: dotEnv,
            environment: ["REPLICATE_API_TOKEN": "r8_own"],
            arguments: ["--base-url", here]
        )
        #expect(optioned.baseURL.absoluteString == here)
        let configured = try settings(dotEnv: dotEnv, config: "token: r8_config\nbase_url: \(here)")
        #expect(configured.token == Token("r8_config"))
        #expect(configured.baseURL.absoluteString == here)
    }

    @Test func `without a token the file names no host`() throws {
        let none = try settings(dotEnv: "REPLICATE_BASE_URL=\(Self.foreign)")
        #expect(none.token == nil)
        #expect(none.baseURL.absoluteString == ClientConfiguration.official)
    }

    @Test func `the file moves neither data nor settings, and sets nothing else`() throws {
        let dotEnv = """
            REPLICATE_API_TOKEN=r8_file
            DARKROOM_DATA_DIR=/nowhere
            XDG_DATA_HOME=/nowhere
            XDG_CONFIG_HOME=/nowhere
            XDG_STATE_HOME=/nowhere
            HOME=/nowhere
            HTTPS_PROXY=http://foreign.example
            SSL_CERT_FILE=/nowhere
            PATH=/nowhere
            EDITOR=rm
            """
        let settings = try settings(dotEnv: dotEnv)
        #expect(settings.paths == Paths(environment: [:], home: folder.url, dataDir: nil))
        #expect(settings.environment.isEmpty)
    }

    @Test func `a file that cannot be read is a mistake, unless the environment has a token`() throws {
        try folder.write("", to: "work/.env")
        let file = folder.file("work/.env")
        try Data([0x41, 0x3D, 0xFF]).write(to: file)
        let own = Surroundings(
            environment: ["REPLICATE_API_TOKEN": "r8_own"],
            home: folder.url,
            folder: folder.file("work")
        )
        #expect(try Settings.load(GlobalOptions.parse([]).choices, own).token == Token("r8_own"))
        let none = Surroundings(environment: [:], home: folder.url, folder: folder.file("work"))
        #expect(throws: CommandError.self) { try Settings.load(GlobalOptions.parse([]).choices, none) }
        // Python keeps its environments in folders of this name.
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
        #expect(try Settings.load(GlobalOptions.parse([]).choices, none).token == nil)
    }

    @Test func `doctor hears of every mistake and goes on with the standard settings`() throws {
        try folder.write("budget: [", to: ".config/darkroom/config.yaml")
        try folder.write("REPLICATE_API_TOKEN=two words", to: "work/.env")
        let surroundings = Surroundings(environment: [:], home: folder.url, folder: folder.file("work"))
        var mistakes: [String] = []
        let settings = try Settings.load(GlobalOptions.parse([]).choices, surroundings) {
            mistakes.append($0.description)
        }
        #expect(mistakes.count == 2)
        #expect(settings.token == nil)
        #expect(settings.file == nil)
    }
}
