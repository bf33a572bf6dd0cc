package import Foundation
package import Pixels

/// Builds the bytes of kitty's graphics protocol with Unicode placeholders. The picture is sent once and is not visible
/// at first. It then appears wherever its placeholder characters are drawn as ordinary text, in a colour that is its
/// number. Popups, scrolling and resizing therefore need no special code. kitty and Ghostty support it.
///
/// Format: https://sw.kovidgoyal.net/kitty/graphics-protocol/ ("Unicode placeholders"), read November 2026.
package enum KittyGraphics {
    /// Identifies a picture within the terminal, where all programs share the numbers.
    ///
    /// It has 24 bits, because it is transferred as the foreground colour of the placeholders.
    package struct ImageID: Sendable, Hashable {
        /// 1 to 0xFFFFFF.
        package let rawValue: UInt32

        /// - Precondition: 1 to 0xFFFFFF.
        package init(_ rawValue: UInt32) {
            precondition((1...0xFF_FFFF).contains(rawValue), "an image id of \(rawValue) is no 24-bit colour")
            self.rawValue = rawValue
        }

        /// The foreground colour in which its placeholders are drawn. Numbers up to 255 are palette entries and work
        /// without 24-bit colour; choose those where `PixelDepth` is not `direct`.
        package var color: PixelColor {
            rawValue < 256
                ? .palette(UInt8(rawValue))
                : .rgb(UInt8(rawValue >> 16), UInt8(rawValue >> 8 & 0xFF), UInt8(rawValue & 0xFF))
        }
    }

    /// The most bytes of base64 that the protocol allows in one escape sequence.
    private static let longestPayload = 4096

    /// The most columns or rows that placeholders can number.
    package static let mostCells = PlaceholderMarks.scalars.count

    /// Sends a PNG file and declares a placement of `columns` × `rows` cells, into which the terminal fits it with its
    /// proportions kept. Each element is one escape sequence with at most 4096 bytes of payload. Write them in order,
    /// without sequences of another picture between them. The terminal is asked not to answer.
    package static func transmission(png: Data, id: ImageID, columns: Int, rows: Int) -> [[UInt8]] {
        transmission(png, format: "f=100", id: id, columns: columns, rows: rows)
    }

    /// The same for decoded pixels, sent without compression: three bytes a pixel, or four when any pixel is not
    /// opaque. Decode the picture to the needed size first.
    package static func transmission(_ bitmap: Bitmap, id: ImageID, columns: Int, rows: Int) -> [[UInt8]] {
        let size = "s=\(bitmap.width),v=\(bitmap.height)"
        let isOpaque = bitmap.isOpaque
        let pixels = isOpaque ? bitmap.flattened(over: (0, 0, 0)) : bitmap.pixels
        let format = "f=\(isOpaque ? 24 : 32),\(size)"
        return transmission(Data(pixels), format: format, id: id, columns: columns, rows: rows)
    }

    private static func transmission(
        _ payload: Data,
        format: String,
        id: ImageID,
        columns: Int,
        rows: Int
    ) -> [[UInt8]] {
        chunks(of: payload, first: "a=T,U=1,q=2,i=\(id.rawValue),\(format),c=\(columns),r=\(rows),")
    }

    /// Sends opaque pixels, three bytes each, and shows nothing yet.
    static func upload(_ rgb: [UInt8], size: PixelSize, id: ImageID) -> [[UInt8]] {
        chunks(of: Data(rgb), first: "a=t,q=2,i=\(id.rawValue),f=24,s=\(size.width),v=\(size.height),")
    }

    private static func chunks(of payload: Data, first: String) -> [[UInt8]] {
        let encoded = payload.base64EncodedData()
        let starts = encoded.isEmpty ? [0] : Array(stride(from: 0, to: encoded.count, by: longestPayload))
        return starts.map { start in
            let more = start + longestPayload < encoded.count ? 1 : 0
            let chunk = encoded.dropFirst(start).prefix(longestPayload)
            return command("\(start == 0 ? first : "q=2,")m=\(more)", payload: chunk)
        }
    }

    /// Shows a picture that was sent, pixel by pixel, with its upper left corner at the cursor, which does not move. The
    /// terminal answers where it has the picture no longer: it may drop one that was erased, or that is too much.
    static func placement(of id: ImageID) -> [UInt8] { command("a=p,q=1,i=\(id.rawValue),p=1,C=1", payload: Data()) }

    /// Takes it off the screen; it can be shown again.
    static func removal(of id: ImageID) -> [UInt8] { command("a=d,d=i,q=2,i=\(id.rawValue),p=1", payload: Data()) }

    /// Ends a transmission before its last chunk.
    static var abandonment: [UInt8] { command("q=2,m=0", payload: Data()) }

    /// Deletes the picture, its pixels and its placements from the terminal's memory, which would outlive the program.
    package static func deletion(of id: ImageID) -> [UInt8] {
        command("a=d,d=I,q=2,i=\(id.rawValue)", payload: Data())
    }

    /// The characters to draw, row by row, each one column wide, in `id.color` and without attributes. Rows and columns
    /// beyond `mostCells` are cut off.
    package static func placeholders(columns: Int, rows: Int) -> [[Character]] {
        let marks = PlaceholderMarks.scalars
        return marks.prefix(max(rows, 0)).map { row in
            marks.prefix(max(columns, 0)).map { column in
                var text = String.UnicodeScalarView()
                text.append("\u{10EEEE}")
                text.append(row)
                text.append(column)
                return Character(String(text))
            }
        }
    }

    private static func command(_ keys: String, payload: Data) -> [UInt8] {
        let separator = payload.isEmpty ? "" : ";"
        return Array("\u{1B}_G\(keys)\(separator)".utf8) + payload + Array("\u{1B}\\".utf8)
    }
}
