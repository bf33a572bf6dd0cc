package import FileTypes
package import Foundation
import Glibc
package import ReplicateAPI
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
    private let link: FinalName.Link
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
        self.init(client: client, folder: folder, calendar: calendar, workers: workers, link: FinalName.systemLink)
    }

    /// - Parameter link: gives a file its second name; a test stands in for file systems that cannot.
    init(
        client: APIClient,
        folder: URL,
        calendar: Calendar = .current,
        workers: (any TaskExecutor)? = nil,
        link: @escaping FinalName.Link
    ) {
        self.link = link
        self.client = client
        self.workers = workers
        self.folder = folder
        self.calendar = calendar
    }

    /// Why nothing could be saved now, in a sentence; nil when it can. To be asked before money is spent.
    ///
    /// A small file is written, named and removed: neither rights nor free space tell whether a folder takes files.
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
        let name = ".\(UUID().uuidString.lowercased())"
        do {
            let trial = PartialDownload(path: folder.appending(path: "\(name).part").path)
            _ = try trial.write(Data("x".utf8), contentType: nil)
            unlink(try FinalName(folder: folder, link: link).take(trial.path, stem: name, ending: "trial"))
            return nil
        } catch DownloadError.notWritable(let reason) {
            return "\(folder.path) cannot be written (\(reason)): mend that, or choose another folder for outputs"
        } catch {
            return "\(folder.path) cannot be written: choose another folder for outputs"
        }
    }

    /// Fetches one output, off the caller's executor. Never overwrites: a name that is taken gets a number.
    ///
    /// What a broken connection leaves is kept for the next call with the same prediction and index.
    ///
    /// - Parameters:
    ///   - folder: the absolute path below which the day's folder is made; nil: ``folder``.
    ///   - expected: what the model makes, where its answer tells; nil: it does not.
    package func save(
        _ url: String,
        in folder: String?,
        prompt: String,
        predictionID: String,
        index: Int,
        date: Date,
        expected: FileType.Kind? = nil
    ) async throws(DownloadError) -> Saved {
        try await withTaskExecutorPreference(workers) { () async throws(DownloadError) -> Saved in
            let place = folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? self.folder
            return try await fetch(
                url,
                into: place.appending(path: OutputName.folder(for: date, calendar: calendar)),
                prompt: prompt,
                predictionID: predictionID,
                index: index,
                expected: expected
            )
        }
    }

    /// Saves a document beside the outputs of the same prediction, as JSON for people; returns its path.
    package func save(
        _ document: JSONValue,
        in folder: String?,
        prompt: String,
        predictionID: String,
        date: Date
    ) async throws(DownloadError) -> String {
        try await withTaskExecutorPreference(workers) { () async throws(DownloadError) -> String in
            let place = folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? self.folder
            return try await write(
                document,
                into: place.appending(path: OutputName.folder(for: date, calendar: calendar)),
                stem: OutputName.stem(prompt: prompt, predictionID: predictionID, index: nil)
            )
        }
    }

    @concurrent
    private func write(_ document: JSONValue, into day: URL, stem: String) async throws(DownloadError) -> String {
        let part = PartialDownload(path: day.appending(path: ".\(UUID().uuidString.lowercased()).part").path)
        _ = try part.write(document.serialized(pretty: true) + Data("\n".utf8), contentType: nil)
        return try FinalName(folder: day, link: link).take(part.path, stem: stem, ending: "json")
    }

    @concurrent
    private func fetch(
        _ url: String,
        into day: URL,
        prompt: String,
        predictionID: String,
        index: Int,
        expected: FileType.Kind?
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
            if error.retryability == .always, file.bytes > 0 { parts.keep(file, as: key) }
            throw error
        }
        let head = Self.head(of: file.path)
        let ending = OutputEnding.of(head: head, contentType: download.contentType, url: url, expected: expected)
        guard let ending else {
            unlink(file.path)
            throw .page
        }
        let path = try FinalName(folder: day, link: link).take(
            file.path,
            stem: OutputName.stem(prompt: prompt, predictionID: predictionID, index: index),
            ending: ending
        )
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

    private static func head(of path: String) -> Data {
        guard let handle = FileHandle(forReadingAtPath: path) else { return Data() }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: OutputEnding.headLength)) ?? Data()
    }
}
