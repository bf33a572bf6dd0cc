package import Foundation

/// A prompt that was run before.
package struct PastPrompt: Hashable, Sendable {
    /// Of a run as it was sent, of a template as it was typed.
    package let text: String
    /// When it was run last.
    package let usedAt: Date

    package init(text: String, usedAt: Date) {
        self.text = text
        self.usedAt = usedAt
    }
}
