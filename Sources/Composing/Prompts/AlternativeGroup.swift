/// One `{…|…}` of a text: a pair of braces with at least one bar directly inside.
struct AlternativeGroup: Hashable, Sendable {
    /// The index of the opening brace's byte.
    let open: Int
    /// The index of the closing brace's byte.
    let close: Int
    /// The indexes of the bars between the alternatives; at least one.
    let bars: [Int]
    /// The number of prompts for each alternative; one more element than ``bars``. A number stops above
    /// ``AlternativeSyntax/most``.
    let counts: [Int]
    /// Whether it is inside of no other group.
    let isOutermost: Bool

    /// The number of prompts it stands for; stops above ``AlternativeSyntax/most``.
    var count: Int { Self.saturated(counts.reduce(0) { Self.saturated($0 + $1) }) }

    /// The index at which the text of an alternative begins.
    func start(of alternative: Int) -> Int { (alternative == 0 ? open : bars[alternative - 1]) + 1 }

    /// The groups of a text in the order of their opening braces, and the number of steps that were needed.
    static func find(in bytes: [UInt8]) -> (groups: [AlternativeGroup], steps: Int) {
        var pairs = BracePairs(bytes)
        pairs.leaveOutObjects(of: bytes)
        let groups = pairs.groups()
        return (groups, pairs.steps)
    }

    static func saturated(_ count: Int) -> Int { min(count, AlternativeSyntax.most + 1) }
}

/// The pairs of braces in a text, with the bars directly inside of each pair.
private struct BracePairs {
    struct Pair {
        let open: Int
        var close: Int?
        var bars: [Int] = []
    }

    /// In the order of their opening braces, including those that never close.
    private var pairs: [Pair] = []
    /// The number of bytes, bars and pairs that were read so far.
    private(set) var steps = 0

    init(_ bytes: [UInt8]) {
        var stack: [Int] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where index + 1 < bytes.count && AlternativeSyntax.isSign(bytes[index + 1]):
                index += 1
            case UInt8(ascii: "{"):
                stack.append(pairs.count)
                pairs.append(Pair(open: index))
            case UInt8(ascii: "|"):
                if let top = stack.last { pairs[top].bars.append(index) }
            case UInt8(ascii: "}"):
                if let top = stack.popLast() { pairs[top].close = index }
            default: break
            }
            index += 1
            steps += 1
        }
    }

    /// Removes the pairs that are JSON objects, and the pairs inside of them.
    ///
    /// Nested pairs that all look like objects could be read many times, so the number of bytes that are read is
    /// limited.
    mutating func leaveOutObjects(of bytes: [UInt8]) {
        var left = 4 * bytes.count
        var end = -1
        pairs = pairs.filter { pair in
            steps += 1
            if pair.open < end { return false }
            guard let close = pair.close, close - pair.open <= left,
                AlternativeSyntax.looksLikeObject(bytes[pair.open...close])
            else { return true }
            left -= close - pair.open
            steps += close - pair.open
            guard AlternativeSyntax.isJSON(bytes[pair.open...close]) else { return true }
            end = close
            return false
        }
    }

    mutating func groups() -> [AlternativeGroup] {
        let choices = pairs.compactMap { pair in pair.close.flatMap { pair.bars.isEmpty ? nil : (pair, $0) } }
        var groups: [AlternativeGroup?] = Array(repeating: nil, count: choices.count)
        // Going from the last group to the first, inner groups are known before outer ones. `pending` holds the groups
        // that are not yet inside of another one, the leftmost on top.
        var pending: [Int] = []
        var isInner = [Bool](repeating: false, count: choices.count)
        for index in choices.indices.reversed() {
            let (pair, close) = choices[index]
            var counts = [Int](repeating: 1, count: pair.bars.count + 1)
            var alternative = 0
            steps += 1 + pair.bars.count
            while let inner = pending.last, let group = groups[inner], group.open < close {
                pending.removeLast()
                steps += 1
                isInner[inner] = true
                while alternative < pair.bars.count, pair.bars[alternative] < group.open { alternative += 1 }
                counts[alternative] = AlternativeGroup.saturated(counts[alternative] * group.count)
            }
            groups[index] = AlternativeGroup(
                open: pair.open,
                close: close,
                bars: pair.bars,
                counts: counts,
                isOutermost: true
            )
            pending.append(index)
        }
        return groups.enumerated().compactMap { index, group in
            group.map {
                AlternativeGroup(
                    open: $0.open,
                    close: $0.close,
                    bars: $0.bars,
                    counts: $0.counts,
                    isOutermost: !isInner[index]
                )
            }
        }
    }
}
