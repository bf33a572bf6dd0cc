/// Measures and shortens text in columns, with the same widths as ``Surface/write(_:at:style:width:)``.
package enum TextWidth {
    /// Where a text stands in a wider field.
    package enum Alignment: Sendable {
        case left, right, center
    }

    /// The columns of a character, at least 1: a replacement is drawn for a character that cannot be shown.
    package static func columns(of character: Character) -> Int {
        if character.isASCII { return 1 }
        var total = 0
        DisplayText.forEachCluster(of: character) { _, columns in
            total += columns
            return true
        }
        return total
    }

    /// The columns of a text on one line.
    package static func columns(of text: String) -> Int {
        if DisplayText.isPlainASCII(text) { return text.utf8.count }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// The text, or its beginning together with the ellipsis in at most `limit` columns.
    package static func truncate(_ text: String, to limit: Int, ellipsis: String = "…") -> String {
        guard isWider(text, than: limit) else { return text }
        let mark = prefix(ellipsis, columns: limit)
        return prefix(text, columns: limit - columns(of: mark)) + mark
    }

    /// Reads only as much of the text as is needed.
    private static func isWider(_ text: String, than limit: Int) -> Bool {
        // A character does not take more columns than it has bytes.
        if text.utf8.count <= limit { return false }
        var used = 0
        return text.contains {
            used += columns(of: $0)
            return used > limit
        }
    }

    /// The text, or its beginning and its end around the ellipsis in at most `limit` columns; for paths and addresses.
    package static func truncateMiddle(_ text: String, to limit: Int, ellipsis: String = "…") -> String {
        guard columns(of: text) > limit else { return text }
        let mark = prefix(ellipsis, columns: limit)
        let room = limit - columns(of: mark)
        let tail = suffix(text, columns: room / 2)
        return prefix(text, columns: room - columns(of: tail)) + mark + tail
    }

    /// The text in exactly `limit` columns: shortened with an ellipsis, or filled up with spaces.
    package static func pad(_ text: String, to limit: Int, alignment: Alignment = .left, ellipsis: String = "…")
        -> String
    {
        let short = truncate(text, to: limit, ellipsis: ellipsis)
        let room = max(0, limit - columns(of: short))
        let before =
            switch alignment {
            case .left: 0
            case .right: room
            case .center: room / 2
            }
        return String(repeating: " ", count: before) + short + String(repeating: " ", count: room - before)
    }

    /// The longest beginning of whole characters that fits into `limit` columns.
    package static func prefix(_ text: String, columns limit: Int) -> String {
        var used = 0
        return String(
            text.prefix {
                used += columns(of: $0)
                return used <= limit
            }
        )
    }

    /// The longest end of whole characters that fits into `limit` columns.
    package static func suffix(_ text: String, columns limit: Int) -> String {
        var used = 0
        return String(
            text.suffix(
                text.reversed().prefix {
                    used += columns(of: $0)
                    return used <= limit
                }.count
            )
        )
    }
}
