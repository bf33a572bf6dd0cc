import FileTypes
import Foundation
import Glibc
import ReplicateClient
import Testing

@testable import Predictions

struct OutputPlacementTests {
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "names-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func part(_ text: String, in folder: URL) throws -> String {
        let path = folder.appending(path: ".\(UUID().uuidString).part")
        try Data(text.utf8).write(to: path)
        return path.path
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test(arguments: [0, EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK])
    func `a file gets its name with or without hard links, and nobody's file is replaced`(code: Int32) throws {
        try inFolder { folder in
            let names = FinalName(folder: folder) { code == 0 ? FinalName.systemLink($0, $1) : code }
            try Data("somebody's".utf8).write(to: folder.appending(path: "a.tar.gz"))
            let first = try names.take(try part("one", in: folder), stem: "a", ending: "tar.gz")
            let second = try names.take(try part("two", in: folder), stem: "a", ending: "tar.gz")
            #expect([first, second].map { URL(filePath: $0).lastPathComponent } == ["a-2.tar.gz", "a-3.tar.gz"])
            #expect(try text(folder.appending(path: "a.tar.gz").path) == "somebody's")
            #expect(try text(first) == "one")
            #expect(try text(second) == "two")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
        }
    }

    @Test(arguments: [ENOSPC, EIO, EROFS])
    func `a folder that takes no name is said, and nothing is left in it`(code: Int32) throws {
        try inFolder { folder in
            let names = FinalName(folder: folder) { _, _ in code }
            let part = try part("one", in: folder)
            #expect(throws: DownloadError.self) { try names.take(part, stem: "a", ending: "png") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test func `before money is spent it is known whether the folder takes files`() throws {
        try inFolder { folder in
            let client = APIClient(
                configuration: ClientConfiguration(baseURL: folder, token: nil),
                transport: CurlTransport()
            )
            func obstacle(_ place: URL, _ code: Int32) -> String? {
                OutputSaver(client: client, folder: place) { code == 0 ? FinalName.systemLink($0, $1) : code }
                    .obstacle()
            }
            #expect(obstacle(folder, 0) == nil)
            #expect(obstacle(folder, EPERM) == nil)
            #expect(obstacle(folder, ENOSPC)?.contains("No space left") == true)
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            #expect(obstacle(file, 0)?.contains("cannot be") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
        }
    }

    private static let endings: [(head: String, contentType: String?, url: String, ending: String?)] = [
        ("<!DOCTYPE html>", "image/png", "https://h/a.png", nil),
        ("\u{FEFF} <!-- x --> <HEAD>", "image/png", "https://h/a", nil),
        ("<html>", "text/html", "https://h/a.mp4", nil), ("<html>", "text/html", "https://h/a.zip", nil),
        ("<html>", "text/html", "https://h/a.html", "html"), ("<html>", nil, "https://h/a.html", "html"),
        ("<html>", "application/octet-stream", "https://h/a.htm", "htm"),
        ("<html>", "text/html", "https://h/a", "html"),
        ("<p>x", "text/markdown", "https://h/a.md", "md"), ("<html>", "text/html", "data:text/html,x", "html"),
        ("<?xml version='1.0'?><a/>", "image/png", "https://h/a.png", "xml"),
        ("<?xml version='1.0'?><score/>", "application/octet-stream", "https://h/a.musicxml", "musicxml"),
        ("PK\u{3}\u{4}", "application/octet-stream", "https://h/model.pth", "pth"),
        ("PK\u{3}\u{4}", "image/png", "https://h/a.png", "zip"), ("no picture", "image/png", "https://h/a.png", "txt"),
        ("{\"a\":1}", "application/octet-stream", "https://h/a.gltf", "gltf"),
        ("\u{1}\u{2}", "audio/wav", "https://h/a", "wav"), ("\u{1}\u{2}", nil, "https://h/a.../..%2f", "bin"),
        ("\u{1}\u{2}", "image/png", "https://h/a.splat", "splat"), ("a,b", "text/csv", "https://h/x?y=a.b", "csv"),
    ]

    @Test(arguments: endings)
    func `bytes decide the ending, names where many formats begin alike, and a page is none but where it was promised`(
        head: String,
        contentType: String?,
        url: String,
        ending: String?
    ) {
        #expect(OutputEnding.of(head: Data(head.utf8), contentType: contentType, url: url) == ending)
    }

    @Test func `JSON in the place of a picture is none; a scene in glTF is JSON`() {
        let words = Data(#"{"detail":"expired"}"#.utf8)
        func ending(_ name: String) -> String? {
            OutputEnding.of(head: words, contentType: "application/json", url: "https://h/\(name)")
        }
        #expect(ending("out-0.webp") == nil && ending("film.mp4") == nil)
        #expect(ending("scene.gltf") != nil)
        #expect(ending("out.json") == "json")
        #expect(ending("out") == "json")
    }

    @Test func `a page at an address that promises nothing is none for a model that makes pictures`() {
        let page = Data("<html>".utf8)
        let url = "https://h/a"
        #expect(OutputEnding.of(head: page, contentType: "text/html", url: url, expected: .picture) == nil)
        #expect(OutputEnding.of(head: page, contentType: "text/html", url: url + ".html", expected: .picture) == "html")
    }
}
