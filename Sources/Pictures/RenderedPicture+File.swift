package import Foundation
package import Pixels

extension RenderedPicture {
    /// Reads a picture, or of a video its first frame, and draws it as large as it fits into `columns` × `rows` cells. Not
    /// for the main thread.
    ///
    /// - Parameter crop: the part that is drawn, at its own scale; nil: all of it.
    package init(
        contentsOf file: URL,
        columns: Int,
        rows: Int,
        display: PictureDisplay,
        crop: PictureCrop? = nil
    ) async throws(PictureError) {
        let drawer = PictureProtocols.named(display.method)
        let header = try PictureHeaderReader.read(contentsOf: file)
        guard columns > 0, rows > 0,
            let fitting = drawer.pixels(columns: columns, rows: rows, display: display)
        else {
            self.init(cells: PixelCells(columns: 0, rows: 0, cells: []), facts: header.map(PictureFacts.init))
            return
        }
        let wanted = crop == nil ? fitting : nil
        var bitmap =
            header?.format.isVideo == true
            ? try await VideoFrame.first(of: file, fitting: wanted)
            : try PictureDecoder.decode(contentsOf: file, fitting: wanted)
        if let crop { bitmap = bitmap.cropped(crop, room: PixelSize(width: fitting.width, height: fitting.height)) }
        self = drawer.render(bitmap, columns: columns, rows: rows, display: display)
        facts = header.map(PictureFacts.init)
    }
}

extension RenderedPicture {
    /// Draws a picture as large as it fits into `columns` × `rows` cells. Not for the main thread.
    package init(_ bitmap: Bitmap, columns: Int, rows: Int, display: PictureDisplay) {
        self = PictureProtocols.named(display.method)
            .render(bitmap, columns: max(columns, 1), rows: max(rows, 1), display: display)
    }
}

extension PictureFacts {
    fileprivate init(_ header: PictureHeader) {
        self.init(
            width: header.width,
            height: header.height,
            format: header.format.rawValue,
            duration: header.duration,
            framesPerSecond: header.framesPerSecond
        )
    }
}
