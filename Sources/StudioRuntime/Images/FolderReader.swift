import Foundation
import Pictures
import Studio

/// Reads folders of this computer, to choose pictures from.
struct FolderReader: Sendable {
    /// Headers that are read of one folder; of pictures beyond that, the size is not told.
    private static let mostHeaders = 300

    /// The person's home, which paths begin with as `~`; nil: not known.
    let home: String?
    /// The file that a path of the image list names; `~` stands for the person's home.
    let file: @Sendable (String) -> URL
    let post: Post

    /// Posts what the folder holds, or why it cannot be read. Blocks.
    func list(_ path: String, _ purpose: FolderListing.Purpose) {
        let folder = file(path.isEmpty ? "." : path).standardizedFileURL
        do {
            let found = try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: [
                    .isDirectoryKey, .isRegularFileKey, .fileSizeKey, .contentModificationDateKey,
                ]
            )
            let listing = FolderListing(
                path: abbreviated(folder.path),
                entries: found.compactMap { entry($0, purpose.content) }
            )
            post(.folderListed(measured(listing, in: folder), purpose))
        } catch {
            post(.folderFailed(reason: "\(abbreviated(folder.path)) cannot be read"))
        }
    }

    /// nil: no folder, and no file that can be chosen.
    private func entry(_ url: URL, _ content: FolderListing.Content) -> FolderListing.Entry? {
        let keys: Set<URLResourceKey> = [.isDirectoryKey, .isRegularFileKey, .fileSizeKey, .contentModificationDateKey]
        guard let facts = try? url.resolvingSymlinksInPath().resourceValues(forKeys: keys) else { return nil }
        let name = url.lastPathComponent
        if facts.isDirectory == true { return FolderListing.Entry(name: name, isFolder: true) }
        guard facts.isRegularFile == true, content == .files || FolderListing.Entry.isPicture(named: name) else {
            return nil
        }
        return FolderListing.Entry(
            name: name,
            isFolder: false,
            bytes: facts.fileSize,
            modified: facts.contentModificationDate
        )
    }

    /// With the pixels that the pictures have by their headers, of those that come first.
    private func measured(_ listing: FolderListing, in folder: URL) -> FolderListing {
        var left = Self.mostHeaders
        let entries = listing.entries.map { entry in
            guard !entry.isFolder, left > 0 else { return entry }
            left -= 1
            var entry = entry
            let header = (try? PictureHeaderReader.read(contentsOf: folder.appending(path: entry.name))) ?? nil
            (entry.width, entry.height) = (header?.width, header?.height)
            return entry
        }
        return FolderListing(path: listing.path, entries: entries)
    }

    private func abbreviated(_ path: String) -> String {
        guard let home, home.count > 1, path == home || path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }
}
