/// `a {red|blue} fox` as the prompts it stands for.
///
/// Alternatives may be empty and may hold further ones; `\{`, `\|` and `\}` stand for the signs themselves. Braces
/// without a bar inside are plain text, so that JSON and code in a prompt stay what they are.
package enum PromptAlternatives {
    /// Prompts that one text may stand for.
    package static let most = 256

    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// In the order of reading, the last alternatives varying fastest.
    package static func expand(_ text: String) throws(Failure) -> [String] {
        var reader = Reader(rest: text[...])
        let prompts = try reader.sequence(isInside: false)
        return prompts
    }

    private struct Reader {
        var rest: Substring

        /// Reads until the end, or inside braces until a bar or the closing brace, which stay.
        mutating func sequence(isInside: Bool) throws(Failure) -> [String] {
            var prompts = [""]
            while let character = rest.first {
                if isInside, character == "|" || character == "}" { break }
                rest.removeFirst()
                if character == "\\", let next = rest.first, "{|}".contains(next) {
                    rest.removeFirst()
                    append(String(next), to: &prompts)
                } else if character == "{" {
                    try group(into: &prompts)
                } else {
                    append(String(character), to: &prompts)
                }
            }
            return prompts
        }

        private mutating func group(into prompts: inout [String]) throws(Failure) {
            let start = rest
            var choices = [try sequence(isInside: true)]
            while rest.first == "|" {
                rest.removeFirst()
                choices.append(try sequence(isInside: true))
            }
            guard rest.first == "}", choices.count > 1 else {
                // No closing brace or nothing to choose from: the brace is a brace.
                rest = start
                append("{", to: &prompts)
                return
            }
            rest.removeFirst()
            let all = choices.flatMap { $0 }
            guard prompts.count * all.count <= most else {
                throw Failure(description: "The alternatives make more than \(most) prompts")
            }
            prompts = prompts.flatMap { prompt in all.map { prompt + $0 } }
        }

        private func append(_ text: String, to prompts: inout [String]) {
            for index in prompts.indices { prompts[index] += text }
        }
    }
}
