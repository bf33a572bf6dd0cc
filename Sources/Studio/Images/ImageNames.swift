/// What the images of the list are: of those that a run made, the prompt that made them.
package struct ImageNames: Hashable, Sendable {
    private struct Source: Hashable, Sendable {
        var items: [String]
        var runs: RunList.Revision
    }

    private var source: Source?
    private var prompts: [String: String] = [:]

    package init() {}

    /// The prompt of the run that made it; nil: no known run did, or it had none.
    package func prompt(of item: ImageItem) -> String? { prompts[item.text] }

    /// Looks them up anew where the list or the runs have changed.
    mutating func follow(_ items: [ImageItem], _ runs: RunList) {
        let source = Source(items: items.map(\.text), runs: runs.revision)
        guard source != self.source else { return }
        self.source = source
        prompts = [:]
        for text in source.items {
            if let prompt = runs.maker(of: text)?.prompt, !prompt.isEmpty { prompts[text] = prompt }
        }
    }
}
