import Foundation
import Glibc

/// Files that a person wrote: settings, prices, themes, secrets, lists.
///
/// One that is there and cannot be read is a mistake, never as good as none: with it budgets and prices would vanish
/// without a word. Reading never waits: a pipe or a device in the place of a file is refused before it is opened.
enum SettingsFile {
    typealias Mistake = ConfigurationFile.Mistake

    /// Bytes that a file may have.
    static let most = 1 << 20

    /// The text of a file; nil when there is none. Throws ``Mistake`` with a sentence that names the file.
    static func text(at file: URL) throws(Mistake) -> String? {
        let path = file.path
        guard let real = realpath(path, nil) else {
            let reason = errno
            guard reason == ENOENT || reason == ENOTDIR else { throw mistake(path, unreadable(reason)) }
            if let link = brokenLink(onTheWayTo: path) { throw mistake(link, "is a link to nothing") }
            return nil
        }
        defer { free(real) }
        try check(String(cString: real), path)
        let descriptor = open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw mistake(path, unreadable(errno)) }
        defer { close(descriptor) }
        return try text(from: descriptor, name: path)
    }

    /// Everything that a file, a pipe or the standard input holds. Waits for its end.
    ///
    /// - Parameter name: for messages.
    static func text(from descriptor: Int32, name: String) throws(Mistake) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw mistake(name, unreadable(errno)) }
            if count == 0 { break }
            bytes += buffer.prefix(count)
            guard bytes.count <= most else { throw mistake(name, "is too large: at most 1 MB is read") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
            throw mistake("\(name), line \(line + 1)", "is no UTF-8: save it in that encoding")
        }
        return text
    }

    /// - Parameters:
    ///   - real: where the file is, without links.
    ///   - path: for messages.
    private static func check(_ real: String, _ path: String) throws(Mistake) {
        let facts = try? FileManager.default.attributesOfItem(atPath: real)
        switch facts?[.type] as? FileAttributeType {
        case .typeRegular?: break
        case .typeDirectory?: throw mistake(path, "is a folder where a file is expected")
        case nil: throw mistake(path, "cannot be read")
        default: throw mistake(path, "is no ordinary file")
        }
        guard (facts?[.size] as? Int).map({ $0 <= most }) ?? true else {
            throw mistake(path, "is too large: at most 1 MB is read")
        }
    }

    /// A file behind a link is there as far as the person knows: a volume that is not mounted is no reason to go on
    /// without it.
    private static func brokenLink(onTheWayTo path: String) -> String? {
        var way = ""
        for part in path.split(separator: "/") {
            way += "/\(part)"
            var target: Int8 = 0
            let isLink = readlink(way, &target, 1) >= 0
            if access(way, F_OK) != 0 { return isLink ? way : nil }
        }
        return nil
    }

    private static func mistake(_ file: String, _ what: String) -> Mistake { Mistake(description: "\(file) \(what)") }

    private static func unreadable(_ code: Int32) -> String { "cannot be read: \(String(cString: strerror(code)))" }
}
