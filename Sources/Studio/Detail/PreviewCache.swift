package import Pixels

/// A picture at a size in cells.
package struct PreviewKey: Hashable, Sendable {
    /// The file; `~` stands for the home folder.
    package let path: String
    /// The room for the picture in cells; it may take less.
    package let columns: Int
    package let rows: Int
    /// How the terminal shows pictures.
    package let display: PictureDisplay
    /// nil: all of the picture.
    package let crop: PictureCrop?
    /// Whether a small picture that is kept on the disk will do.
    package let isThumbnail: Bool

    package init(
        path: String,
        columns: Int,
        rows: Int,
        display: PictureDisplay = PictureDisplay(),
        crop: PictureCrop? = nil,
        isThumbnail: Bool = false
    ) {
        self.path = path
        self.columns = columns
        self.rows = rows
        self.display = display
        self.crop = crop
        self.isThumbnail = isThumbnail
    }
}

/// The pictures that were rendered last, so that one that was on the screen before is there at once.
package struct PreviewCache: Hashable, Sendable {
    /// Bytes that pictures may take together. A screenful of 24-bit cells is about half a megabyte, one of pixels two.
    private static let mostBytes = 24 << 20

    private var pictures: [PreviewKey: RenderedPicture] = [:]
    private var bytes = 0
    /// Pictures that cannot be shown, and why.
    private var failures: [PreviewKey: String] = [:]
    /// The oldest first.
    private var order: [PreviewKey] = []

    package init() {}

    /// nil: not rendered yet, or dropped since.
    package subscript(key: PreviewKey) -> RenderedPicture? { pictures[key] }

    /// Why it cannot be shown; nil: it can, or was not tried.
    package func failure(of key: PreviewKey) -> String? { failures[key] }

    mutating func note(failure reason: String, of key: PreviewKey) {
        // Files may come back; so many failures are no reason to keep them all.
        if failures.count > 1_000 { failures = [:] }
        failures[key] = reason
    }

    /// Keeps a picture in place of any under the same key, and drops the oldest where they take too much together.
    package mutating func insert(_ picture: RenderedPicture, for key: PreviewKey) {
        if let old = pictures.updateValue(picture, forKey: key) {
            bytes -= old.byteCount
        } else {
            order.append(key)
        }
        bytes += picture.byteCount
        while bytes > Self.mostBytes, order.count > 1 {
            bytes -= pictures.removeValue(forKey: order.removeFirst())?.byteCount ?? 0
        }
    }
}
