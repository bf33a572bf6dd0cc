/// How often a fault strikes.
package enum FaultRate: Sendable, Equatable {
    /// Each time with this probability, 0…1, drawn from the sandbox's fault seed.
    case probability(Double)
    /// The nth, 2nth, … time.
    case every(Int)
    /// The first n times only.
    case first(Int)
}

/// A fault, how often it strikes, and optionally at which kind of request only.
package struct FaultRule: Sendable, Equatable {
    /// What happens.
    package var fault: SandboxFault
    /// How often; always, unless given.
    package var rate: FaultRate
    /// nil: wherever the fault makes sense.
    package var scope: RequestKind?

    /// A rule that strikes each time wherever the fault makes sense, unless a rate or a kind is given.
    package init(_ fault: SandboxFault, _ rate: FaultRate = .probability(1), at scope: RequestKind? = nil) {
        self.fault = fault
        self.rate = rate
        self.scope = scope
    }

    /// Reads `NAME[@KIND][=RATE]`: `drop-create=0.3` (probability), `500@poll=1/4` (every fourth),
    /// `429=first:2` (the first two times), `html` (always).
    package init(parsing text: String) throws(FaultSyntaxError) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let head = halves[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let fault = SandboxFault(rawValue: String(head[0])) else {
            let names = SandboxFault.allCases.map(\.rawValue).joined(separator: ", ")
            throw FaultSyntaxError(description: "There is no fault named \"\(head[0])\". Faults: \(names).")
        }
        self.init(fault)
        if head.count == 2 {
            guard let kind = RequestKind(rawValue: String(head[1])) else {
                let names = RequestKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaultSyntaxError(description: "\"\(head[1])\" is no kind of request. Kinds: \(names).")
            }
            scope = kind
        }
        if halves.count == 2 {
            guard let rate = FaultRate(parsing: halves[1]) else {
                throw FaultSyntaxError(
                    description: "\"\(halves[1])\" is no rate. Write 0.3, 1/4 (every fourth) or first:2."
                )
            }
            self.rate = rate
        }
    }
}

/// A fault setting that cannot be read; the description is a sentence for a person.
package struct FaultSyntaxError: Error, Equatable, CustomStringConvertible {
    /// A sentence that lists what may be written.
    package let description: String
}

extension FaultRate {
    fileprivate init?(parsing text: Substring) {
        if text.hasPrefix("1/") {
            guard let count = Int(text.dropFirst(2)), count > 0 else { return nil }
            self = .every(count)
        } else if text.hasPrefix("first:") {
            guard let count = Int(text.dropFirst(6)), count >= 0 else { return nil }
            self = .first(count)
        } else {
            guard let value = Double(text), (0...1).contains(value) else { return nil }
            self = .probability(value)
        }
    }
}
