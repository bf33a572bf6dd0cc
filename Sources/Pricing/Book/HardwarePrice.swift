package import Money

/// What a second on some hardware costs.
package struct HardwarePrice: Hashable, Sendable {
    package let rate: Money
    package let confidence: Price.Confidence
    /// Where it was read, in a few words; empty: not said.
    package let source: String
    /// When it was read; nil: not said.
    package let read: ReadDate?
    package let note: String?
    /// Where the entry comes from: `built in`, or a file.
    package let origin: String
}
