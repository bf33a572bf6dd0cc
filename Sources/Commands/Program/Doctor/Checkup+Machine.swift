import Foundation
import Glibc

extension Checkup {
    private var environment: [String: String] { settings.environment }

    // MARK: The terminal

    func terminal() -> [Finding] {
        let console = context.console
        let term = environment["TERM"] ?? ""
        // Into a pipe or a file, nothing can be said of the terminal: that is no fault.
        guard isatty(console.input) == 1, isatty(console.output) == 1 else {
            return [Finding(.note, "terminal", "the output goes to no terminal, so none was looked at")] + locale()
        }
        guard !term.isEmpty else {
            return [Finding(.fault, "terminal", "TERM is not set: the studio needs it")] + locale()
        }
        guard term != "dumb" else {
            return [Finding(.fault, "terminal", "TERM is dumb: `darkroom --plain` works on it")] + locale()
        }
        let color = environment["COLORTERM"] ?? "not set"
        return [Finding(.fine, "terminal", "\(term), COLORTERM \(color)")] + locale()
    }

    /// Without UTF-8 the screen is drawn with ASCII signs.
    private func locale() -> [Finding] {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let encoding = name.split(separator: ".").last?.lowercased().filter { $0 != "-" } ?? ""
        if encoding.hasPrefix("utf8") { return [] }
        let found = name.isEmpty ? "no locale is set" : "the locale \(name) is not UTF-8"
        return [Finding(.note, "locale", "\(found): LC_ALL=C.UTF-8 shows every sign")]
    }

    // MARK: The machine

    func machine() -> [Finding] {
        var findings = [disk(settings.outputs, "outputs"), disk(settings.paths.data, "data")].compactMap { $0 }
        if let proxy { findings.append(Finding(.note, "proxy", "\(proxy) carries the calls to the API")) }
        let ffmpeg = (environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/ffmpeg", X_OK) == 0 }
        findings.append(
            ffmpeg
                ? Finding(.fine, "video", "ffmpeg plays films that are not read here, and draws waveforms and AVIF")
                : Finding(.note, "video", "install ffmpeg to play every film, and to see waveforms and AVIF")
        )
        return findings
    }

    /// The proxy that the environment names for the API's host, without name and password; nil: none.
    var proxy: String? {
        let names = settings.baseURL.scheme == "http" ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]
        let all = names + ["all_proxy", "ALL_PROXY"]
        guard let text = all.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else { return nil }
        let address = text.split(separator: "@").last.map(String.init) ?? text
        return address.replacing("http://", with: "")
    }

    /// Less than this, in bytes, is soon full of films.
    private static let leastSpace: UInt64 = 1 << 30

    /// nil where there is room and files can be made. A folder that is not there yet is looked at by the one above it.
    private func disk(_ folder: URL, _ name: String) -> Finding? {
        var place = folder.standardizedFileURL
        while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
            place.deleteLastPathComponent()
        }
        guard access(place.path, W_OK) == 0 else {
            return Finding(
                .fault,
                "disk",
                "\(place.path) cannot be written: the \(name) go there; change its owner or mode"
            )
        }
        var space = statvfs()
        guard statvfs(place.path, &space) == 0 else { return nil }
        let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
        guard free < Self.leastSpace else { return nil }
        let text = "\(free >> 20) MB are left for the \(name) in \(place.path): `darkroom prune` removes old ones"
        return Finding(.fault, "disk", text)
    }
}
