import Foundation

/// Whether every page of a database is looked at when it is opened: that takes a second for some hundred thousand runs.
///
/// A small file is always looked at, a large one when a week has passed or nobody knows when it was. A program that ends
/// without closing the file is no reason: the log ahead of every write is for that.
struct WholeCheck: Sendable {
    /// Bytes that are looked at in a few milliseconds.
    private static let small = 8 << 20
    private static let pause: TimeInterval = 7 * 86_400

    /// The file has to be looked at now.
    let isDue: Bool
    /// Its time is when the file was looked at last.
    private let marker: String
    private let isSmall: Bool

    /// To be made before anybody opens the file.
    init(_ path: String, now: Date = Date()) {
        marker = path + "-checked"
        func facts(_ path: String) -> (size: Int, time: Date)? {
            guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
            return (facts[.size] as? Int ?? 0, facts[.modificationDate] as? Date ?? .distantPast)
        }
        let age = facts(marker).map { now.timeIntervalSince($0.time) } ?? .infinity
        isSmall = (facts(path)?.size ?? 0) <= Self.small
        isDue = isSmall || !(0..<Self.pause).contains(age)
    }

    /// It was looked at, and all of it is right.
    func note() {
        guard !isSmall else { return }
        // Where no marker can be written it is looked at again.
        _ = FileManager.default.createFile(atPath: marker, contents: nil, attributes: [.posixPermissions: 0o600])
    }
}
