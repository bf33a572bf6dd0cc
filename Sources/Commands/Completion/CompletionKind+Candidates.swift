import ArgumentParser

extension CompletionKind {
    static var model: CompletionKind { .custom { _, _, _ in Candidates.known().models } }
    static var run: CompletionKind { .custom { _, _, _ in Candidates.known().runs } }
    static var activeRun: CompletionKind { .custom { _, _, _ in Candidates.known().activeRuns } }
    static var tag: CompletionKind { .custom { _, _, _ in Candidates.known().tags } }
    static var hardware: CompletionKind { .custom { _, _, _ in Candidates.known().hardware } }
    static var component: CompletionKind { .custom { _, _, _ in Licenses.known().components.map(\.name) } }
    /// Of the model that stands before it.
    static var input: CompletionKind {
        .custom { words, index, word in Candidates.known().inputs(after: Array(words.prefix(index)), word) }
    }
    /// A model first, then its inputs.
    static var modelAndInput: CompletionKind {
        .custom { words, index, word in
            let candidates = Candidates.known()
            let inputs = candidates.inputs(after: Array(words.prefix(index)), word)
            return inputs.isEmpty ? candidates.models : inputs
        }
    }
}
