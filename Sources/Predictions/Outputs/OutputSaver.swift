package import Foundation
import Glibc
package import ReplicateClient

/// Brings outputs to the disk: complete, verified and durable under their final name, or not under it at all.
package struct OutputSaver: Sendable {
    package struct Saved: Hashable, Sendable {
        package let path: String
        package let size: Int64
        package let sha256: String
        package let contentType: String?
    }

    private let client: APIClient
    /// Where outputs are saved of runs that name no folder of their own.
    package let folder: URL
    private let calendar: Calendar
    private let workers: (any TaskExecutor)?
    private let parts = PartialOutputs()

    /// - Parameters:
    ///   - folder: a folder per day is made below it; made private where it does not exist.
    ///   - workers: where the work is done; nil: the runtime's own pool.
    package init(
        client: APIClient,
        folder: URL,
        calendar: Calendar = .current,
        workers: (any TaskExecutor)? = nil
    ) {
        self.client = client
        self.workers = workers
        self.folder = folder
        self.calendar = calendar
    }

    /// Why nothing could be saved now, in a sentence; nil when it can. To be asked before money is spent.
    package func obstacle() -> String? {
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            return "\(folder.path) cannot be made: choose another folder for outputs"
        }
        guard access(folder.path, W_OK | X_OK) == 0 else {
            return "\(folder.path) cannot be written: mend its rights, or choose another folder for outputs"
        }
        return nil
    }

    /// Fetches one output, off the caller's executor. Never overwrites: a name that is taken gets a number.
    ///
    /// What a broken connection leaves is kept for the next call with the same prediction and index.
    /// - Parameter folder: the absolute path below which the day's folder is made; nil: ``folder``.
    package func save(
        _ url: String,
        in folder: String?,
        prompt: String,
        predictionID: String,
        index: Int,
        date: Date
    ) async throws(DownloadError) -> Saved {
        try await withTaskExecutorPreference(workers) { () async throws(DownloadError) -> Saved in
            let place = folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? self.folder
            return try await fetch(
                url,
                into: place.appending(path: OutputName.folder(for: date, calendar: calendar)),
                prompt: prompt,
                predictionID: predictionID,
                index: index
            )
        }
    }

    @concurrent
    private func fetch(
        _ url: String,
        into day: URL,
        prompt: String,
        predictionID: String,
        index: Int
    ) async throws(DownloadError) -> Saved {
        do {
            try FileManager.default.createDirectory(
                at: day,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .notWritable(reason: "\(day.path) cannot be made")
        }
        let key = "\(predictionID)/\(index)"
        let file = parts.take(key, in: day)
        let download: Download
        do { download = try await fetch(url, into: file) } catch {
            if error.isTransient, file.bytes > 0 { parts.keep(file, as: key) }
            throw error
        }
        let head = Self.head(of: file.path)
        guard let ending = OutputType.fileExtension(head: head, contentType: download.contentType, url: url) else {
            unlink(file.path)
            throw .notAFile(reason: "the host sent a page instead of the file")
        }
        let name = OutputName.file(prompt: prompt, predictionID: predictionID, index: index, fileExtension: ending)
        let path = try Self.settle(file.path, in: day, name: name)
        return Saved(path: path, size: download.bytes, sha256: download.sha256, contentType: download.contentType)
    }

    /// Goes on at once for as long as each try brings more of it.
    private func fetch(_ url: String, into file: PartialDownload) async throws(DownloadError) -> Download {
        for _ in 0..<20 {
            let before = file.bytes
            do {
                return try await client.download(url, into: file)
            } catch {
                guard case .broken = error, file.bytes > before else { throw error }
            }
        }
        return try await client.download(url, into: file)
    }

    /// Gives the complete file its name. `link` refuses a name that is taken, so nothing is ever replaced.
    private static func settle(_ part: String, in folder: URL, name: String) throws(DownloadError) -> String {
        defer { unlink(part) }
        let stem = (name as NSString).deletingPathExtension
        let ending = (name as NSString).pathExtension
        for attempt in 1...999 {
            let candidate = attempt == 1 ? name : "\(stem)-\(attempt).\(ending)"
            let path = folder.appending(path: candidate).path
            if link(part, path) == 0 {
                let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                if descriptor >= 0 {
                    fsync(descriptor)
                    close(descriptor)
                }
                return path
            }
            guard errno == EEXIST else { throw .notWritable(reason: String(cString: strerror(errno))) }
        }
        throw .notWritable(reason: "every name like \(name) is taken")
    }

    private static func head(of path: String) -> Data {
        guard let handle = FileHandle(forReadingAtPath: path) else { return Data() }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 512)) ?? Data()
    }
}
