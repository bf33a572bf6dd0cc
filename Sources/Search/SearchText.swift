import Foundation

/// The text of a run that words are looked for in, folded so that case and the form of accents make no difference.
///
/// The history keeps it beside the run, and the studio makes it for what is on the screen: both must find the same.
package enum SearchText {
    /// Of one part, its first bytes: what is pasted as a prompt may be as long as a book.
    static let mostBytes = 16 << 10
    /// Ends each part, and so stands in no word.
    static let end = "\n"
    /// Begins a tag, and so stands in no word.
    static let tagMark = "\u{1}"

    /// In lower case, in composed form, with one blank for every run of blanks, line breaks and control characters.
    package static func folded(_ text: String) -> String {
        // Composed after it is lower case: some letters, such as ẗ, have a composed form in lower case only.
        var text = text.lowercased()
        // The composed form of ASCII is itself.
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { text = text.precomposedStringWithCanonicalMapping }
        var folded = ""
        var isAfterBlank = true
        for scalar in text.unicodeScalars {
            let isBlank = scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F
            if isBlank {
                if !isAfterBlank { folded.unicodeScalars.append(" ") }
            } else {
                folded.unicodeScalars.append(scalar)
            }
            isAfterBlank = isBlank
            if folded.utf8.count >= mostBytes { break }
        }
        if folded.last == " " { folded.removeLast() }
        return folded
    }

    /// What a run is found by that nobody but the program writes: prompt, model and the names of its files.
    ///
    /// - Parameters:
    ///   - model: `owner/name` or `owner/name:version`.
    ///   - files: paths; their last parts count.
    package static func of(prompt: String, model: String, files: [String]) -> String {
        let names = files.map { String($0.split(separator: "/").last ?? "") }
        return ([prompt, model] + names).map { folded($0) + end }.joined()
    }

    /// What a person has added to a run: tags, each findable as a whole, and a note.
    package static func of(tags: [String], note: String?) -> String {
        tags.map { tagged($0) }.joined() + (note.map { folded($0) + end } ?? "")
    }

    /// How a tag stands in the text.
    package static func tagged(_ tag: String) -> String { tagMark + folded(tag) + end }
}
