import FileTypes
package import Foundation
import Glibc
import PictureMetadata
import ReplicateAPI
package import ReplicateClient

/// Brings outputs to the disk: complete, verified and durable under their final name, or not under it at all.
package struct OutputSaver: Sendable {
    /// A file that is complete under its final name.
    package struct Saved: Hashable, Sendable {
        /// Absolute.
        package let path: String
        /// Bytes.
        package let size: Int64
        /// 64 hexadecimal digits in lower case.
        package let sha256: String
        /// Of what the host sent; the file on the disk may have metadata in it.
        package let downloadedSize: Int64
        package let downloadedSHA256: String
        /// The media type that its first bytes have, or that the server named; nil: neither is known.
        package let contentType: String?
    }

    private let client: APIClient
    /// Where outputs are saved of runs that name no folder of their own.
    package let folder: URL
    /// The program's own folder, whose files are for their owner alone.
    private let ownFolder: URL
    private let calendar: Calendar
    private let workers: (any TaskExecutor)?
    private let link: FinalName.Link
    private let embedsMetadata: Bool
    private let parts = PartialOutputs()
    private let checked = CheckedFolders()

    /// - Parameters:
    ///   - folder: a folder per day is made below it; made where it does not exist.
    ///   - ownFolder: the program's own folder, whose files are for their owner alone; nil: `folder` is.
    ///   - embedsMetadata: pictures get into their files what made them.
    ///   - workers: where the work is done; nil: the runtime's own pool.
    package init(
        client: APIClient,
        folder: URL,
        ownFolder: URL? = nil,
        calendar: Calendar = .current,
        embedsMetadata: Bool = true,
        workers: (any TaskExecutor)? = nil
    ) {
        self.init(
            client: client,
            folder: folder,
            ownFolder: ownFolder,
            calendar: calendar,
            embedsMetadata: embedsMetadata,
            workers: workers,
            link: FinalName.systemLink
        )
    }

    /// - Parameter link: gives a file its second name; a test stands in for file systems that cannot.
    init(
        client: APIClient,
        folder: URL,
        ownFolder: URL? = nil,
        calendar: Calendar = .current,
        embedsMetadata: Bool = true,
        workers: (any TaskExecutor)? = nil,
        link: @escaping FinalName.Link
    ) {
        self.link = link
        self.embedsMetadata = embedsMetadata
        self.client = client
        self.workers = workers
        self.folder = folder
        self.ownFolder = ownFolder ?? folder
        self.calendar = calendar
    }

    private func modes(in folder: URL) -> FileModes {
        let own = ownFolder.standardizedFileURL.path
        let path = folder.standardizedFileURL.path
        return FileModes(isPrivate: path == own || path.hasPrefix(own.hasSuffix("/") ? own : own + "/"))
    }

    /// Why nothing could be saved now, in a sentence; nil when it can. To be asked before money is spent.
    ///
    /// A small file is written, named and removed: neither rights nor free space tell whether a folder takes files.
    ///
    /// - Parameter place: nil: ``folder``.
    package func obstacle(in place: URL? = nil) -> String? {
        let folder = place ?? folder
        do { try modes(in: folder).make(folder) } catch {
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

    /// ``obstacle(in:)``; a folder that took files is not asked again for ten seconds.
    package func recentObstacle(in place: URL? = nil) -> String? {
        let folder = place ?? folder
        return checked.obstacle(in: folder.path) { obstacle(in: folder) }
    }

    /// Throws ``OutputObstacle`` where one of the folders takes no files, off the caller's executor.
    ///
    /// - Parameter folders: absolute paths; nil: ``folder``.
    func check(_ folders: Set<String?>) async throws {
        try await withTaskExecutorPreference(workers) { try await checkNow(folders) }
    }

    @concurrent
    private func checkNow(_ folders: Set<String?>) async throws {
        for folder in folders {
            let place = folder.map { URL(filePath: $0, directoryHint: .isDirectory) }
            if let sentence = recentObstacle(in: place) { throw OutputObstacle(sentence) }
        }
    }

    private func base(of place: OutputPlace) -> URL {
        place.folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? folder
    }

    /// Fetches one output, off the caller's executor. Overwrites nothing, unless the run was ordered so: a name that is
    /// taken gets a number. What cannot be saved under the name that was ordered gets the usual one in the same folder: what
    /// was paid is kept.
    ///
    /// What a broken connection leaves is kept for the next call with the same prediction and index.
    ///
    /// - Parameters:
    ///   - index: of the output among those of the run.
    ///   - expected: what the model makes, where its answer tells; nil: it does not.
    ///   - metadata: what made it, to be written into the file of a picture; nil: nothing is. A file that it cannot be
    ///     written into is saved as it came.
    func save(
        _ url: String,
        to place: OutputPlace,
        index: Int,
        expected: FileType.Kind? = nil,
        metadata: PictureMetadata? = nil
    ) async throws(DownloadError) -> Saved {
        try await withTaskExecutorPreference(workers) { () async throws(DownloadError) -> Saved in
            do throws(DownloadError) {
                return try await fetch(url, to: place, index: index, expected: expected, metadata: metadata)
            } catch {
                guard case .notWritable = error, let usual = place.withUsualName else { throw error }
                return try await fetch(url, to: usual, index: index, expected: expected, metadata: metadata)
            }
        }
    }

    /// Saves a document beside the outputs of the same prediction, as JSON for people; returns its path.
    func save(_ document: JSONValue, to place: OutputPlace) async throws(DownloadError) -> String {
        try await withTaskExecutorPreference(workers) { () async throws(DownloadError) -> String in
            do throws(DownloadError) { return try await write(document, to: place) } catch {
                guard case .notWritable = error, let usual = place.withUsualName else { throw error }
                return try await write(document, to: usual)
            }
        }
    }

    @concurrent
    private func write(_ document: JSONValue, to place: OutputPlace) async throws(DownloadError) -> String {
        let name = place.name(below: base(of: place), index: nil, ending: "json", calendar: calendar)
        let part = PartialDownload(path: name.folder.appending(path: ".\(UUID().uuidString.lowercased()).part").path)
        _ = try part.write(document.serialized(pretty: true) + Data("\n".utf8), contentType: nil)
        chmod(part.path, modes(in: name.folder).file)
        return try FinalName(folder: name.folder, link: link).take(
            part.path,
            stem: name.stem,
            ending: name.ending,
            replacing: place.replaces
        )
    }

    @concurrent
    private func fetch(
        _ url: String,
        to place: OutputPlace,
        index: Int,
        expected: FileType.Kind?,
        metadata: PictureMetadata?
    ) async throws(DownloadError) -> Saved {
        let base = base(of: place)
        let name = place.name(below: base, index: index, ending: "part", calendar: calendar)
        let modes = modes(in: name.folder)
        do { try modes.make(name.folder) } catch {
            throw .notWritable(reason: "\(name.folder.path) cannot be made")
        }
        let key = "\(place.predictionID)/\(index)"
        let file = parts.take(key, in: name.folder)
        let download: Download
        do { download = try await fetch(url, into: file) } catch {
            if error == .canceled {
                // The next process goes on with it.
                file.setAside()
                removeEmpty(name.folder, below: base)
            } else if error.retryability == .always, file.bytes > 0 {
                parts.keep(file, as: key)
            } else {
                file.discard()
                removeEmpty(name.folder, below: base)
            }
            throw error
        }
        let head = Self.head(of: file.path)
        let ending = OutputEnding.of(head: head, contentType: download.contentType, url: url, expected: expected)
        guard let ending else {
            unlink(file.path)
            removeEmpty(name.folder, below: base)
            throw .page
        }
        let final = place.name(below: base, index: index, ending: ending, calendar: calendar)
        // `{ext}` may be the name of a folder.
        if final.folder != name.folder {
            do { try modes.make(final.folder) } catch {
                throw .notWritable(reason: "\(final.folder.path) cannot be made")
            }
            removeEmpty(name.folder, below: base)
        }
        let copy = embedsMetadata ? metadata.flatMap { EmbeddedCopy(of: file.path, with: $0) } : nil
        // What came is needed until the copy has the name.
        defer { if copy != nil { unlink(file.path) } }
        let complete = copy ?? EmbeddedCopy(path: file.path, size: download.bytes, sha256: download.sha256)
        chmod(complete.path, modes.file)
        let path = try FinalName(folder: final.folder, link: link).take(
            complete.path,
            stem: final.stem,
            ending: final.ending,
            sha256: complete.sha256,
            replacing: place.replaces
        )
        return Saved(
            path: path,
            size: complete.size,
            sha256: complete.sha256,
            downloadedSize: download.bytes,
            downloadedSHA256: download.sha256,
            contentType: download.contentType
        )
    }

    /// Takes away folders in which nothing was saved after all; one that holds anything stays.
    private func removeEmpty(_ folder: URL, below base: URL) {
        var folder = folder.standardizedFileURL
        let base = base.standardizedFileURL
        while folder.path.count > base.path.count, folder.path.hasPrefix(base.path), rmdir(folder.path) == 0 {
            folder = folder.deletingLastPathComponent()
        }
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
