import Foundation
import Pricing
import ReplicateAPI
import Service
import Testing

@testable import Commands

struct SettingTests {
    /// The file that a person gets who takes all signs of a comment away.
    private var sample: String {
        Setting.sample.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            .map { $0.hasPrefix("#") ? $0.dropFirst() : $0 }.joined(separator: "\n")
    }

    @Test func `the sample with every setting can be read, and has the standard values`() throws {
        let file = try ConfigurationFile(yaml: sample, path: "sample")
        let (usual, service) = (ConfigurationFile(), ServiceConfiguration())
        #expect(file.budget == Budget.standard && file.cancelAfter == usual.cancelAfter)
        #expect(file.imageModel == DefaultModel.image && file.videoModel == DefaultModel.video)
        #expect(
            file.pictures == usual.pictures && file.motion == usual.motion && file.glyphs == usual.glyphs
                && file.notify == usual.notify
        )
        #expect(file.editing == usual.editing && file.keys == usual.keys && file.notifyCommand == nil)
        #expect(file.metadata == true && file.mouse == true && file.plain == false && file.theme == "auto")
        #expect(file.service.host == service.host && file.service.port == service.port)
        #expect(file.service.rateLimit == service.rateLimit && file.service.timeout == service.timeout)
        #expect(file.service.cache == service.cache && file.service.proxies.header == service.proxies.header)
        #expect(file.service.queueLimit == service.queueLimit && file.service.width == service.width)
        #expect(file.service.creationsPerMinute == service.creationsPerMinute)
        #expect(file.service.bodyLimit == service.bodyLimit && file.service.patience == service.patience)
        #expect(file.service.drain == service.drain && file.service.savesOutputs && !file.service.isDebugging)
        #expect(!file.service.callbacks.allowsPrivate)
        // As it is printed everything is commented out.
        #expect(try ConfigurationFile(yaml: Setting.sample, path: "sample").imageModel == nil)
    }

    @Test(arguments: Setting.all)
    func `each setting is read by itself`(setting: Setting) throws {
        let yaml = setting.path.enumerated().map { depth, key in
            String(repeating: "  ", count: depth) + key + ":" + (depth == setting.path.count - 1 ? " " : "\n")
        }.joined()
        #expect(throws: Never.self) { try ConfigurationFile(yaml: yaml + setting.example, path: "c") }
        // Something reads it: a value of the wrong kind is refused.
        #expect(throws: ConfigurationFile.Mistake.self) { try ConfigurationFile(yaml: yaml + "[{a: [b]}]", path: "c") }
    }

    @Test func `names differ, and nothing is told in more than a line`() {
        #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
        for setting in Setting.all {
            #expect(setting.summary.count < 120 && !setting.summary.hasSuffix("."), "\(setting.name)")
        }
    }

    @Test func `the command lists them, and says which file it is about`() async throws {
        let commands = try CommandHarness()
        let list = try await commands.run("config")
        #expect(list.lines.count == Setting.all.count && list.status == 0)
        #expect(list.messages.contains(commands.paths.configFile.path))
        #expect(try await commands.run("config", "--sample").output == Setting.sample)
        let json = try JSONValue(parsing: Data(try await commands.run("config", "--json").output.utf8))
        #expect(json["settings"]?.array?.count == Setting.all.count)
        #expect(json["actions"]?.array?.contains { $0["name"] == "run" } == true)
    }
}
