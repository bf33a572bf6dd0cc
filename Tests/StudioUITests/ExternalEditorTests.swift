import Foundation
import Studio
import Testing

@testable import StudioUI

struct ExternalEditorTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "darkroom-editor-\(UUID().uuidString)")

    /// What becomes of `data` that an editor left in place of `original`, and of the file.
    private func take(
        _ data: Data?,
        original: String = "before",
        hasEndedWell: Bool = true
    ) throws -> (result: Result<String, ExternalEditor.Failure>, file: URL, kept: [URL]) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "prompt.txt")
        try data?.write(to: file)
        let keptTexts = folder.appending(path: "kept")
        let editor = ExternalEditor(keptTexts: keptTexts, environment: ["EDITOR": "ed"])
        let result = editor.take(file, original: Data(original.utf8), hasEndedWell: hasEndedWell)
        let kept = (try? FileManager.default.contentsOfDirectory(at: keptTexts, includingPropertiesForKeys: nil)) ?? []
        for place in kept { #expect(try Data(contentsOf: place) == data) }
        if case .failure(let failure) = result, let place = kept.first {
            #expect(failure.description.contains(place.path))
        }
        #expect(!FileManager.default.fileExists(atPath: file.path))
        return (result, file, kept)
    }

    @Test func `what was saved is the prompt, without the editor's last line break`() throws {
        let (result, _, kept) = try take(Data("after\n".utf8))
        #expect(try result.get() == "after")
        #expect(kept.isEmpty)
    }

    @Test func `what is not UTF-8 is kept and named`() throws {
        let (result, _, kept) = try take(Data([0x63, 0x61, 0x66, 0xE9]))
        #expect(throws: ExternalEditor.Failure.self) { try result.get() }
        #expect(kept.count == 1)
    }

    @Test func `what is longer than a prompt can be is kept and named`() throws {
        let (result, _, kept) = try take(Data(String(repeating: "x", count: TextEditor.defaultLimit + 1).utf8))
        #expect(throws: ExternalEditor.Failure.self) { try result.get() }
        #expect(kept.count == 1)
    }

    @Test func `an editor that fails loses nothing that was saved`() throws {
        let (result, _, kept) = try take(Data("after".utf8), hasEndedWell: false)
        #expect(throws: ExternalEditor.Failure.self) { try result.get() }
        #expect(kept.count == 1)
        let unchanged = try take(Data("before".utf8), hasEndedWell: false)
        #expect(throws: ExternalEditor.Failure.self) { try unchanged.result.get() }
        #expect(unchanged.kept.isEmpty)
    }

    @Test func `a file that is gone is said to be`() throws {
        let (result, file, _) = try take(nil)
        guard case .failure(let failure) = result else {
            Issue.record("there was nothing to take")
            return
        }
        #expect(failure.description.contains(file.path))
    }

    @Test(arguments: [
        ([:], "vi"), (["EDITOR": ""], "vi"), (["VISUAL": " ", "EDITOR": "nano -w"], "nano -w"),
        (["VISUAL": "code -w", "EDITOR": "nano"], "code -w"),
    ]) func `an empty variable names no editor`(environment: [String: String], command: String) {
        #expect(ExternalEditor(keptTexts: folder, environment: environment).command == command)
    }

    @Test func `a copy that is cut says so, and is cut between characters`() {
        #expect(!Clipboard.sequence(for: "short").isCut)
        let (bytes, isCut) = Clipboard.sequence(for: String(repeating: "ä", count: Clipboard.mostBytes))
        #expect(isCut)
        let body = String(decoding: bytes.dropFirst(7).dropLast(), as: UTF8.self)
        #expect(Data(base64Encoded: body).flatMap { String(validating: $0, as: UTF8.self) } != nil)
    }
}
