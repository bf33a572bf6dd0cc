package import Studio

/// Hands an action to the studio. From any thread; returns at once and keeps the order of each sender.
package typealias Post = @Sendable (StudioAction) -> Void
