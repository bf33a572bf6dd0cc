import Foundation
import Testing

@testable import Pictures

struct VideoFrameTests {
    private let frame = Sample.gradient(32, 24)
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A video of a codec that only ffmpeg could read.
    private func foreignVideo() throws -> URL {
        var muxer = MovieMuxer(samples: [Data("not a picture".utf8)])
        muxer.codec = "avc1"
        return try folder.file("clip.mp4", muxer.data)
    }

    /// Puts a shell script in ffmpeg's place; returns the path to search.
    private func ffmpeg(_ script: String) throws -> String {
        _ = try folder.script("ffmpeg", script)
        return "relative:/nowhere:\(folder.url.path)"
    }

    @Test(arguments: ["jpeg", "mjpa", "mp4v"], [true, false])
    func `motion jpeg needs no ffmpeg`(codec: String, hasUniformSizes: Bool) async throws {
        var muxer = MovieMuxer(samples: [Sample.jpeg(frame), Sample.jpeg(Sample.plain(32, 24, [0, 0, 0, 255]))])
        muxer.codec = codec
        muxer.hasUniformSizes = hasUniformSizes
        let url = try folder.file("clip.mp4", muxer.data)
        let bitmap = try await VideoFrame.first(of: url, searchPath: "")
        #expect(bitmap == (try PictureDecoder.decode(Sample.jpeg(frame))))
        let small = try await VideoFrame.first(of: url, fitting: (16, 16), searchPath: "")
        #expect((small.width, small.height) == (16, 12))
        let header = try #require(try PictureHeaderReader.read(contentsOf: url))
        #expect((header.width, header.height) == (32, 24))
        #expect(header.duration == 2.5)
    }

    @Test func `without ffmpeg other videos say what to install`() async throws {
        let url = try foreignVideo()
        await #expect(throws: PictureError.noDecoder) { try await VideoFrame.first(of: url, searchPath: "") }
        let header = try #require(try PictureHeaderReader.read(contentsOf: url))
        #expect((header.width, header.height) == (32, 24))
        #expect(header.duration == 2.5)
    }

    @Test func `a picture is no video`() async throws {
        let url = try folder.file("still.mp4", Sample.png(frame))
        await #expect(throws: PictureError.unsupported(.png)) { try await VideoFrame.first(of: url, searchPath: "") }
        let page = try folder.file("page.mp4", Data("<html>".utf8))
        await #expect(throws: PictureError.notAPicture) { try await VideoFrame.first(of: page, searchPath: "") }
    }

    @Test func `ffmpeg's picture is used, and ffmpeg gets no environment of this process`() async throws {
        let picture = try folder.file("frame.png", Sample.png(frame))
        let path = try ffmpeg(
            """
            printf '%s\\n' "$@" > "\(folder.url.path)/arguments"
            /usr/bin/env > "\(folder.url.path)/environment"
            wc -c < /dev/stdin > "\(folder.url.path)/input"
            cat '\(picture.path)'
            """
        )
        let url = try foreignVideo()
        #expect(try await VideoFrame.first(of: url, searchPath: path + ":/usr/bin:/bin") == frame)
        func written(_ name: String) throws -> [Substring] {
            try String(contentsOf: folder.url.appending(path: name), encoding: .utf8).split(separator: "\n")
        }
        let arguments = try written("arguments")
        #expect(arguments.contains("file:\(url.path)"))
        #expect(zip(arguments, arguments.dropFirst()).contains { $0 == ("-f", "mov") })
        #expect(zip(arguments, arguments.dropFirst()).contains { $0 == ("-protocol_whitelist", "file,pipe") })
        let shellsOwn: Set<Substring> = ["PWD", "OLDPWD", "SHLVL", "_"]
        let names = Set(try written("environment").compactMap { $0.split(separator: "=").first }).subtracting(shellsOwn)
        #expect(names == ["PATH", "LC_ALL"])
        #expect(try written("input") == ["0"])
    }

    @Test(arguments: ["exit 1", "echo no picture", "kill -9 $$", "exec 1>&-; exec sleep 1000"])
    func `a failing ffmpeg is one error`(script: String) async throws {
        let path = try ffmpeg(script)
        let url = try foreignVideo()
        await #expect(throws: PictureError.decoderFailed) { try await VideoFrame.first(of: url, searchPath: path) }
    }

    @Test func `an ffmpeg that hangs is killed after the limit`() async throws {
        let path = try ffmpeg("exec /bin/sleep 1000")
        let url = try foreignVideo()
        await #expect(throws: PictureError.decoderTimedOut) {
            try await VideoFrame.first(of: url, searchPath: path, limit: .milliseconds(50))
        }
    }

    @Test func `cancelling ends ffmpeg and its children`() async throws {
        let mark = folder.url.appending(path: "pid")
        let path = try ffmpeg(
            "/bin/sleep 1000 & echo $! > '\(mark.path).part'; mv '\(mark.path).part' '\(mark.path)'; wait"
        )
        let url = try foreignVideo()
        let task = Task {
            try await VideoFrame.first(of: url, searchPath: path + ":/usr/bin:/bin", limit: .seconds(600))
        }
        while !FileManager.default.fileExists(atPath: mark.path) { await Task.yield() }
        task.cancel()
        await #expect(throws: PictureError.cancelled) { try await task.value }
        let text = try String(contentsOf: mark, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        try await waitUntilGone(try #require(Int32(text)))
    }

    @Test func `a task cancelled beforehand does not wait`() async throws {
        let path = try ffmpeg("exec /bin/sleep 1000")
        let url = try foreignVideo()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await VideoFrame.first(of: url, searchPath: path, limit: .seconds(600))
        }
        task.cancel()
        await #expect(throws: PictureError.cancelled) { try await task.value }
    }

    @Test func `output beyond the limit ends the program`() async throws {
        let run = ChildProcess(executable: "/bin/cat", arguments: ["/dev/zero"], environment: [])
        #expect(await run.output(limit: .seconds(600), atMost: 1 << 20) == .tooMuchOutput)
    }

    @Test func `a missing program does not start`() async throws {
        let run = ChildProcess(executable: "/nowhere/ffmpeg", arguments: [], environment: [])
        #expect(await run.output(limit: .seconds(600), atMost: 1 << 20) == .failedToStart)
    }

    /// init reaps a killed grandchild. Until then it is a zombie, which no longer runs.
    private func waitUntilGone(_ id: Int32) async throws {
        while let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) {
            if status.contains(") Z ") || status.contains(") X ") { return }
            await Task.yield()
        }
    }
}
