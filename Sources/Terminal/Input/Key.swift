package enum KeyCode: Hashable, Sendable {
    /// One Unicode scalar; text composed of several arrives as several keys.
    case character(Character)
    case enter, tab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 is `function(1)`.
    case function(Int)
}

package struct KeyModifiers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let shift = KeyModifiers(rawValue: 1)
    package static let alt = KeyModifiers(rawValue: 2)
    package static let control = KeyModifiers(rawValue: 4)
}

/// A key with its modifiers.
///
/// One form for one key: shift is never kept on a character that shows it (`A`, not shift and `a`), and a letter with
/// control is lower case.
package struct Key: Hashable, Sendable {
    package var code: KeyCode
    package var modifiers: KeyModifiers

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

    /// The character this key types, nil for anything bound to control or alt and for keys without one.
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
