import Foundation
import Glibc

/// The `ffmpeg` program.
struct FFmpeg {
    let executable: String
    private let searchPath: String

    /// Searches folders that are separated by colons; nil when none contains an executable `ffmpeg`.
    init?(searchPath: String) {
        guard let found = ChildProcess.program("ffmpeg", in: searchPath) else { return nil }
        executable = found
        self.searchPath = searchPath
    }

    /// Files and pipes alone, whatever a file asks for.
    static let safety = [
        "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe",
    ]

    /// The named container prevents that ffmpeg reads the file as a playlist and fetches the addresses in it.
    static func input(_ url: URL, _ format: PictureFormat) -> [String] {
        ["-f", format == .webm ? "matroska" : "mov", "-i", "file:\(url.path)"]
    }

    /// The API token is in this process's environment; a decoder does not need it.
    var environment: [String] { ["PATH=\(searchPath)", "LC_ALL=C"] }

    /// The first frame of a local file, named by `input`, as the bytes of a PNG.
    func firstFrame(input: [String], limit: Duration) async throws(PictureError) -> Data {
        let run = ChildProcess(
            executable: executable,
            arguments: Self.safety + input + [
                "-an", "-sn", "-dn", "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "pipe:1",
            ],
            environment: environment
        )
        switch await run.output(limit: limit, atMost: PictureDecoder.longestFile) {
        // A failure shows in the picture, which is not complete then.
        case .finished(let output) where !output.isEmpty: return Data(output)
        case .finished, .failedToStart, .tooMuchOutput: throw .decoderFailed
        case .timedOut: throw .decoderTimedOut
        case .cancelled: throw .cancelled
        }
    }
}
