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
            .standardizedFileURL
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
}
