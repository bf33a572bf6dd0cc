import Foundation
import Glibc

/// The `ffmpeg` program, if there is one.
struct FFmpeg {
    let executable: String
    private let searchPath: String

    /// Looks through folders separated by colons; nil when none holds an executable `ffmpeg`. Relative folders are
    /// skipped: what runs must not depend on where the program was started.
    init?(searchPath: String) {
        let candidates: [String] = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/ffmpeg" }
        guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else { return nil }
        executable = found
        self.searchPath = searchPath
    }

    /// The first frame of a local file as the bytes of a PNG.
    func firstFrame(of url: URL, format: PictureFormat, limit: Duration) async throws(PictureError) -> Data {
        let arguments = [
            "-nostdin", "-hide_banner", "-loglevel", "error",
            // Naming the container keeps ffmpeg from taking the file for a playlist and fetching what that lists.
            "-protocol_whitelist", "file", "-f", format == .webm ? "matroska" : "mov", "-i", "file:\(url.path)",
            "-an", "-sn", "-dn", "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "pipe:1",
        ]
        // The API token is in our own environment; a decoder has no business with it.
        let run = ChildRun(
            executable: executable,
            arguments: arguments,
            environment: ["PATH=\(searchPath)", "LC_ALL=C"]
        )
        switch await run.output(limit: limit, atMost: PictureDecoder.longestFile) {
        // Whether it ended well shows in whether the picture is whole.
        case .finished(let output) where !output.isEmpty: return Data(output)
        case .finished, .failedToStart, .tooMuchOutput: throw .decoderFailed
        case .timedOut: throw .decoderTimedOut
        case .cancelled: throw .cancelled
        }
    }
}
