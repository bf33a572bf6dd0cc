import Foundation

/// An EXIF block of a few texts: what file managers and older programs show of a picture. After EXIF 2.32.
enum ExifBlock {
    /// The prompt as the description, the program, and the time in UTC. A prompt that has no place is left out.
    static func bytes(of metadata: PictureMetadata) -> [UInt8] {
        let texts: [(tag: Int, text: String)] = [
            (0x010E, metadata.prompt), (0x0131, "darkroom"), (0x0132, time(metadata.createdAt)),
        ]
        // Each ends with a zero.
        let given = texts.map { ($0.tag, Array($0.text.utf8.filter { $0 != 0 }) + [0]) }
            .filter { $0.1.count > 1 && $0.1.count < JPEGFile.longestExif - 256 }
        var directory = Array(bigEndian: given.count, count: 2)
        var values: [UInt8] = []
        // Header, count, entries, and that there is no second directory.
        let start = 8 + 2 + 12 * given.count + 4
        for (tag, bytes) in given {
            directory += Array(bigEndian: tag, count: 2) + [0, 2] + Array(bigEndian: bytes.count, count: 4)
            if bytes.count <= 4 {
                directory += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
            } else {
                directory += Array(bigEndian: start + values.count, count: 4)
                values += bytes
                // Values begin at even places.
                if values.count % 2 == 1 { values.append(0) }
            }
        }
        return Array("MM".utf8) + [0, 42, 0, 0, 0, 8] + directory + [0, 0, 0, 0] + values
    }

    /// `2026:11:28 03:20:00`, as EXIF writes it.
    private static func time(_ date: Date) -> String {
        date.formatted(.iso8601.dateSeparator(.dash).dateTimeSeparator(.space).timeSeparator(.colon))
            .replacing("-", with: ":").replacing("Z", with: "")
    }
}
