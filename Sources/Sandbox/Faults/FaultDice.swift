/// Decides which faults strike a request. One seed and one order of requests give one sequence of faults.
struct FaultDice {
    private(set) var rules: [FaultRule]
    private var random: SeededRandom
    private var chances: [Int]

    init(rules: [FaultRule], seed: UInt64) {
        self.rules = rules
        random = SeededRandom(seed: seed)
        chances = Array(repeating: 0, count: rules.count)
    }

    /// Replaces the rules and starts their counting over; the random sequence goes on.
    mutating func replace(_ rules: [FaultRule]) {
        self.rules = rules
        chances = Array(repeating: 0, count: rules.count)
    }

    mutating func roll(for kind: RequestKind) -> Set<SandboxFault> {
        var struck: Set<SandboxFault> = []
        for (index, rule) in rules.enumerated() where rule.applies(to: kind) {
            chances[index] += 1
            let hit =
                switch rule.rate {
                case .probability(let p): random.unit() < p
                case .every(let count): chances[index] % count == 0
                case .first(let count): chances[index] <= count
                }
            if hit { struck.insert(rule.fault) }
        }
        return struck
    }
}

extension FaultRule {
    func applies(to kind: RequestKind) -> Bool {
        fault.reach.contains(kind) && (scope == nil || scope == kind)
    }
}
