/// How well a query fits a candidate: its letters appear in order, best at the starts of words and in runs.
///
/// Words of a query that spaces separate are matched each on its own, in any order. A word with a capital letter heeds
/// case, any other does not.
package struct FuzzyMatch: Hashable, Sendable {
    /// Higher is better; comparable only between candidates of one query.
    package let score: Int
    /// The characters of the candidate that matched, in order, neighbours joined.
    package let ranges: [Range<Int>]

    /// How far into a candidate is looked, in characters.
    package static let reach = 2_000

    /// nil when `candidate` does not contain the query. An empty query fits everything with score 0.
    package static func score(_ query: String, _ candidate: String) -> FuzzyMatch? {
        score(terms(of: query), candidate)
    }

    /// The candidates that fit, best first; equal ones, and all of them for an empty query, stay in the given order.
    package static func rank(_ query: String, in candidates: [String]) -> [(index: Int, match: FuzzyMatch)] {
        let terms = terms(of: query)
        let matches = candidates.enumerated().compactMap { index, candidate in
            score(terms, candidate).map { (index: index, match: $0) }
        }
        return matches.sorted { ($1.match.score, $0.index) < ($0.match.score, $1.index) }
    }

    private static func terms(of query: String) -> [Term] {
        query.split(separator: " ").map { Term(String($0)) }
    }

    private static func score(_ terms: [Term], _ candidate: String) -> FuzzyMatch? {
        guard !terms.isEmpty else { return FuzzyMatch(score: 0, ranges: []) }
        let text = Candidate(candidate)
        var score = 0
        var matched: Set<Int> = []
        for term in terms {
            guard let found = text.alignment(of: term) else { return nil }
            score += found.score
            matched.formUnion(found.indices)
        }
        return FuzzyMatch(score: score, ranges: ranges(matched.sorted()))
    }

    private static func ranges(_ indices: [Int]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for index in indices {
            if let last = ranges.last, last.upperBound == index {
                ranges[ranges.count - 1] = last.lowerBound..<(index + 1)
            } else {
                ranges.append(index..<(index + 1))
            }
        }
        return ranges
    }
}

private struct Term {
    let keys: [UInt32]
    let heedsCase: Bool

    init(_ word: String) {
        let exact = word.map(Key.exact)
        heedsCase = word.contains(where: \.isUppercase)
        keys = heedsCase ? exact : exact.map(Key.folded)
    }
}

private enum Key {
    /// A character stands for its first scalar: enough to find it, and quick to compare.
    static func exact(_ character: Character) -> UInt32 { character.unicodeScalars.first?.value ?? 0 }

    static func folded(_ key: UInt32) -> UInt32 {
        if key < 0x80 { return (0x41...0x5A).contains(key) ? key + 0x20 : key }
        let scalar = Unicode.Scalar(key)
        return scalar?.properties.lowercaseMapping.unicodeScalars.first?.value ?? key
    }
}

private struct Candidate {
    private enum Weight {
        static let match = 16
        static let textStart = 10
        static let wordStart = 8
        static let hump = 6
        static let run = 7
        static let whole = 10
        static let gapStart = 3
        static let gapStep = 1
        static let mostLead = 5
        static let never = Int.min / 2
    }

    private let exact: [UInt32]
    private let folded: [UInt32]

    init(_ text: String) {
        // Of ASCII every byte is a character, but for the pair that ends a line.
        if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) {
            exact = text.utf8.prefix(FuzzyMatch.reach).map(UInt32.init)
        } else {
            exact = text.prefix(FuzzyMatch.reach).map(Key.exact)
        }
        folded = exact.map(Key.folded)
    }

    /// The best way to find the term's letters in order.
    func alignment(of term: Term) -> (score: Int, indices: [Int])? {
        let keys = term.heedsCase ? exact : folded
        let (rows, count) = (term.keys.count, keys.count)
        guard let first = firstFit(term.keys, in: keys) else { return nil }

        // ending[i][j]: the best score with letter i found at j; best[i][j]: the same at j or before, less the gap.
        var ending = [Int](repeating: Weight.never, count: rows * count)
        var best = ending
        for row in 0..<rows {
            var running = Weight.never
            for column in first[row]..<count {
                let place = row * count + column
                if keys[column] == term.keys[row] {
                    let bonus = bonus(at: column)
                    if row == 0 {
                        ending[place] = Weight.match + bonus - min(column, Weight.mostLead)
                    } else if column > 0 {
                        let before = place - count - 1
                        let run = ending[before] + Weight.match + max(bonus, Weight.run)
                        let jump = best[before] - Weight.gapStart + Weight.match + bonus
                        ending[place] = max(run, jump)
                    }
                }
                running = max(running - Weight.gapStep, ending[place])
                best[place] = running
            }
        }

        var column = 0
        let last = (rows - 1) * count
        for other in 0..<count where ending[last + other] > ending[last + column] { column = other }
        let score = ending[last + column]
        var indices = [column]
        for row in stride(from: rows - 1, to: 0, by: -1) {
            let before = (row - 1) * count + column - 1
            let run = ending[before] + max(bonus(at: column), Weight.run)
            let jump = best[before] - Weight.gapStart + bonus(at: column)
            column -= 1
            if run < jump {
                // `best` only falls after its source, so the source is where both agree.
                while ending[(row - 1) * count + column] != best[(row - 1) * count + column] { column -= 1 }
            }
            indices.append(column)
        }
        return (score + (rows == count ? Weight.whole : 0), indices.reversed())
    }

    /// The earliest place of every letter; nil when they are not all there in order.
    private func firstFit(_ term: [UInt32], in keys: [UInt32]) -> [Int]? {
        var fit: [Int] = []
        var column = 0
        for key in term {
            while column < keys.count, keys[column] != key { column += 1 }
            guard column < keys.count else { return nil }
            fit.append(column)
            column += 1
        }
        return fit
    }

    private func bonus(at column: Int) -> Int {
        guard column > 0 else { return Weight.textStart }
        let (before, here) = (exact[column - 1], exact[column])
        if !Self.isWord(before) { return Self.isWord(here) ? Weight.wordStart : 0 }
        let isHump = here != folded[column] && before == folded[column - 1]
        let isNumber = Self.isDigit(here) && !Self.isDigit(before)
        return isHump || isNumber ? Weight.hump : 0
    }

    private static func isDigit(_ key: UInt32) -> Bool { (0x30...0x39).contains(key) }

    private static func isWord(_ key: UInt32) -> Bool {
        key >= 0x80 || isDigit(key) || (0x41...0x5A).contains(key) || (0x61...0x7A).contains(key)
    }
}
