extension String {
    /// The beginning on one line, line breaks, tabs and runs of blanks as single spaces: at most so many characters. Looks
    /// at no more of the text than that.
    package func oneLine(characters limit: Int) -> String {
        var line = ""
        var count = 0
        var isBetween = false
        for character in self {
            if count >= limit { break }
            if character.isWhitespace {
                isBetween = !line.isEmpty
                continue
            }
            if isBetween {
                line.append(" ")
                count += 1
                isBetween = false
            }
            line.append(character)
            count += 1
        }
        return line
    }
}
