/// Reads a text once and takes one alternative of each group: the prompt with a given index.
struct AlternativeWalk {
    /// An alternative that is being read, or the whole text.
    private struct Level {
        /// The number of prompts for the groups that are still to come.
        var product: Int
        /// The index of the wanted prompt among them.
        var index: Int
        /// The byte that ends the alternative, and the byte to continue with; nil for the whole text.
        var end: (at: Int, next: Int)?
    }

    private let bytes: [UInt8]
    private let groups: [AlternativeGroup]
    private var levels: [Level]
    private var nextGroup = 0

    init(bytes: [UInt8], groups: [AlternativeGroup], index: Int, count: Int) {
        self.bytes = bytes
        self.groups = groups
        levels = [Level(product: count, index: index)]
    }

    mutating func prompt() -> String {
        var prompt: [UInt8] = []
        prompt.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if let end = levels[levels.count - 1].end, end.at == at {
                levels.removeLast()
                at = end.next
                continue
            }
            // Groups inside of alternatives that were not taken are behind this place.
            while nextGroup < groups.count, groups[nextGroup].open < at { nextGroup += 1 }
            if nextGroup < groups.count, groups[nextGroup].open == at {
                at = enter(groups[nextGroup])
                continue
            }
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count, AlternativeSyntax.isSign(bytes[at + 1]) {
                at += 1
            }
            prompt.append(bytes[at])
            at += 1
        }
        return String(decoding: prompt, as: UTF8.self)
    }

    /// Chooses an alternative; returns the index at which its text begins.
    private mutating func enter(_ group: AlternativeGroup) -> Int {
        let top = levels.count - 1
        levels[top].product /= group.count
        var choice = levels[top].index / levels[top].product
        levels[top].index %= levels[top].product
        var alternative = 0
        while choice >= group.counts[alternative] {
            choice -= group.counts[alternative]
            alternative += 1
        }
        let end = alternative < group.bars.count ? group.bars[alternative] : group.close
        levels.append(Level(product: group.counts[alternative], index: choice, end: (end, group.close + 1)))
        return group.start(of: alternative)
    }
}
