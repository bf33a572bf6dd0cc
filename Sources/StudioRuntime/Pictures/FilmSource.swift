import Foundation
import Pictures
import Pixels
import Studio

/// Opens the films of the studio.
struct FilmSource: Sendable {
    /// Where `ffmpeg` is looked for: folders with colons between them, as in `PATH`.
    let searchPath: String
    /// The file that a path names; `~` stands for the person's home.
    let file: @Sendable (String) -> URL

    /// A reader of frames in the size and display of `key`. What it starts ends with it.
    ///
    /// - Parameter isOver: whether the frames are not wanted any more; asked from any thread.
    func open(_ key: PreviewKey, isOver: @escaping @Sendable () -> Bool) throws(PictureError) -> FilmReader {
        try FilmReader(
            contentsOf: file(key.path),
            columns: key.columns,
            rows: key.rows,
            display: key.display,
            crop: key.crop,
            searchPath: searchPath,
            isOver: isOver
        )
    }
}
