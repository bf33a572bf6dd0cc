/// One row of the tab, folded to its width.
package struct DetailLine: Hashable, Sendable {
    /// The name of an input; empty elsewhere.
    package var label: String
    package var text: String
    /// How the whole of it is drawn.
    package var style = Style.plain
    /// Parts of it that are drawn otherwise, in order; none overlaps another.
    package var marks: [Mark] = []

    /// A remark of the program's own in the place of lines that are left out.
    static func note(_ text: String) -> DetailLine { DetailLine(label: "", text: "… \(text)") }

    /// What a line of a text is.
    package enum Style: Hashable, Sendable {
        case plain, heading, code, quote
    }

    /// A part of a line.
    package struct Mark: Hashable, Sendable {
        /// How the part is drawn.
        package enum Kind: Hashable, Sendable {
            case strong, code
        }

        /// Bytes of the line's text.
        package var range: Range<Int>
        package var kind: Kind
    }
}
