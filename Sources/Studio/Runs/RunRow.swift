/// How a run takes part in the table.
package enum RunRow {
    /// Lines of the table that a run takes: those that are processed, failed or are unclear, and those without output,
    /// explain themselves in a second line.
    package static func lines(of item: RunItem) -> Int { secondLine(of: item, .standard) == .nothing ? 1 : 2 }

    /// What stands under a row.
    package enum SecondLine: Hashable, Sendable {
        case nothing
        /// A bar; nil: how far is not known.
        case progress(Double?)
        case sentence(String)
    }

    /// - Parameter keys: named in sentences that say what to press.
    package static func secondLine(of item: RunItem, _ keys: KeyTable) -> SecondLine {
        switch item.stage {
        case .processing: return .progress(item.fraction)
        case .unclear: return .sentence("the answer was lost; looking for it on the server")
        case .resendable where item.candidates.isEmpty:
            let (again, delete) = (keys.name(of: .sendAgain), keys.name(of: .deleteRecord))
            return .sentence("the server does not know it · \(again) send again · \(delete) delete")
        case .resendable:
            return .sentence(
                "\(item.candidates.count) on the server could be it · \(keys.name(of: .whichOne)) tells which"
            )
        case .failed, .refused, .forgotten: return item.failure.map { .sentence($0) } ?? .nothing
        case .succeeded where item.madeNothing: return item.reasonForNothing.map { .sentence($0) } ?? .nothing
        case .queued, .sending, .starting, .succeeded, .canceled, .aborted, .unknown:
            let unsaved = item.outputs.compactMap(\.failure).first
            return unsaved.map { .sentence($0) } ?? .nothing
        }
    }
}
