import Money
package import Search

extension RunItem {
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
