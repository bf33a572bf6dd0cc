/// What tells a prompt from the one beside it: runs of one submission begin alike.
package enum PromptDifference {
    /// Words that two prompts must share at their beginning before these are left out.
    private static let leastShared = 3

    /// The prompt, or the end of it where it begins as a neighbour does.
    package static func text(of prompt: String, beside neighbours: [String], ellipsis: String = "…") -> String {
        let words = prompt.split(separator: " ")
        let shared = neighbours.map { neighbour in
            neighbour == prompt ? 0 : zip(words, neighbour.split(separator: " ")).prefix { $0 == $1 }.count
        }
        guard let most = shared.max(), most >= leastShared, most < words.count else { return prompt }
        return ellipsis + " " + words.dropFirst(most).joined(separator: " ")
    }
}
