extension TerminalReply {
    /// Reads answers that are control sequences; nil for an unknown one.
    init?(_ sequence: ControlSequence) {
        switch (sequence.prefix, sequence.intermediates, sequence.final) {
        case (UInt8(ascii: "?"), [], UInt8(ascii: "c")):
            self = .primaryAttributes(sequence.parameters.compactMap { $0.first ?? nil })
        case (UInt8(ascii: "?"), [UInt8(ascii: "$")], UInt8(ascii: "y")):
            guard let mode = sequence.value(0), let state = sequence.value(1) else { return nil }
            self = .mode(mode, state: state)
        case (UInt8(ascii: "?"), [], UInt8(ascii: "u")):
            self = .keyboard(flags: sequence.first ?? 0)
        // Reports of mode 2031: 997, then 1 for dark and 2 for light.
        case (UInt8(ascii: "?"), [], UInt8(ascii: "n")):
            guard sequence.value(0) == 997, let kind = sequence.value(1) else { return nil }
            self = .colorScheme(isDark: kind == 1)
        // XTSMGRAPHICS: item, status (0: success), values.
        case (UInt8(ascii: "?"), [], UInt8(ascii: "S")):
            guard sequence.value(1) == 0, let first = sequence.value(2) else { return nil }
            switch sequence.value(0) {
            case 1: self = .sixelColors(first)
            case 2: self = .sixelSize(width: first, height: sequence.value(3) ?? 0)
            default: return nil
            }
        // Reports of the window: kind, height, width.
        case (nil, [], UInt8(ascii: "t")):
            guard let height = sequence.value(1), let width = sequence.value(2) else { return nil }
            switch sequence.value(0) {
            case 4: self = .textAreaSize(width: width, height: height)
            case 6: self = .cellSize(width: width, height: height)
            default: return nil
            }
        default:
            return nil
        }
    }

    /// Reads answers that are strings: OSC (`]`), DCS (`P`) and APC (`_`); nil for an unknown one.
    init?(introducer: UInt8, body: [UInt8]) {
        let text = String(decoding: body.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
        switch introducer {
        case UInt8(ascii: "]"):
            let parts = text.split(separator: ";", maxSplits: 1)
            if parts.count == 2, parts[0] == "1337", parts[1].hasPrefix("ReportCellSize=") {
                self = .inlineImageCell
                return
            }
            guard parts.count == 2, let colour = Self.colour(parts[1]) else { return nil }
            switch parts[0] {
            case "10": self = .foreground(red: colour.red, green: colour.green, blue: colour.blue)
            case "11": self = .background(red: colour.red, green: colour.green, blue: colour.blue)
            default: return nil
            }
        case UInt8(ascii: "P") where text.hasPrefix(">|"):
            self = .version(String(text.dropFirst(2)))
        case UInt8(ascii: "_") where text.hasPrefix("G"):
            self = .graphics(String(text.dropFirst()))
        default:
            return nil
        }
    }

    /// Reads `rgb:hhhh/hhhh/hhhh` with one to four digits a channel. The fourth channel of `rgba:` is ignored.
    private static func colour(_ text: Substring) -> (red: UInt8, green: UInt8, blue: UInt8)? {
        guard let colon = text.firstIndex(of: ":"), text.hasPrefix("rgb") else { return nil }
        let channels = text[text.index(after: colon)...].split(separator: "/").compactMap { digits -> UInt8? in
            guard (1...4).contains(digits.count), let value = Int(digits, radix: 16), value >= 0 else { return nil }
            let highest = (1 << (4 * digits.count)) - 1
            return UInt8((value * 255 + highest / 2) / highest)
        }
        guard channels.count >= 3 else { return nil }
        return (channels[0], channels[1], channels[2])
    }
}
