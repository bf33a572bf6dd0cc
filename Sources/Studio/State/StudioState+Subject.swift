import ReplicateAPI

extension StudioState {
    /// What a run is called by: its prompt, else what it was made from, else the first of its inputs. Empty where it has
    /// nothing of it; not yet safe for a terminal.
    package func subject(of run: RunItem) -> String {
        if run.prompt.contains(where: { !$0.isWhitespace }) { return run.prompt }
        if let file = run.inputFiles.first {
            if let prompt = runs.maker(of: file)?.prompt, !prompt.isEmpty { return "from \(prompt)" }
            let name = file.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last.map(String.init) ?? file
            return file.hasPrefix("data:") ? "from a file" : "from \(name)"
        }
        let input = run.input.filter { $0.key != "seed" && !$0.value.isEmptyValue }.min { $0.key < $1.key }
        return input.map { "\($0.key) \($0.value.plain)" } ?? ""
    }
}
