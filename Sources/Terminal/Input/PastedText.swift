enum PastedText {
    /// The text of a paste. Control characters other than tab and LF are removed. CR LF and CR become LF. A character
    /// that is cut at the end is dropped.
    static func clean(_ bytes: [UInt8]) -> String {
        var bytes = bytes[...]
        if bytes.count + 4 > InputParser.pasteLimit {
            let tail = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.startIndex
            if String(validating: bytes[tail...], as: UTF8.self) == nil { bytes = bytes[..<tail] }
        }
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\r": scalars.append("\n")
            case "\n" where afterReturn: break
            case "\n", "\t": scalars.append(scalar)
            default:
                if scalar.properties.generalCategory != .control { scalars.append(scalar) }
            }
            afterReturn = scalar == "\r"
        }
        return String(scalars)
    }
}
