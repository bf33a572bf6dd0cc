import Foundation
import Studio
import Synchronization
import Testing

@testable import StudioRuntime

struct ClipboardReaderTests {
    /// The smallest PNG that there is: one pixel.
    private static let pixel = Data(
        base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )!

    /// What is read where a program of this name is a script; `file` names its folder.
    private func read(
        _ name: String,
        _ script: String,
        environment: [String: String] = ["DISPLAY": ":0"]
    ) async throws -> (content: ClipboardContent, folder: URL) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clipboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let program = folder.appending(path: name)
        try Self.pixel.write(to: folder.appending(path: "pixel.png"))
        try Data("#!/bin/sh\nhere='\(folder.path)'\n\(script)\n".utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        let posted = Mutex<[StudioAction]>([])
        let reader = ClipboardReader(
            environment: environment.merging(["PATH": "\(folder.path):/usr/bin:/bin"]) { $1 },
            folder: folder.appending(path: "pasted"),
            post: { action in posted.withLock { $0.append(action) } }
        )
        await reader.read()
        let actions = posted.withLock { $0 }
        guard actions.count == 1, case .clipboardRead(let content) = actions[0] else {
            throw CocoaError(.featureUnsupported)
        }
        return (content, folder)
    }

    @Test func `a picture is kept in a file for its owner only`() async throws {
        let (content, folder) = try await read(
            "xclip",
            """
            case "$*" in
            *TARGETS*) printf 'TARGETS\\nUTF8_STRING\\nimage/png\\n' ;;
            *image/png*) cat "$here/pixel.png" ;;
            *) printf 'a text' ;;
            esac
            """
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        guard case .picture(let path) = content else { return #expect(Bool(false), "\(content)") }
        #expect(path.hasSuffix(".png"))
        #expect(try Data(contentsOf: URL(filePath: path)) == Self.pixel)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a text is read as it is`() async throws {
        let script = """
            case "$*" in *list-types*) printf 'text/plain\\n' ;; *no-newline*) printf 'ein Füchslein\\nrot' ;; esac
            """
        let (content, folder) = try await read("wl-paste", script, environment: ["WAYLAND_DISPLAY": "wayland-0"])
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(content == .text("ein Füchslein\nrot"))
    }

    @Test(arguments: [
        ("printf 'image/png\\n'; exit 0", "not a picture"), ("exit 0", "empty"),
    ])
    func `what cannot be taken is said`(script: String, reason: String) async throws {
        let (content, folder) = try await read("xclip", script)
        defer { try? FileManager.default.removeItem(at: folder) }
        guard case .nothing(let said) = content else { return #expect(Bool(false), "\(content)") }
        #expect(said.contains(reason))
    }

    @Test func `without a desktop the terminal's own key is named`() async throws {
        let (content, folder) = try await read("xclip", "exit 0", environment: [:])
        defer { try? FileManager.default.removeItem(at: folder) }
        guard case .nothing(let said) = content else { return #expect(Bool(false), "\(content)") }
        #expect(said.contains("terminal's own key"))
    }

    @Test func `the token does not reach the program`() async throws {
        let script = """
            case "$*" in *TARGETS*) printf 'UTF8_STRING\\n' ;; *) printf '%s' "${REPLICATE_API_TOKEN:-none}" ;; esac
            """
        let environment = ["DISPLAY": ":0", "REPLICATE_API_TOKEN": "r8_secret"]
        let (content, folder) = try await read("xclip", script, environment: environment)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(content == .text("none"))
    }
}

struct FolderReaderTests {
    @Test func `a folder is listed with the sizes of its pictures, under its short name`() throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID().uuidString)")
        let folder = home.appending(path: "Pictures")
        try FileManager.default.createDirectory(at: folder.appending(path: "old"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let pixel = Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )!
        try pixel.write(to: folder.appending(path: "a.png"))
        try Data("text".utf8).write(to: folder.appending(path: "notes.txt"))
        try Data("broken".utf8).write(to: folder.appending(path: "broken.jpg"))
        let posted = Mutex<[StudioAction]>([])
        let reader = FolderReader(
            home: home.path,
            file: { URL(filePath: $0.replacingOccurrences(of: "~", with: home.path)) },
            post: { action in posted.withLock { $0.append(action) } }
        )
        reader.list("~/Pictures/", .browsing(query: ""))
        reader.list("~/nowhere/", .browsing(query: ""))
        let actions = posted.withLock { $0 }
        guard case .folderListed(let listing, .browsing) = actions[0] else { return #expect(Bool(false), "\(actions)") }
        #expect(listing.path == "~/Pictures/")
        #expect(Set(listing.entries.map(\.name)) == ["a.png", "broken.jpg", "old"])
        let picture = try #require(listing.entries.first { $0.name == "a.png" })
        #expect(picture.width == 1 && picture.height == 1 && picture.bytes == pixel.count)
        #expect(listing.entries.first { $0.name == "broken.jpg" }?.width == nil)
        #expect(actions[1] == .folderFailed(reason: "~/nowhere cannot be read"))
    }
}
