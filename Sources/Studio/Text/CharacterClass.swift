/// What parts words from each other.
enum CharacterClass: Hashable {
    case space, word, sign

    init(_ character: Character) {
        if character.isWhitespace {
            self = .space
        } else if character.isLetter || character.isNumber || character == "_" {
            self = .word
        } else {
            self = .sign
        }
    }
}
