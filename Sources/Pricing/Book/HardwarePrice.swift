package import Money

/// The price of a second of computing on some hardware.
package struct HardwarePrice: Hashable, Sendable {
    /// Dollars for one second.
    package let rate: Money
    /// How reliable the source is; `weak` when the entry does not say.
    package let confidence: Price.Confidence
    /// The source in a few words; empty when the entry does not say.
    package let source: String
    /// The date on which the source was read; nil when the entry does not say.
    package let read: ReadDate?
    /// A remark of the entry; nil when there is none.
    package let note: String?
    /// The origin of the entry: `built in`, or the name of a file.
    package let origin: String
}
