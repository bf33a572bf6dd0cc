import Foundation
import Pictures
import ReplicateClient
import Studio

/// Reads the desktop's clipboard with the program that the desktop has for it: `wl-paste` on Wayland, `xclip` on X.
struct ClipboardReader: Sendable {
    /// Bytes of a picture.
    private static let largestPicture = 64 << 20
    /// Bytes of a text, as for what is pasted by the terminal.
    private static let longestText = 8 << 20
    private static let limit = Duration.seconds(5)
    /// The first that the clipboard has is taken.
    private static let pictureTypes = ["image/png", "image/webp", "image/jpeg", "image/gif"]

    let environment: [String: String]
    /// Where pictures are kept until they are uploaded, and for the next start.
    let folder: URL
    let post: Post

    /// Posts what the clipboard holds.
    func read() async { post(.clipboardRead(await content())) }

    private func content() async -> ClipboardContent {
        guard let source = Source(environment) else {
            return .nothing("No wl-paste or xclip here reads the clipboard: paste with the terminal's own key")
        }
        let types = await output(of: source, source.types, atMost: 1 << 16).map { String(decoding: $0, as: UTF8.self) }
        guard let types else { return .nothing("The clipboard does not answer") }
        let offered = Set(types.split(whereSeparator: \.isNewline).map(String.init))
        if let type = Self.pictureTypes.first(where: offered.contains) {
            guard let bytes = await output(of: source, source.content(type), atMost: Self.largestPicture) else {
                return .nothing("The picture in the clipboard is larger than 64 MB, or does not come")
            }
            return keep(Data(bytes))
        }
        let text = await output(of: source, source.text, atMost: Self.longestText)
        guard let text, !text.isEmpty else { return .nothing("The clipboard is empty") }
        return .text(String(decoding: text, as: UTF8.self))
    }

    private func output(of source: Source, _ arguments: [String], atMost: Int) async -> [UInt8]? {
        let process = ChildProcess(
            executable: source.program,
            arguments: arguments,
            // It needs the desktop's variables and nothing secret.
            environment: environment.filter { !$0.key.hasPrefix("REPLICATE_") }.map { "\($0.key)=\($0.value)" }
        )
        guard case .finished(let bytes) = await process.output(limit: Self.limit, atMost: atMost) else { return nil }
        return bytes
    }

    private func keep(_ data: Data) -> ClipboardContent {
        let format = PictureFormat.detect(data)
        guard format != .unknown else { return .nothing("What the clipboard holds is not a picture") }
        let name = "\(Digest.hex(Digest.sha256(data).prefix(8))).\(format.fileExtension)"
        let file = folder.appending(path: name)
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try data.write(to: file, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            return .picture(path: file.path)
        } catch {
            return .nothing("The picture cannot be written to \(folder.path)")
        }
    }
}

extension ClipboardReader {
    /// A program that prints the clipboard.
    private struct Source {
        let program: String
        /// Prints the types that it has, one a line.
        let types: [String]
        let text: [String]
        let content: @Sendable (String) -> [String]

        /// nil: there is none for this desktop.
        init?(_ environment: [String: String]) {
            let path = environment["PATH"] ?? ""
            if environment["WAYLAND_DISPLAY"] != nil, let program = ChildProcess.program("wl-paste", in: path) {
                self.program = program
                types = ["--list-types"]
                text = ["--no-newline"]
                content = { ["--type", $0] }
            } else if environment["DISPLAY"] != nil, let program = ChildProcess.program("xclip", in: path) {
                self.program = program
                let read = ["-selection", "clipboard", "-out"]
                types = read + ["-target", "TARGETS"]
                text = read + ["-target", "UTF8_STRING"]
                content = { read + ["-target", $0] }
            } else {
                return nil
            }
        }
    }
}
