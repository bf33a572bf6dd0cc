/// Finds what a person may have meant by a word that is none of the known ones. Pure.
package enum Spelling {
    /// The known word nearest to `word`; nil where none is near: more than a third of it would have to be changed.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let word = word.lowercased()
        // What nobody types by mistake costs nothing to compare.
        guard (1...64).contains(word.count) else { return nil }
        var best: (word: String, distance: Int)?
        for candidate in known where abs(candidate.count - word.count) <= 3 {
            let distance = distance(Array(word), Array(candidate.lowercased()))
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        guard let best, best.distance <= max(1, word.count / 3) else { return nil }
        return best.word
    }

    /// Characters to be added, taken away, changed, or exchanged with their neighbour.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for i in first.indices {
            var row = [i + 1]
            for j in second.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
                if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[second.count]
    }
}
