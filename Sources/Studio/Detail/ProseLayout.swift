/// A text that a person reads, broken after words into rows, with the simple marks of Markdown turned into styles. Where the
/// text has only grown since, only its end is broken again.
struct ProseLayout: Hashable, Sendable {
    /// Bytes that are shown.
    private let mostBytes: Int
    private(set) var rows: [DetailLine] = []
    private var text = ""
    private var columns = 0
    private var isMarkdown = false
    /// Where the last line of the text begins, in bytes, how many rows are above it, and whether it is within a block of code.
    private var resume = Resume()
    private(set) var work = WorkCount()

    init(mostBytes: Int = 4 << 20) { self.mostBytes = mostBytes }

    private struct Resume: Hashable {
        var byte = 0
        var rows = 0
        var isCode = false
    }

    mutating func show(_ new: String, columns: Int, isMarkdown: Bool, measure: (Character) -> Int) {
        let columns = max(columns, 1)
        let goesOn = columns == self.columns && isMarkdown == self.isMarkdown && new.begins(with: text)
        if !goesOn { resume = Resume() }
        (text, self.columns, self.isMarkdown) = (new, columns, isMarkdown)
        rows.removeLast(rows.count - resume.rows)
        let bytes = new.utf8
        let end = bytes.index(bytes.startIndex, offsetBy: min(bytes.count, mostBytes))
        var start = bytes.index(bytes.startIndex, offsetBy: min(resume.byte, mostBytes))
        work.add(bytes.distance(from: start, to: end))
        var isCode = resume.isCode
        while start < end {
            let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) ?? end
            // The last line may still grow, and is then read again.
            let byte = bytes.distance(from: bytes.startIndex, to: start)
            resume = Resume(byte: byte, rows: rows.count, isCode: isCode)
            add(new[start..<lineEnd], &isCode, measure)
            start = lineEnd < end ? bytes.index(after: lineEnd) : end
        }
        if end < bytes.endIndex {
            rows.append(DetailLine.note("the first \(ByteCount.text(mostBytes)) of \(ByteCount.text(bytes.count))"))
        }
    }

    private mutating func add(_ line: Substring, _ isCode: inout Bool, _ measure: (Character) -> Int) {
        // What begins or ends a block of code is not seen.
        if isMarkdown, MarkdownLine.isFence(line) {
            isCode.toggle()
            return
        }
        let source =
            isCode
            ? MarkdownLine(code: line) : isMarkdown ? MarkdownLine(line) : MarkdownLine(plain: line)
        for (index, row) in TextRows.of(source.text, columns: columns, hanging: source.hanging, measure).enumerated() {
            let indent = index == 0 ? "" : String(repeating: " ", count: min(source.hanging, columns / 2))
            let (low, high) = (row.lowerBound, row.upperBound)
            let utf8 = source.text.utf8
            let piece = source.text[
                utf8.index(utf8.startIndex, offsetBy: low)..<utf8.index(utf8.startIndex, offsetBy: high)
            ]
            let shift = indent.utf8.count - low
            let marks = source.marks.compactMap { mark -> DetailLine.Mark? in
                let part = mark.range.clamped(to: low..<high)
                return part.isEmpty
                    ? nil : DetailLine.Mark(range: part.lowerBound + shift..<part.upperBound + shift, kind: mark.kind)
            }
            rows.append(DetailLine(label: "", text: indent + piece, style: source.style, marks: marks))
        }
    }
}

/// A line of Markdown without its marks: headings, lists, quotations, bold words and code. Everything else is left as it is.
struct MarkdownLine {
    var text: String
    var style = DetailLine.Style.plain
    var marks: [DetailLine.Mark] = []
    /// Columns by which the rows after the first are indented.
    var hanging = 0

    init(plain line: Substring) { text = Self.spaced(line) }

    init(code line: Substring) {
        text = Self.spaced(line)
        style = .code
    }

    init(_ line: Substring) {
        let spaced = Self.spaced(line)
        let indent = spaced.utf8.prefix { $0 == 0x20 }.count
        let rest = spaced.utf8.dropFirst(indent)
        let hashes = rest.prefix { $0 == UInt8(ascii: "#") }.count
        if (1...6).contains(hashes), indent < 4, rest.dropFirst(hashes).first == 0x20 {
            (text, marks) = Self.inline(String(Substring(rest.dropFirst(hashes + 1))))
            style = .heading
        } else if rest.first == UInt8(ascii: ">"), indent < 4 {
            (text, marks) = Self.inline(spaced)
            (style, hanging) = (.quote, indent + 2)
        } else if let first = rest.first, "-*+".utf8.contains(first), rest.dropFirst().first == 0x20 {
            let blank = String(repeating: " ", count: indent)
            (text, marks) = Self.inline("\(blank)• \(Substring(rest.dropFirst(2)))")
            hanging = indent + 2
        } else {
            (text, marks) = Self.inline(spaced)
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            if (1...3).contains(digits), [UInt8(ascii: "."), UInt8(ascii: ")")].contains(rest.dropFirst(digits).first) {
                hanging = indent + digits + 2
            } else {
                hanging = indent
            }
        }
    }

    /// Whether a line begins or ends a block of code.
    static func isFence(_ line: Substring) -> Bool {
        let start = line.utf8.drop { $0 == 0x20 }.prefix(3)
        return start.elementsEqual("```".utf8) || start.elementsEqual("~~~".utf8)
    }

    /// Without what ends a line on other systems, and with spaces in place of tabs.
    private static func spaced(_ line: Substring) -> String {
        let line = line.utf8.last == 0x0D ? Substring(line.utf8.dropLast()) : line
        guard line.utf8.contains(0x09) else { return String(line) }
        return line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    ")
    }

    /// The text without the marks around bold words and code, and where these are.
    private static func inline(_ line: String) -> (String, [DetailLine.Mark]) {
        guard
            line.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "_") })
        else { return (line, []) }
        let bytes = Array(line.utf8)
        var kept: [UInt8] = []
        var marks: [DetailLine.Mark] = []
        // What is not ended after one place is not ended after a later one: no line is searched through again and again.
        var open: Set<UInt8> = []
        var place = 0
        while place < bytes.count {
            let sign = bytes[place]
            guard let (length, kind) = opening(bytes, at: place), !open.contains(sign) else {
                kept.append(sign)
                place += 1
                continue
            }
            guard let close = closing(bytes, sign, length, from: place + length) else {
                open.insert(sign)
                continue
            }
            let start = kept.count
            kept += bytes[place + length..<close]
            marks.append(DetailLine.Mark(range: start..<kept.count, kind: kind))
            place = close + length
        }
        return (String(decoding: kept, as: UTF8.self), marks)
    }

    private static func opening(_ bytes: [UInt8], at place: Int) -> (length: Int, kind: DetailLine.Mark.Kind)? {
        if bytes[place] == UInt8(ascii: "`") { return (1, .code) }
        guard bytes[place] == UInt8(ascii: "*") || bytes[place] == UInt8(ascii: "_"), place + 2 < bytes.count,
            bytes[place + 1] == bytes[place], bytes[place + 2] != bytes[place], bytes[place + 2] != 0x20
        else { return nil }
        return (2, .strong)
    }

    /// Where the same sign ends what it began; nil: it does not, and is a sign like others.
    private static func closing(_ bytes: [UInt8], _ sign: UInt8, _ length: Int, from start: Int) -> Int? {
        var place = start + 1
        while place + length <= bytes.count {
            if bytes[place] == sign, bytes[place + length - 1] == sign, length == 1 || bytes[place - 1] != 0x20 {
                return place
            }
            place += 1
        }
        return nil
    }
}

/// Where a line is broken: ranges of its bytes.
enum TextRows {
    /// After spaces, beside wide characters, and within words that are longer than a row. A space at the end of a row belongs
    /// to none.
    ///
    /// - Parameter hanging: columns that the rows after the first have less.
    static func of(_ line: String, columns: Int, hanging: Int, _ measure: (Character) -> Int) -> [Range<Int>] {
        guard !line.isEmpty else { return [0..<0] }
        let later = max(columns - min(hanging, columns / 2), 1)
        if line.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return plain(Array(line.utf8), columns, later) }
        return measured(line, columns, later, measure)
    }

    /// A byte is a column.
    private static func plain(_ bytes: [UInt8], _ first: Int, _ later: Int) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        while true {
            let room = rows.isEmpty ? first : later
            guard bytes.count - start > room else {
                rows.append(start..<bytes.count)
                return rows
            }
            var end = start + room
            while end > start, bytes[end] != 0x20 { end -= 1 }
            guard end > start else {
                rows.append(start..<start + room)
                start += room
                continue
            }
            rows.append(start..<end)
            start = end + 1
        }
    }

    private static func measured(
        _ line: String,
        _ first: Int,
        _ later: Int,
        _ measure: (Character) -> Int
    ) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        var used = 0
        var place = 0
        /// The end of a row that could be here, the beginning of the next, and the columns up to it.
        var lastBreak: (end: Int, next: Int, used: Int)?
        for character in line {
            let width = measure(character)
            let bytes = character.utf8.count
            if width > 1, place > start, lastBreak?.next != place { lastBreak = (place, place, used) }
            // A space at the end of a row needs no room.
            while used + width > (rows.isEmpty ? first : later), place > start, character != " " {
                let at = lastBreak ?? (place, place, used)
                rows.append(start..<at.end)
                (start, used, lastBreak) = (at.next, used - at.used, nil)
            }
            used += width
            place += bytes
            if character == " " {
                lastBreak = (place - bytes, place, used)
            } else if width > 1 {
                lastBreak = (place, place, used)
            }
        }
        rows.append(start..<place)
        return rows
    }
}

extension String {
    /// Whether the bytes begin with those of `other`: cheaper than comparing characters.
    fileprivate func begins(with other: String) -> Bool {
        let count = other.utf8.count
        guard count <= utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { whole in
            other.utf8.withContiguousStorageIfAvailable { whole.prefix(count).elementsEqual($0) }
        }
        return (isSame ?? nil) ?? utf8.prefix(count).elementsEqual(other.utf8)
    }
}
