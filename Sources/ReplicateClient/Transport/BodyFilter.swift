package import Foundation

/// Processes the body of an answer while it arrives, and keeps large parts out of memory.
///
/// One instance is used for one transfer, on the transport's thread. When a method throws, the transfer ends.
package protocol BodyFilter: Sendable {
    /// Takes the next bytes of the body. Returns the bytes that are kept in memory; they may come later than they
    /// arrived.
    func filter(_ bytes: Data) throws -> Data
    /// Called once at the end of the body. Returns the last bytes to keep.
    func finish() throws -> Data
}
