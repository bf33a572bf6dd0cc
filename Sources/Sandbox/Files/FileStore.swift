import Foundation
import Synchronization

/// Files that were uploaded. Safe from any thread.
final class FileStore: Sendable {
    struct File: Sendable {
        let id: String
        let sequence: Int
        let bytes: Data
        let name: String
        let contentType: String
        let checksum: String
        let metadata: JSON
        let createdAt: Date
        let expiresAt: Date
    }

    private struct State {
        var files: [String: File] = [:]
        var created = 0
    }

    private let state = Mutex(State())

    func add(
        _ bytes: Data,
        name: String,
        contentType: String,
        metadata: JSON,
        now: Date,
        lifetime: Duration
    ) -> File {
        let checksum = SHA256.hex(of: bytes)
        return state.withLock { state in
            let file = File(
                id: Identifier.random(),
                sequence: state.created,
                bytes: bytes,
                name: name,
                contentType: contentType,
                checksum: checksum,
                metadata: metadata,
                createdAt: now,
                expiresAt: now.addingTimeInterval(lifetime.seconds)
            )
            state.files[file.id] = file
            state.created += 1
            return file
        }
    }

    func file(_ id: String, now: Date) -> File? {
        state.withLock { $0.files[id] }.flatMap { now < $0.expiresAt ? $0 : nil }
    }

    /// Newest first.
    func files(now: Date) -> [File] {
        state.withLock { $0.files.values.filter { now < $0.expiresAt } }.sorted { $0.sequence > $1.sequence }
    }

    /// False when there was none.
    func remove(_ id: String) -> Bool { state.withLock { $0.files.removeValue(forKey: id) } != nil }
}

extension FileStore.File {
    func document(origin: String) -> JSON {
        [
            "id": .string(id), "content_type": .string(contentType), "size": .integer(bytes.count),
            // The API's document has no `etag`, but the official Python client refuses a file without one.
            "name": .string(name), "etag": .string(checksum), "checksums": ["sha256": .string(checksum)],
            "metadata": metadata,
            "created_at": .string(createdAt.timestamp(digits: 6)),
            "expires_at": .string(expiresAt.timestamp(digits: 6)),
            "urls": ["get": .string("\(origin)/v1/files/\(id)")],
        ]
    }
}
