import Money
package import Search

extension RunItem {
    /// What a person has added to a run.
    package struct Annotation: Hashable, Sendable {
        /// Each once, in the order in which they were given.
        package var tags: [String]
        /// A person wants to find it again.
        package var isFavourite: Bool
        /// 1…5 stars; nil: not rated.
        package var rating: Int?
        /// nil: none.
        package var note: String?

        /// Nothing was added by default.
        package init(tags: [String] = [], isFavourite: Bool = false, rating: Int? = nil, note: String? = nil) {
            self.tags = tags
            self.isFavourite = isFavourite
            self.rating = rating
            self.note = note
        }
    }

    /// What words are looked for in: prompt, model, names of files, tags and note.
    package var foldedText: String {
        (searchText ?? SearchText.of(prompt: prompt, model: model, files: outputs.compactMap(\.path)))
            + SearchText.of(tags: annotation.tags, note: annotation.note)
    }

    /// What a query looks at.
    ///
    /// - Parameter text: ``foldedText``, which takes longer than all the rest.
    package func facts(text: String) -> RunFacts {
        RunFacts(
            text: text,
            model: reference ?? model,
            status: stage.status,
            createdAt: createdAt,
            cost: cost?.money,
            key: key,
            isFavourite: annotation.isFavourite,
            rating: annotation.rating
        )
    }
}

extension RunItem.Stage {
    /// The word that the history and its queries have for it.
    package var status: String {
        switch self {
        case .queued: "queued"
        case .sending: "sending"
        case .unclear: "unclear"
        case .resendable: "not found"
        case .starting: "starting"
        case .processing: "processing"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .canceled: "canceled"
        case .aborted: "aborted"
        case .refused: "refused"
        case .forgotten: "forgotten"
        case .unknown(let word): word
        }
    }
}
