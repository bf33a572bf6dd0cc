/// Whether asking the API works; never a property of a prediction.
package enum Connectivity: Hashable, Sendable {
    case unknown
    case online
    /// With the reason.
    case offline(String)
    /// The API answers, and does not accept the token; with the reason.
    case tokenRefused(String)
}

extension Connectivity {
    /// Why asking does not work; nil while it does, or is not known yet.
    package var trouble: String? {
        switch self {
        case .unknown, .online: nil
        case .offline(let reason), .tokenRefused(let reason): reason
        }
    }
}
