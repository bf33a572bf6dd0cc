package import Money

/// One price of one model: an amount a unit, under conditions.
package struct Price: Hashable, Sendable {
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case image
        case run
        case video
        /// A second of the video that comes out.
        case second
        case audioSecond = "audio-second"
        /// A megapixel of every image that comes out, rounded up.
        case megapixel
        /// A megapixel of every image that goes in, rounded up.
        case inputMegapixel = "input-megapixel"
        case inputToken = "input-token"
        case outputToken = "output-token"
        case inputCharacter = "input-character"
        /// A second on the hardware, queue and set-up not counted.
        case computeSecond = "compute-second"
    }

    /// How sure the source is: A a transcription of the official page, B a third party's table, C weak.
    package enum Confidence: String, Hashable, Sendable {
        case official = "A"
        case thirdParty = "B"
        case weak = "C"
    }

    package let unit: Unit
    package let low: Money
    /// Equal to ``low`` unless sources or undocumented conditions make it a range.
    package let high: Money
    /// What inputs must be, by name; empty: always.
    package let conditions: [String: Criterion]
    package let confidence: Confidence
    /// Where it was read, in a few words; empty: not said.
    package let source: String
    /// When it was read; nil: not said.
    package let read: ReadDate?
    package let note: String?
    /// The entry itself calls it weak, or says that it is only about right: nothing exact comes from it.
    package let isUnconfirmed: Bool

    package init(
        unit: Unit,
        low: Money,
        high: Money,
        conditions: [String: Criterion] = [:],
        confidence: Confidence = .weak,
        source: String = "",
        read: ReadDate? = nil,
        note: String? = nil,
        isUnconfirmed: Bool = false
    ) {
        self.unit = unit
        self.low = low
        self.high = high
        self.conditions = conditions
        self.confidence = confidence
        self.source = source
        self.read = read
        self.note = note
        self.isUnconfirmed = isUnconfirmed
    }
}

/// What an input must be for a price to apply.
package enum Criterion: Hashable, Sendable {
    /// One of these values, upper and lower case alike.
    case anyOf([String])
    /// Sent, and not an empty list.
    case present
    case absent

    /// As the price book writes it.
    package var text: String {
        switch self {
        case .anyOf(let values): values.joined(separator: " or ")
        case .present: "present"
        case .absent: "absent"
        }
    }

    func admits(_ value: String) -> Bool {
        guard case .anyOf(let values) = self else { return false }
        return values.contains { $0.caseInsensitiveEquals(value) }
    }
}

extension String {
    /// The values of inputs are ASCII words.
    fileprivate func caseInsensitiveEquals(_ other: String) -> Bool {
        self == other || (utf8.count == other.utf8.count && lowercased() == other.lowercased())
    }
}
