/// A picture as the bytes that draw it on one terminal, whatever its protocol.
///
/// Every piece is made of complete escape sequences: other output may come after it, never within it. Two are equal when
/// they are the same object.
package final class PictureGraphic: Sendable {
    /// Bytes that are written while the cursor is at the left edge of the picture, `row` rows below its top.
    package struct Piece: Hashable, Sendable {
        package let row: Int
        package let bytes: [UInt8]

        package init(row: Int = 0, bytes: [UInt8]) {
            self.row = row
            self.bytes = bytes
        }
    }

    /// The cells that it takes.
    package let columns: Int
    package let rows: Int
    /// Written once before it is first shown; the terminal keeps the picture until ``release``. Empty: it keeps nothing.
    package let upload: [[UInt8]]
    /// Ends an upload that was begun and is not finished.
    package let abandonment: [UInt8]
    /// Written after the cells below it were drawn. Empty: ``cells`` show it.
    package let paint: [Piece]
    /// Cells that are the picture, once it is uploaded; nil: it is painted over cells.
    package let cells: PixelCells?
    /// Written when it is taken off the screen; the upload stays.
    package let removal: [UInt8]
    /// Frees what the terminal keeps.
    package let release: [UInt8]
    /// What the terminal calls it in its answers, such as `i=7`; nil: it answers nothing about it.
    package let name: String?
    /// Whether it lies in the cells, so that text that is written over it erases it.
    package let isInCells: Bool
    /// Bytes that this object holds.
    package let byteCount: Int

    package init(
        columns: Int,
        rows: Int,
        upload: [[UInt8]] = [],
        abandonment: [UInt8] = [],
        paint: [Piece] = [],
        cells: PixelCells? = nil,
        removal: [UInt8] = [],
        release: [UInt8] = [],
        name: String? = nil,
        isInCells: Bool
    ) {
        self.columns = columns
        self.rows = rows
        self.upload = upload
        self.abandonment = abandonment
        self.paint = paint
        self.cells = cells
        self.removal = removal
        self.release = release
        self.name = name
        self.isInCells = isInCells
        byteCount = upload.reduce(0) { $0 + $1.count } + paint.reduce(0) { $0 + $1.bytes.count }
    }
}

extension PictureGraphic: Hashable {
    package static func == (left: PictureGraphic, right: PictureGraphic) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What a file is, as far as its beginning says.
package struct PictureFacts: Hashable, Sendable {
    /// In pixels; 0 where it is not known.
    package var width: Int
    package var height: Int
    /// A word such as `webp`.
    package var format: String
    /// Seconds; nil for a still picture, and where the file does not say.
    package var duration: Double?
    /// On average; nil as for ``duration``.
    package var framesPerSecond: Double?

    /// Whether it is a film or an animation.
    package var isMoving: Bool { duration != nil || format == "mp4" || format == "webm" }

    package init(
        width: Int,
        height: Int,
        format: String,
        duration: Double? = nil,
        framesPerSecond: Double? = nil
    ) {
        self.width = width
        self.height = height
        self.format = format
        self.duration = duration
        self.framesPerSecond = framesPerSecond
    }
}

/// A picture that is ready to be drawn.
package struct RenderedPicture: Hashable, Sendable {
    /// Always there, for the moments in which no graphic can be shown; empty only for ``PictureMethod/none``.
    package var cells: PixelCells
    /// nil: the cells are all there is.
    package var graphic: PictureGraphic?
    /// nil: not known.
    package var facts: PictureFacts?

    package init(cells: PixelCells, graphic: PictureGraphic? = nil, facts: PictureFacts? = nil) {
        self.cells = cells
        self.graphic = graphic
        self.facts = facts
    }

    /// About how much memory it takes.
    package var byteCount: Int {
        cells.cells.count * MemoryLayout<PixelCell>.stride
            + (graphic.map { $0.byteCount + ($0.cells?.cells.count ?? 0) * MemoryLayout<PixelCell>.stride } ?? 0)
    }
}
