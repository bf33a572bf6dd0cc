/// Maps bytes and control sequences to keys.
enum KeyTables {
    /// The key of a single byte below 0x80.
    static func byte(_ byte: UInt8, alt: Bool) -> Key {
        let modifiers: KeyModifiers = alt ? .alt : []
        switch byte {
        case 0x0D: return Key(.enter, modifiers: modifiers)
        case 0x09: return Key(.tab, modifiers: modifiers)
        case 0x1B: return Key(.escape, modifiers: modifiers)
        case 0x08, 0x7F: return Key(.backspace, modifiers: modifiers)
        case 0x00: return Key(.character(" "), modifiers: modifiers.union(.control))
        case 0x01...0x1A: return Key(character(byte + 0x60), modifiers: modifiers.union(.control))
        case 0x1C...0x1F: return Key(character(byte + 0x40), modifiers: modifiers.union(.control))
        default: return Key(character(byte), modifiers: modifiers)
        }
    }

    static func ss3(_ byte: UInt8, alt: Bool) -> Key? {
        let modifiers: KeyModifiers = alt ? .alt : []
        switch byte {
        case UInt8(ascii: "M"): return Key(.enter, modifiers: modifiers)
        case UInt8(ascii: "a")...UInt8(ascii: "d"):
            return letters[byte - 0x20].map { Key($0, modifiers: modifiers.union(.control)) }
        // The numeric keypad in application mode.
        case UInt8(ascii: "j")...UInt8(ascii: "y"): return Key(character(byte - 0x40), modifiers: modifiers)
        case UInt8(ascii: "X"): return Key(.character("="), modifiers: modifiers)
        default: return letters[byte].map { Key($0, modifiers: modifiers) }
        }
    }

    static func csi(_ sequence: ControlSequence, alt: Bool) -> Key? {
        guard sequence.intermediates.isEmpty, !sequence.isRelease else { return nil }
        let modifiers = sequence.modifiers.union(alt ? .alt : [])
        switch sequence.final {
        case UInt8(ascii: "Z"):
            return Key(.tab, modifiers: modifiers.union(.shift))
        case UInt8(ascii: "u"):
            return sequence.first.flatMap { key(scalar: $0, shifted: sequence.value(0, 1), modifiers) }
        case UInt8(ascii: "~") where sequence.first == 27:
            return sequence.value(2).flatMap { key(scalar: $0, shifted: nil, modifiers) }
        case UInt8(ascii: "~"):
            return sequence.first.flatMap { numbers[$0] }.map { Key($0, modifiers: modifiers) }
        case UInt8(ascii: "^"):
            return sequence.first.flatMap { numbers[$0] }.map { Key($0, modifiers: modifiers.union(.control)) }
        case UInt8(ascii: "a")...UInt8(ascii: "d"):
            return letters[sequence.final - 0x20].map { Key($0, modifiers: modifiers.union(.shift)) }
        default:
            return letters[sequence.final].map { Key($0, modifiers: modifiers) }
        }
    }

    /// A key by its Unicode number, as modifyOtherKeys and the kitty protocol name it.
    private static func key(scalar number: Int, shifted: Int?, _ modifiers: KeyModifiers) -> Key? {
        if let code = kitty[number] { return Key(code, modifiers: modifiers) }
        // The private use area contains keys that type nothing: media, volume, the modifiers themselves.
        if (57344...63743).contains(number) { return nil }
        if number < 0x20 { return UInt8(exactly: number).map { byte($0, alt: false) }.map { merge($0, modifiers) } }
        if let shifted, modifiers.contains(.shift), !modifiers.contains(.control) {
            return scalar(shifted).map { Key($0, modifiers: modifiers.subtracting(.shift)) }
        }
        return scalar(number).map { Key($0, modifiers: modifiers) }
    }

    private static func merge(_ key: Key, _ modifiers: KeyModifiers) -> Key {
        Key(key.code, modifiers: key.modifiers.union(modifiers))
    }

    private static func character(_ byte: UInt8) -> KeyCode {
        .character(Character(Unicode.Scalar(byte)))
    }

    private static func scalar(_ number: Int) -> KeyCode? {
        UInt32(exactly: number).flatMap(Unicode.Scalar.init)
            .flatMap { $0.properties.generalCategory == .control ? nil : .character(Character($0)) }
    }

    private static let letters: [UInt8: KeyCode] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
        UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
        UInt8(ascii: "S"): .function(4),
    ]

    private static let numbers: [Int: KeyCode] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
        18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11),
        24: .function(12), 25: .function(13), 26: .function(14), 28: .function(15), 29: .function(16),
        31: .function(17), 32: .function(18), 33: .function(19), 34: .function(20),
    ]

    private static let kitty: [Int: KeyCode] = {
        var codes: [Int: KeyCode] = [
            8: .backspace, 9: .tab, 13: .enter, 27: .escape, 127: .backspace,
            57409: .character("."), 57410: .character("/"), 57411: .character("*"), 57412: .character("-"),
            57413: .character("+"), 57414: .enter, 57415: .character("="), 57417: .left, 57418: .right, 57419: .up,
            57420: .down, 57421: .pageUp, 57422: .pageDown, 57423: .home, 57424: .end, 57425: .insert, 57426: .delete,
        ]
        for digit in 0...9 { codes[57399 + digit] = .character(Character(String(digit))) }
        for number in 13...35 { codes[57363 + number] = .function(number) }
        return codes
    }()
}
