/// A code in the text of a failure. The API writes it, or the provider behind a model.
package enum FailureCode {
    /// A sentence that explains the first known code in `text` and what helps. Without a code, a sentence about the
    /// safety filter when `text` mentions one; otherwise nil.
    ///
    /// Source: Replicate docs, "Error codes", read 2026-11. Codes of three digits come from the providers of official
    /// models. Their meaning is not documented; the sentences follow the texts in which they occur.
    package static func explanation(in text: String) -> String? {
        for match in text.matches(of: #/\bE\d{3,4}\b/#) {
            if let sentence = sentences[String(match.output)] { return "\(match.output): \(sentence)" }
            if match.output.count == 4 {
                return "\(match.output): the provider behind the model refused the input or could not serve it"
            }
        }
        let words = text.lowercased()
        return filterWords.contains { words.contains($0) }
            ? "The safety filter held the result back: another prompt or another seed may pass" : nil
    }

    private static let sentences = [
        "E1000": "an error that the API does not explain; trying again may help",
        "E1001": "the model ran out of memory; a smaller picture, fewer outputs or a shorter text may fit",
        "E6716": "the model did not start in time; trying again later may help",
        "E002": "the provider behind the model could not use the input, such as an address that it cannot reach",
        "E003": "the provider behind the model is overloaded; trying again later may help",
        "E004": "the provider behind the model is not available; trying again later may help",
        "E005": "the input or the output was held back as sensitive; another prompt may pass",
        "E006": "the provider behind the model calls the input invalid",
    ]

    private static let filterWords = [
        "nsfw", "safety checker", "safety filter", "content policy", "flagged as sensitive",
    ]
}
