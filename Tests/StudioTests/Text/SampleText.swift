/// A simple width table: marks alone take no cell, emoji and CJK two, all else one.
func cells(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200D, 0xFE0F: return 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xFF00...0xFF60, 0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF:
        return 2
    default: return 1
    }
}

/// Pieces of text that grow together, take two cells, break lines or separate words.
let pieces = [
    "a", "b", "Z", "7", "_", " ", "  ", "word", "longer-word", ".", ",", "\n", "\r\n", "\t", "é", "e\u{301}",
    "\u{301}", "界", "世界", "👨‍👩‍👧", "🇩", "🇪", "🇩🇪", "👍🏽", "\u{200D}", "❤️", "क्", "ष", "\u{600}", "\u{1B}", "한", "ᄒ", "ᅡ",
]
