package import Money

/// One price of one model: an amount for a unit, under conditions.
package struct Price: Hashable, Sendable {
    /// What is counted. The raw value is the word in the price book.
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case image
        case run
        case video
        /// A second of output video.
        case second
        case audioSecond = "audio-second"
        /// A megapixel of each output image, rounded up for each.
        case megapixel
        /// A megapixel of each input image, rounded up for each.
        case inputMegapixel = "input-megapixel"
        case inputToken = "input-token"
        case outputToken = "output-token"
        case inputCharacter = "input-character"
        /// A second of computing on the hardware, without queue and set-up.
        case computeSecond = "compute-second"
    }

    /// How reliable the source is: A a transcription of the official page, B a table of a third party, C weak.
    package enum Confidence: String, Hashable, Sendable {
        case official = "A"
        case thirdParty = "B"
        case weak = "C"
    }

    /// What is counted.
    package let unit: Unit
    /// Dollars for one unit, at least.
    package let low: Money
    /// Dollars for one unit, at most. Equal to ``low`` unless sources differ, or conditions are not documented.
    package let high: Money
    /// Conditions on inputs, by name; all must hold. Empty: the price always applies.
    package let conditions: [String: Criterion]
    /// How reliable the source is.
    package let confidence: Confidence
    /// The source in a few words; empty when the entry does not say.
    package let source: String
    /// The date on which the source was read; nil when the entry does not say.
    package let read: ReadDate?
    /// A remark of the entry; nil when there is none.
    package let note: String?
    /// True when the entry calls the price weak or approximate. An estimate from it is never exact.
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

/// A condition on an input for a price to apply.
package enum Criterion: Hashable, Sendable {
    /// The value is one of these, in any case.
    case anyOf([String])
    /// The input is sent, and is not an empty list or text.
    case present
    /// The input is not sent, or is empty.
    case absent
    /// The condition in the words of the price book.
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
    /// The values are ASCII words, so the number of bytes can be compared first.
    fileprivate func caseInsensitiveEquals(_ other: String) -> Bool {
        self == other || (utf8.count == other.utf8.count && lowercased() == other.lowercased())
    }
}
