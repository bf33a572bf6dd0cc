import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct LicensesCommandTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A package of `Package.resolved`.
    private struct Pins: Decodable {
        struct Pin: Decodable {
            struct State: Decodable {
                let revision: String
                let version: String?
            }
            let identity: String
            let location: String
            let state: State
        }
        let pins: [Pin]
    }

    private func file(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    @Test func `each package of Package resolved is named with its version`() throws {
        let pins = try JSONDecoder().decode(Pins.self, from: Data(try file("Package.resolved").utf8)).pins
        let known = Licenses.known().components
        #expect(!pins.isEmpty)
        for pin in pins {
            let part = known.first { $0.name == pin.identity }
            #expect(part?.version == pin.state.version, "\(pin.identity): run `make licenses`")
            #expect(part?.revision == pin.state.revision && part?.source == pin.location, "\(pin.identity)")
        }
        let packages = known.filter { $0.revision != nil }
        #expect(Set(packages.map(\.name)) == Set(pins.map(\.identity)))
    }

    @Test func `what Package swift depends on is linked, and each library that it links is named`() throws {
        let manifest = try file("Package.swift")
        let known = Licenses.known().components
        for match in manifest.matches(of: #/\.package\(url: "[^"]*\/([^"\/]+)"/#) {
            let part = known.first { $0.name == match.1.lowercased() }
            #expect(part?.linkage == .static, "\(match.1)")
        }
        let libraries = Set(known.flatMap { $0.libraries ?? [] })
        let named = manifest.matches(of: #/linkedLibrary\("([^"]+)"\)/#).map { String($0.1) }
        #expect(!named.isEmpty && named.allSatisfy(libraries.contains), "\(named)")
    }

    /// The list of the linker lies beside the tests; each module in it is one of ours or named.
    @Test func `each module that the linker gets is named`() throws {
        let list = Bundle.main.bundleURL.appending(path: "darkroom.product/Objects.LinkFileList")
        let text = try String(contentsOf: list, encoding: .utf8)
        let linked = Set(text.matches(of: #/\/([^\/\n]+)\.build\//#).map { String($0.1) })
        let own = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        let named = Licenses.known().components.flatMap { $0.modules ?? [] }
        #expect(linked.contains("Commands") && linked.contains("GRDB"))
        #expect(linked.subtracting(own).subtracting(named) == [], "run `make licenses`")
        #expect(Set(named).subtracting(linked) == [], "run `make licenses`")
    }

    @Test func `everything that is linked in has a text, and our own is the file LICENSE`() throws {
        let licenses = Licenses.known()
        for part in licenses.components {
            switch part.linkage {
            case .own, .runtime, .static:
                #expect(part.text.flatMap { licenses.texts[$0] }?.isEmpty == false, "\(part.name)")
            case .dynamic, .none: #expect(part.text == nil, "\(part.name)")
            }
        }
        let own = try #require(licenses.components.first)
        #expect(own.name == "darkroom" && own.license == "MIT" && own.version == Version.text)
        let text = try file("LICENSE").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(own.text.flatMap { licenses.texts[$0] } == text)
    }

    @Test func `the list, the texts, one of them, and JSON`() async throws {
        let commands = try CommandHarness()
        let list = try await commands.run("licenses")
        #expect(list.status == 0 && list.messages.contains("--texts"))
        #expect(list.lines.contains { $0.hasPrefix("grdb.swift") && $0.contains("MIT") })
        #expect(!list.output.contains("Apache License"))
        let all = try await commands.run("licenses", "--texts")
        #expect(all.output.contains("Apache License") && all.output.contains("Notice of swift-nio"))
        let one = try await commands.run("licenses", "yams")
        #expect(one.output.contains("JP Simard") && !one.output.contains("Apache License"))
        let json = try await commands.run("licenses", "yams", "--json")
        let value = try JSONValue(parsing: Data(json.output.utf8))
        #expect(value["components"]?.array?.first?["license"] == "MIT")
        let none = try await commands.run("licenses", "yam")
        #expect(none.status == 66 && none.messages.contains("did you mean yams"))
    }
}
