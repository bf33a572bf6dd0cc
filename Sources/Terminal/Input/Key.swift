/// A key without its modifiers.
package enum KeyCode: Hashable, Sendable {
    /// One Unicode scalar. A character that consists of several arrives as several keys.
    case character(Character)
    case enter, tab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 is `function(1)`.
    case function(Int)
}

/// The modifiers of a key; the bits are those of xterm's modifier parameter minus 1.
package struct KeyModifiers: OptionSet, Hashable, Sendable {
    /// 1 shift, 2 alt, 4 control.
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The shift key.
    package static let shift = KeyModifiers(rawValue: 1)
    /// The alt key, or meta.
    package static let alt = KeyModifiers(rawValue: 2)
    /// The control key.
    package static let control = KeyModifiers(rawValue: 4)
}

/// A key with its modifiers.
///
/// Each key has one form only: shift is not kept on a character that shows it (`A`, not shift and `a`), and a letter
/// with control is lower case.
package struct Key: Hashable, Sendable {
    /// The key.
    package var code: KeyCode
    /// The modifiers, in the one form described above.
    package var modifiers: KeyModifiers

    /// Brings code and modifiers into the one form described above.
    package init(_ code: KeyCode, modifiers: KeyModifiers = []) {
        self.code = code
        self.modifiers = modifiers
        guard case .character(let character) = code else { return }
        if modifiers.contains(.control) {
            self.code = .character(character.lowercasedScalar)
        } else if modifiers.contains(.shift), character != " " {
            self.code = .character(character.uppercasedScalar)
            self.modifiers.remove(.shift)
        }
    }

    /// The character that the key types; nil with control or alt, and for keys without a character.
    package var typed: Character? {
        guard case .character(let character) = code, modifiers.isDisjoint(with: [.control, .alt]) else { return nil }
        return character
    }
}

extension Character {
    fileprivate var lowercasedScalar: Character {
        let lower = lowercased()
        return lower.count == 1 ? Character(lower) : self
    }

    fileprivate var uppercasedScalar: Character {
        let upper = uppercased()
        return upper.count == 1 ? Character(upper) : self
    }
}
