import Foundation
import Predictions

/// Where the files of an order go.
struct OutputTarget: Sendable {
    /// An absolute path; nil: the folder of the settings.
    var folder: URL?
    var pattern: OutputPattern
    var overwrites: Bool
    /// Nothing is made where the file is there already.
    var skipsExisting = false
    /// The file that was named; nil: a pattern names them.
    var file: URL?

    init(_ pattern: OutputPattern, overwrites: Bool) {
        self.pattern = pattern
        self.overwrites = overwrites
    }

    /// - Parameter file: as a person writes it; relative to the working directory, `~/` is the person's home.
    init(file: String, overwrites: Bool, skipsExisting: Bool, _ surroundings: Surroundings) {
        let path = Paths.expanded(file, home: surroundings.home)
        let url = (path.hasPrefix("/") ? URL(filePath: path) : surroundings.folder.appending(path: path))
            .standardizedFileURL.resolvingSymlinksInPath()
        self.init(OutputPattern(literal: url.lastPathComponent), overwrites: overwrites)
        folder = url.deletingLastPathComponent()
        self.skipsExisting = skipsExisting
        self.file = url
    }

    /// The file that the first output of a run is saved to, where that is certain.
    func file(ofRun run: Int, of count: Int) -> URL? {
        guard let folder, file != nil else { return nil }
        // A literal name: a pattern's text only doubles its braces.
        let name = pattern.forRun(run, of: count).text.replacing("{{", with: "{").replacing("}}", with: "}")
        return folder.appending(path: name)
    }

    /// Bytes of a name that leave room for what tells files apart and says what they are.
    private static let longestName = 230

    /// Why the files cannot be named so, as a sentence without its stop; nil: they can, as far as is known before the run.
    ///
    /// - Parameter folder: where they are to be saved.
    func obstacle(runs count: Int, in folder: URL) -> String? {
        for file in (0..<count).compactMap({ self.file(ofRun: $0, of: count) }) {
            if file.lastPathComponent.utf8.count > Self.longestName {
                return
                    "The name \(file.lastPathComponent.prefix(40))… is too long: \(Self.longestName) bytes are possible"
            }
            if Self.kind(of: file) == true { return "\(file.path) is a folder: name a file" }
            if overwrites, !FinalName.isReplaceable(file.path) {
                return "\(file.path) is no regular file: name another one, or - for standard output"
            }
        }
        // Of a pattern the folders are known up to its first field.
        let folders = pattern.text.prefix { $0 != "{" }.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast()
        var place = folder
        for name in folders {
            place.append(path: String(name))
            if Self.kind(of: place) == false { return "\(place.path) is a file, and a folder is wanted there" }
        }
        return nil
    }

    /// Whether it is a folder; nil: nothing is there.
    private static func kind(of url: URL) -> Bool? {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) ? isFolder.boolValue : nil
    }
}
