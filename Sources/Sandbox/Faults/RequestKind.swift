/// What a request is for, as far as faults and statistics care.
package enum RequestKind: String, CaseIterable, Sendable, Hashable {
    /// Creation of a prediction.
    case create
    /// Reading one prediction.
    case poll
    /// Reading the list of predictions.
    case list
    case cancel
    /// Models, versions, collections, hardware and search.
    case models
    case account
    case files
    /// Everything else under /v1.
    case other
    /// Output files.
    case delivery
    /// Server-sent events.
    case stream
}
