/// Stands in for a language model: a small grammar, the same words for the same prompt and seed.
enum Storyteller {
    private static let openings = [
        "Here is how I picture it.", "Let me think about that.", "There is an old story about this.",
        "Gladly.", "It begins, as such things do, quietly.",
    ]
    private static let subjects = [
        "the harbour", "a fox", "the first light", "an old lighthouse", "the wind", "a small boat", "the forest",
        "somebody with a lantern", "the tide", "a letter without a sender",
    ]
    private static let verbs = [
        "waits beside", "remembers", "moves towards", "gives its colour to", "keeps watch over", "leans on",
        "answers", "wanders around", "never quite leaves", "listens to",
    ]
    private static let objects = [
        "the sleeping town", "a hill of heather", "the long road home", "the next morning", "a window left open",
        "the sound of rain", "every roof in turn", "what the map leaves out",
    ]
    private static let ends = [".", ", and nobody minds.", ", slowly.", "; that is enough.", ", twice.", "."]

    /// At most `limit` pieces; joined they are the text.
    static func tokens(for prompt: String, seed: Int = 0, limit: Int) -> [String] {
        var random = SeededRandom(seed: seed, text: prompt)
        func pick(_ list: [String], _ random: inout SeededRandom) -> String { list[random.index(below: list.count)] }
        var text = pick(openings, &random)
        let topic = prompt.split(whereSeparator: \.isWhitespace).suffix(4).joined(separator: " ")
        if !topic.isEmpty { text += " You said \"\(topic)\", and I thought of this:" }
        for _ in 0..<(4 + limit / 12) {
            let subject = pick(subjects, &random)
            text += " \(subject.prefix(1).uppercased() + subject.dropFirst()) \(pick(verbs, &random)) "
            text += pick(objects, &random) + pick(ends, &random)
        }
        var tokens: [String] = []
        for (index, word) in text.split(separator: " ").enumerated() {
            tokens.append(index == 0 ? String(word) : " \(word)")
        }
        return Array(tokens.prefix(max(1, limit)))
    }
}
