import Studio
import Terminal

/// What the window's title and its tab say of the work, for a person who is in another window.
enum StudioTitle {
    /// Such as `3 running · darkroom`.
    static func text(of state: StudioState) -> String {
        let name = state.mode == .demo ? "darkroom demo" : "darkroom"
        let active = state.runs.activeCount
        return active == 0 ? name : "\(active) running · \(name)"
    }

    /// More runs than this are not looked at for each frame.
    private static let most = 20

    /// The mean of the runs in flight, where each says how far it is.
    static func progress(of state: StudioState) -> TabProgress {
        let active = state.runs.activeCount
        guard active > 0 else { return .none }
        guard active <= most else { return .indeterminate }
        let fractions = state.runs.items.lazy.filter(\.isActive).prefix(active).compactMap(\.fraction)
        let known = Array(fractions)
        guard known.count == active else { return .indeterminate }
        return .percent(Int(known.reduce(0, +) / Double(active) * 100))
    }
}
