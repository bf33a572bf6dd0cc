/// What tells prompts from each other that were submitted together.
package enum PromptDifference {
    /// Words between the beginning and the end that all share; more are not compared one by one.
    private static let mostWords = 80

    /// For each prompt the words that not all of them have, with an ellipsis where common ones are left out; the whole prompt
    /// where there is only one, or nothing in common. Prompts that differ never get the same caption.
    package static func captions(of prompts: [String], ellipsis: String = "…") -> [String] {
        guard Set(prompts).count > 1 else { return prompts }
        let words = prompts.map { $0.split(whereSeparator: \.isWhitespace) }
        let least = words.map(\.count).min() ?? 0
        let head = (0..<least).prefix { index in words.allSatisfy { $0[index] == words[0][index] } }.count
        let tail = (0..<least - head).prefix { index in
            words.allSatisfy { $0[$0.count - 1 - index] == words[0][words[0].count - 1 - index] }
        }.count
        let middles = words.map { Array($0[head..<$0.count - tail]) }
        let common = middles.allSatisfy { $0.count <= mostWords } ? middles.dropFirst().reduce(middles[0], shared) : []
        let shared = Array(words[0].prefix(head)) + common + Array(words[0].suffix(tail))
        guard areAlike(shared, least: least) else { return prompts }
        let captions = zip(middles, prompts).map { middle, prompt in
            let parts = parts(of: middle, without: common)
            let texts = parts.map { withoutEnd($0.joined(separator: " ")) }.filter { !$0.isEmpty }
            let inner = texts.joined(separator: " \(ellipsis) ")
            if inner.isEmpty { return "" }
            return (head > 0 ? ellipsis + " " : "") + inner
        }
        // What is left out of one may stand in another place of the other.
        let uses = Dictionary(zip(captions, prompts).map { ($0, Set([$1])) }) { $0.union($1) }
        let distinct = zip(captions, prompts).map { caption, prompt in
            caption.isEmpty || (uses[caption]?.count ?? 0) > 1 ? prompt : caption
        }
        return Set(distinct).count == Set(prompts).count ? distinct : prompts
    }

    /// Without the commas that led to what is left out after it.
    private static func withoutEnd(_ text: String) -> String {
        String(text.prefix(text.count - text.reversed().prefix { ",;:".contains($0) }.count))
    }

    /// Whether leaving out the shared words leaves sense: prompts that have nothing in common but a few words, or small ones
    /// as `a` and `in`, are read whole.
    private static func areAlike(_ shared: [Substring], least: Int) -> Bool {
        shared.count * 2 >= least && shared.contains { $0.filter(\.isLetter).count > 2 || !$0.allSatisfy(\.isASCII) }
    }

    /// Words that two prompts must share at their beginning before these are left out.
    private static let leastShared = 3

    /// Of runs that were not submitted together: the prompt, or the end of it where it begins as a neighbour does.
    package static func text(of prompt: String, beside neighbours: [String], ellipsis: String = "…") -> String {
        let words = prompt.split(separator: " ")
        let shared = neighbours.map { neighbour in
            neighbour == prompt ? 0 : zip(words, neighbour.split(separator: " ")).prefix { $0 == $1 }.count
        }
        guard let most = shared.max(), most >= leastShared, most < words.count else { return prompt }
        return ellipsis + " " + words.dropFirst(most).joined(separator: " ")
    }

    /// The runs of words that are not among the common ones, which all come in this order.
    private static func parts(of words: [Substring], without common: [Substring]) -> [[Substring]] {
        var parts: [[Substring]] = []
        var isOpen = false
        var next = 0
        for word in words {
            if next < common.count, word == common[next] {
                next += 1
                isOpen = false
            } else if isOpen {
                parts[parts.count - 1].append(word)
            } else {
                parts.append([word])
                isOpen = true
            }
        }
        return parts
    }

    /// The longest sequence of words that both have in this order.
    private static func shared(_ first: [Substring], _ second: [Substring]) -> [Substring] {
        let columns = second.count + 1
        var lengths = [Int](repeating: 0, count: (first.count + 1) * columns)
        for row in first.indices.reversed() {
            for column in second.indices.reversed() {
                let place = row * columns + column
                lengths[place] =
                    first[row] == second[column]
                    ? lengths[place + columns + 1] + 1 : max(lengths[place + columns], lengths[place + 1])
            }
        }
        var common: [Substring] = []
        var (row, column) = (0, 0)
        while row < first.count, column < second.count {
            let place = row * columns + column
            if first[row] == second[column] {
                common.append(first[row])
                row += 1
                column += 1
            } else if lengths[place + columns] >= lengths[place + 1] {
                row += 1
            } else {
                column += 1
            }
        }
        return common
    }
}
