/// A queue that serves clients in turn, so that one client with many requests does not hold up the others. Pure.
struct FairQueue<Ticket: Hashable & Sendable>: Sendable {
    enum Entry: Equatable {
        case waiting
        /// There was no room but what another client has more of than its share: that one's newest is out.
        case waitingInPlace(of: Ticket)
        case full
    }

    private struct Place: Sendable {
        let ticket: Ticket
        /// Promised already: never put out again.
        let isPinned: Bool
    }

    /// Tickets that may wait, pinned ones not counted against newcomers with a pin.
    var limit: Int
    private var places: [String: [Place]] = [:]
    /// Clients with something waiting, the next first.
    private var turns: [String] = []
    private(set) var count = 0

    init(limit: Int) { self.limit = limit }

    mutating func enter(_ ticket: Ticket, client: String, isPinned: Bool = false) -> Entry {
        var entry = Entry.waiting
        if count >= limit, !isPinned {
            guard let evicted = evict(for: client) else { return .full }
            entry = .waitingInPlace(of: evicted)
        }
        if places[client] == nil { turns.append(client) }
        places[client, default: []].append(Place(ticket: ticket, isPinned: isPinned))
        count += 1
        return entry
    }

    /// Whether a newcomer of this client would be turned away.
    func isFull(for client: String) -> Bool {
        count >= limit && !places.contains { isOverShare($0.key, $0.value, than: client) }
    }

    /// Removes and returns the next ticket; nil when the queue is empty.
    mutating func next() -> Ticket? {
        guard let client = turns.first else { return nil }
        turns.removeFirst()
        guard var waiting = places[client], let place = waiting.first else {
            preconditionFailure("\(client) had a turn in the queue but nothing waiting")
        }
        waiting.removeFirst()
        places[client] = waiting.isEmpty ? nil : waiting
        if !waiting.isEmpty { turns.append(client) }
        count -= 1
        return place.ticket
    }

    /// Removes a ticket whose client has disconnected. Returns false when it is not in the queue.
    mutating func leave(_ ticket: Ticket, client: String) -> Bool {
        guard let index = places[client]?.firstIndex(where: { $0.ticket == ticket }) else { return false }
        remove(at: index, client)
        return true
    }

    private mutating func evict(for client: String) -> Ticket? {
        let candidates = places.filter { isOverShare($0.key, $0.value, than: client) }
        guard let (greedy, waiting) = candidates.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
            let index = waiting.lastIndex(where: { !$0.isPinned })
        else { return nil }
        remove(at: index, greedy)
        return waiting[index].ticket
    }

    private func isOverShare(_ other: String, _ waiting: [Place], than client: String) -> Bool {
        other != client && waiting.count > (places[client]?.count ?? 0) + 1 && waiting.contains { !$0.isPinned }
    }

    private mutating func remove(at index: Int, _ client: String) {
        places[client]?.remove(at: index)
        count -= 1
        if places[client]?.isEmpty ?? false {
            places[client] = nil
            turns.removeAll { $0 == client }
        }
    }
}
