import Foundation
import Glibc
import Service

/// Where the secret of callbacks lies when the config file names none: made once, for its owner's eyes only.
enum SecretFile {
    static func secret(at file: URL) throws -> WebhookSecret { try secret(at: file, isRetry: false) }

    private static func secret(at file: URL, isRetry: Bool) throws -> WebhookSecret {
        let known: String?
        do throws(SettingsFile.Mistake) { known = try SettingsFile.text(at: file) } catch {
            throw CommandError(.failed, error.description)
        }
        if let known {
            guard let secret = WebhookSecret(known.trimmingCharacters(in: .whitespacesAndNewlines)) else {
                throw CommandError(.failed, "\(file.path) holds no webhook secret: remove it to have a new one made")
            }
            return secret
        }
        let secret = WebhookSecret.random()
        try? Paths.make(file.deletingLastPathComponent())
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        // Another process has made one meanwhile.
        if descriptor < 0, errno == EEXIST, !isRetry { return try Self.secret(at: file, isRetry: true) }
        guard descriptor >= 0 else { throw CommandError(.failed, "\(file.path) cannot be written: check its folder") }
        defer { close(descriptor) }
        let line = Array((secret.text + "\n").utf8)
        guard write(descriptor, line, line.count) == line.count else {
            throw CommandError(.failed, "\(file.path) cannot be written: check the disk's space")
        }
        return secret
    }
}
