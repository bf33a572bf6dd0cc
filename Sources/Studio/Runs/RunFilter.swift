/// Words that a row must contain, in any order and in any case; without a word every row passes.
struct RunFilter: Hashable, Sendable {
    let text: String
    private let words: [[UInt8]]

    init(_ text: String) {
        self.text = text
        words = text.lowercased().split(separator: " ").map { Array($0.utf8) }
    }

    var isEmpty: Bool { words.isEmpty }

    /// What is looked for in a run; made once for each state of it.
    static func haystack(of run: RunItem) -> [UInt8] {
        Array("\(run.prompt) \(run.model) \(run.statusWord)".lowercased().utf8)
    }

    func passes(_ haystack: [UInt8]) -> Bool {
        haystack.withUnsafeBufferPointer { bytes in words.allSatisfy { Self.contains($0, bytes) } }
    }

    private static func contains(_ word: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = word.first else { return true }
        var start = 0
        while start + word.count <= bytes.count {
            if bytes[start] == first, bytes[start..<(start + word.count)].elementsEqual(word) { return true }
            start += 1
        }
        return false
    }

    /// Whether everything that passes this passed `other` too.
    func narrows(_ other: RunFilter) -> Bool {
        words.count >= other.words.count && zip(words, other.words).allSatisfy { $0.starts(with: $1) }
    }
}
