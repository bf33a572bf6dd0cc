package import Foundation

/// A prediction on the server that a lost run could be.
package struct RunCandidate: Hashable, Sendable {
    /// The prediction's id.
    package let id: String
    /// nil where it is not known.
    package let createdAt: Date?
    /// The server's word; nil where it is not known.
    package let status: String?
    /// It has turned out to be another run.
    package let isTaken: Bool

    /// What is not given is not known.
    package init(id: String, createdAt: Date? = nil, status: String? = nil, isTaken: Bool = false) {
        self.isTaken = isTaken
        self.id = id
        self.createdAt = createdAt
        self.status = status
    }
}
