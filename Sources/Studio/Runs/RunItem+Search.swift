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
            finishedAt: finishedAt,
            cost: cost?.money,
            key: key,
            isFavourite: annotation.isFavourite,
            rating: annotation.rating
        )
    }

    /// Where it stands in a list that is sorted so.
    func place(in sort: RunSort) -> RunSort.Place {
        sort.place(of: facts(text: sort.key == .prompt ? foldedText : ""))
    }
}
