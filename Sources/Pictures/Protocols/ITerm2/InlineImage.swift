package import Foundation

/// Builds iTerm2's inline image sequence, also understood by WezTerm, mintty and Konsole.
///
/// Format: https://iterm2.com/documentation-images.html, read November 2026.
package enum InlineImage {
    /// Draws a picture file (any format that the terminal reads: PNG, JPEG, WebP, GIF) with its upper left corner at
    /// the cursor, `width` × `height` pixels large.
    ///
    /// The sequence asks the terminal not to move the cursor. Terminals that do not support this do move it, so save
    /// and restore it around the sequence. Afterwards the cells under the picture hold no text: overwrite them to erase
    /// the picture.
    package static func sequence(_ file: Data, width: Int, height: Int) -> [UInt8] {
        let keys = [
            "inline=1", "size=\(file.count)", "width=\(width)px", "height=\(height)px", "preserveAspectRatio=1",
            "doNotMoveCursor=1",
        ]
        return Array("\u{1B}]1337;File=\(keys.joined(separator: ";")):".utf8) + file.base64EncodedData() + [0x07]
    }
}
