import Foundation
import Pixels
import Studio
import Testing

@testable import StudioRuntime

struct PicturePerformerTests {
    @Test(arguments: PixelDepth.allCases)
    func `a saved picture is rendered for the cells that were asked for`(depth: PixelDepth) async throws {
        try await withRuntime { bench in
            let file = bench.folder.appending(path: "pixel.png")
            try ImagePerformerTests.png.write(to: file)
            let key = PreviewKey(path: file.path, columns: 4, rows: 2, display: .init(depth: depth))
            bench.runtime.perform(.loadPreview(key))
            let picture = try await bench.posted.next { action -> RenderedPicture? in
                if case .previewLoaded(key, let picture) = action { picture } else { nil }
            }
            #expect((picture.cells.columns, picture.cells.rows) == (4, 2))
            #expect(picture.facts?.format == "png")
        }
    }

    @Test func `a file that is gone is told with the reason`() async throws {
        try await withRuntime { bench in
            let key = PreviewKey(path: bench.folder.appending(path: "gone.png").path, columns: 4, rows: 2)
            bench.runtime.perform(.loadPreview(key))
            let reason = try await bench.posted.next { action -> String? in
                if case .previewFailed(key, let reason) = action { reason } else { nil }
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test func `a desktop without an opener is told`() async throws {
        try await withRuntime(configure: { $0.environment = ["PATH": "/nonexistent"] }) { bench in
            bench.runtime.perform(.openFile(path: "/outputs/fox.png"))
            let path = try await bench.posted.next { if case .openFailed(let path) = $0 { path } else { nil } }
            #expect(path == "/outputs/fox.png")
        }
    }

    @Test func `the opener gets the file and nothing secret`() async throws {
        try await withRuntime { bench in
            let told = bench.folder.appending(path: "told")
            let opener = bench.folder.appending(path: "xdg-open")
            try Data("#!/bin/sh\n{ echo \"$1\"; env; } > '\(told.path)'\n".utf8).write(to: opener)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: opener.path)
            let environment = ["PATH": "\(bench.folder.path):/usr/bin:/bin", "REPLICATE_API_TOKEN": "r8_secret"]
            #expect(await DesktopOpener.open("/outputs/fox.png", environment: environment))
            let text = try String(contentsOf: told, encoding: .utf8)
            #expect(text.hasPrefix("/outputs/fox.png\n"))
            #expect(!text.contains("r8_secret"))
        }
    }
}
