package import Foundation

/// Looks at the body of an answer as it comes, and keeps out of memory what is better on the disk.
///
/// Used by one transfer, on a thread of the transport's. By throwing it ends the transfer.
package protocol BodySieve: Sendable {
    /// What is to be kept in memory of what has come so far.
    func take(_ bytes: Data) throws -> Data
    /// What is left at the end of the body.
    func end() throws -> Data
}
