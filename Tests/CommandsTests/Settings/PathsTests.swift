import Foundation
import Testing

@testable import Commands

struct PathsTests {
    private static let home = URL(filePath: "/home/p")

    private func paths(_ environment: [String: String] = [:], dataDir: String? = nil) -> Paths {
        Paths(environment: environment, home: Self.home, dataDir: dataDir)
    }

    @Test func `everything lies below the home where the environment says nothing`() {
        let paths = paths()
        #expect(paths.configFile.path == "/home/p/.config/darkroom/config.yaml")
        #expect(paths.pricesFile.path == "/home/p/.config/darkroom/prices.yaml")
        #expect(paths.database.path == "/home/p/.local/share/darkroom/history.sqlite")
        #expect(paths.outputs.path == "/home/p/.local/share/darkroom/outputs")
        #expect(paths.log.path == "/home/p/.local/state/darkroom/darkroom.log")
        #expect(paths.thumbnails.path == "/home/p/.cache/darkroom/thumbnails")
    }

    @Test(arguments: ["", "relative/path", "~/x"])
    func `a folder of the environment counts where it is absolute, as XDG says`(wrong: String) {
        let names = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"]
        let wanted = Dictionary(uniqueKeysWithValues: names.map { ($0, "/x/\($0)") })
        let named = paths(wanted)
        #expect(named.config.path == "/x/XDG_CONFIG_HOME/darkroom")
        #expect(named.data.path == "/x/XDG_DATA_HOME/darkroom")
        #expect(named.state.path == "/x/XDG_STATE_HOME/darkroom")
        #expect(named.cache.path == "/x/XDG_CACHE_HOME/darkroom")
        #expect(paths(wanted.mapValues { _ in wrong }) == paths())
    }

    @Test func `one folder holds data, state and cache, and the config file stays where it is`() {
        let paths = paths(["XDG_DATA_HOME": "/x"], dataDir: "~/mine")
        #expect(paths.data.path == "/home/p/mine")
        #expect(paths.log.path == "/home/p/mine/darkroom.log")
        #expect(paths.cache.path == "/home/p/mine/cache")
        #expect(paths.config.path == "/home/p/.config/darkroom")
        #expect(self.paths(dataDir: "") == self.paths())
    }

    @Test(arguments: [("~", "/home/p"), ("~/a/b", "/home/p/a/b"), ("~other/a", "~other/a"), ("/a/~", "/a/~")])
    func `a tilde is the home at the beginning alone`(text: String, path: String) {
        #expect(Paths.expanded(text, home: Self.home) == path)
    }

    @Test func `folders are made for their owner only, and those that are there stay`() throws {
        let folder = try TemporaryFolder()
        let made = folder.file("a/b")
        try Paths.make(made)
        try Paths.make(made)
        for url in [made, made.deletingLastPathComponent()] {
            let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
            #expect(mode as? Int == 0o700)
        }
        try folder.write("", to: "file")
        #expect(throws: (any Error).self) { try Paths.make(folder.file("file/x")) }
    }
}

struct TokenFileTests {
    private func mode(_ file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }

    @Test func `a token is kept for its owner alone, in a folder that is made, and read again`() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("new/token")
        #expect(try TokenFile.text(at: file) == nil)
        #expect(!TokenFile.isOpen(file))
        try TokenFile.keep("r8_one", at: file)
        try TokenFile.keep("r8_two", at: file)
        #expect(try TokenFile.text(at: file) == "r8_two")
        #expect(try mode(file) == 0o600)
        #expect(!TokenFile.isOpen(file))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("new").path) == ["token"])
    }

    @Test func `one that others can read is told, and closed when it is kept anew`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(" r8_one \n", to: "token")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect(TokenFile.isOpen(file))
        #expect(try TokenFile.text(at: file) == "r8_one")
        try TokenFile.keep("r8_two", at: file)
        #expect(try mode(file) == 0o600)
    }

    @Test func `behind a link the file is replaced and the link stays`() throws {
        let folder = try TemporaryFolder()
        let real = try folder.write("r8_one", to: "vault/token")
        let link = folder.file("token")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
        try TokenFile.keep("r8_two", at: link)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == real.path)
        #expect(try String(contentsOf: real, encoding: .utf8) == "r8_two\n")
    }

    @Test func `what cannot be written is told without the token, and blanks are no token`() throws {
        let folder = try TemporaryFolder()
        #expect(try TokenFile.text(at: folder.write(" \n\t\n", to: "blank")) == nil)
        try folder.write("", to: "file")
        let mistake = #expect(throws: SettingsFile.Mistake.self) {
            try TokenFile.keep("r8_secret", at: folder.file("file/token"))
        }
        #expect(mistake?.description.contains("cannot be written") == true)
        #expect(mistake?.description.contains("r8_secret") == false)
    }

    @Test func `a file of another's settings keeps its mode where that is asked for`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a", to: "config.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        try OwnFile.replace(file, with: "b", keepsMode: true)
        #expect(try mode(file) == 0o644)
        #expect(try String(contentsOf: file, encoding: .utf8) == "b")
    }
}
