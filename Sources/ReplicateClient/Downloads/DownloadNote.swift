import Foundation

/// What the host said of a file of which a part is on the disk, so that another process can request the rest: JSON beside the
/// part. Only for content that the host lets be requested in parts, and that its validator tells from any other.
struct DownloadNote: Codable, Equatable {
    /// The boot of the machine in which the part was written: after a loss of power its bytes may be others.
    let boot: String
    /// The length of the whole content in bytes.
    let total: Int64
    let validator: ContentValidator
    let contentType: String?

    /// Shorter content is requested as a whole.
    private static let leastTotal: Int64 = 1 << 20

    /// nil: the rest cannot be requested, or is not worth it.
    init?(total: Int64?, validator: ContentValidator?, contentType: String?) {
        guard let total, total >= Self.leastTotal, let validator, let boot = Self.currentBoot else { return nil }
        (self.boot, self.total, self.validator, self.contentType) = (boot, total, validator, contentType)
    }

    /// nil: there is none, or the machine was started since.
    init?(at path: String) {
        guard let data = FileManager.default.contents(atPath: path), data.count < 10_000,
            let note = try? JSONDecoder().decode(Self.self, from: data), note.boot == Self.currentBoot
        else { return nil }
        self = note
    }

    /// A note that cannot be written is left out: the content is requested as a whole then.
    func write(to path: String) {
        guard let data = try? JSONEncoder().encode(self) else { return }
        _ = FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    }

    private static let currentBoot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
}
