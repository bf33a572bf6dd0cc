package import Foundation
package import Pixels

extension RenderedPicture {
    /// Reads a picture, or of a video its first frame, and draws it as large as it fits into `columns` × `rows` cells. Not
    /// for the main thread.
    ///
    /// - Parameters:
    ///   - crop: the part that is drawn, at its own scale; nil: all of it.
    ///   - searchPath: where `ffmpeg` is looked for.
    package init(
        contentsOf file: URL,
        columns: Int,
        rows: Int,
        display: PictureDisplay,
        crop: PictureCrop? = nil,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
    ) async throws(PictureError) {
        let drawer = PictureProtocols.named(display.method)
        guard columns > 0, rows > 0,
            let fitting = drawer.pixels(columns: columns, rows: rows, display: display)
        else {
            self.init(cells: PixelCells(columns: 0, rows: 0, cells: []), facts: try PictureReader.facts(of: file))
            return
        }
        var (bitmap, facts) = try await PictureReader.read(
            file,
            fitting: crop == nil ? fitting : nil,
            searchPath: searchPath
        )
        if let crop { bitmap = bitmap.cropped(crop, room: PixelSize(width: fitting.width, height: fitting.height)) }
        self = drawer.render(bitmap, columns: columns, rows: rows, display: display)
        self.facts = facts
    }
}

extension RenderedPicture {
    /// Draws a picture as large as it fits into `columns` × `rows` cells. Not for the main thread.
    package init(_ bitmap: Bitmap, facts: PictureFacts? = nil, columns: Int, rows: Int, display: PictureDisplay) {
        self = PictureProtocols.named(display.method)
            .render(bitmap, columns: max(columns, 1), rows: max(rows, 1), display: display)
        self.facts = facts
    }
}
