/// Lets the lines of a batch that have one key through one at a time: what one of them orders, the next one finds.
actor KeyGate {
    /// Lines that wait for a key; a key that is there is taken.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Returns once no other line has the key, in the order of the calls. ``leave(_:)`` must follow.
    func enter(_ key: String) async {
        guard waiting[key] != nil else {
            waiting[key] = []
            return
        }
        await withCheckedContinuation { waiting[key]?.append($0) }
    }

    func leave(_ key: String) {
        guard let next = waiting[key]?.first else {
            waiting[key] = nil
            return
        }
        waiting[key]?.removeFirst()
        next.resume()
    }
}
