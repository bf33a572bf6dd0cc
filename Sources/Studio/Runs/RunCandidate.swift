package import Foundation

/// A prediction on the server that a lost run could be.
package struct RunCandidate: Hashable, Sendable {
    package let id: String
    /// nil where it is not known.
    package let createdAt: Date?
    /// The server's word; nil where it is not known.
    package let status: String?

    package init(id: String, createdAt: Date? = nil, status: String? = nil) {
        self.id = id
        self.createdAt = createdAt
        self.status = status
    }
}
