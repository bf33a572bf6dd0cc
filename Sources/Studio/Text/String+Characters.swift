extension String {
    /// The same as `String.init` of a sequence, which goes through the protocols of sequences and grows the text step by
    /// step: this is called for the whole prompt at every key press.
    init(characters: ArraySlice<Character>) {
        self.init()
        append(characters: characters)
    }

    mutating func append(characters: ArraySlice<Character>) {
        reserveCapacity(utf8.count + characters.count)
        for character in characters { append(character) }
    }
}
