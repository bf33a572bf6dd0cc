package import Foundation

/// What a folder of this computer holds, as far as an image can be chosen from it.
package struct FolderListing: Hashable, Sendable {
    /// A folder, or a file; where pictures are looked for, one with the name of a picture.
    package struct Entry: Hashable, Sendable {
        /// Without the folder; not safe for a terminal yet.
        package var name: String
        /// Also of a link to a folder.
        package var isFolder: Bool
        /// Size of the file; nil for a folder.
        package var bytes: Int?
        /// Pixels; nil: the file does not say.
        package var width: Int?
        package var height: Int?
        /// nil: the file system does not say.
        package var modified: Date?

        package init(
            name: String,
            isFolder: Bool,
            bytes: Int? = nil,
            width: Int? = nil,
            height: Int? = nil,
            modified: Date? = nil
        ) {
            self.name = name
            self.isFolder = isFolder
            self.bytes = bytes
            self.width = width
            self.height = height
            self.modified = modified
        }
    }

    /// Why a folder is read.
    package enum Purpose: Hashable, Sendable {
        /// To complete this text, which leads into the folder.
        case completing(String, Content = .pictures)
        /// To show it; `query` is typed for it already.
        case browsing(query: String, Content = .pictures)

        /// What is looked for.
        package var content: Content {
            switch self {
            case .completing(_, let content), .browsing(_, let content): content
            }
        }
    }

    /// The files that are listed beside folders.
    package enum Content: Hashable, Sendable { case pictures, files }

    /// Most entries that a listing has.
    package static let mostEntries = 2_000

    /// Absolute or beginning with `~`, and ending with `/`.
    package let path: String
    /// Pictures, the newest first; then folders by their names. What is hidden comes last among its kind.
    package let entries: [Entry]

    /// Brings the entries into their order; those beyond ``mostEntries`` are left out.
    package init(path: String, entries: [Entry]) {
        self.path = path.hasSuffix("/") ? path : path + "/"
        let ordered = entries.sorted { first, second in
            if first.isFolder != second.isFolder { return second.isFolder }
            if first.isHidden != second.isHidden { return second.isHidden }
            if !first.isFolder, first.modified != second.modified {
                return (first.modified ?? .distantPast) > (second.modified ?? .distantPast)
            }
            return first.name.localizedStandardCompare(second.name) == .orderedAscending
        }
        self.entries = Array(ordered.prefix(Self.mostEntries))
    }

    /// The folder above; nil at the top.
    package var parent: String? {
        guard path != "/" else { return nil }
        if path == "~/" { return "~/.." }
        let above = path.dropLast().lastIndex(of: "/").map { String(path[...$0]) }
        return above ?? "~/"
    }
}

extension FolderListing.Entry {
    var isHidden: Bool { name.hasPrefix(".") }

    /// Whether a file can be chosen, by its name.
    package static func isPicture(named name: String) -> Bool { LocalImagePath.hasImageExtension(name) }
}
