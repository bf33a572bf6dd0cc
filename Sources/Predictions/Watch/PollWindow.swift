import Foundation
import ReplicateAPI

/// Predictions created in one stretch of time, few enough for one page of the list.
package struct PollWindow: Sendable {
    /// Tells windows apart; each number is given once.
    package struct ID: Hashable, Sendable {
        fileprivate let number: Int
    }

    let id: ID
    fileprivate(set) var members: Set<Prediction.ID>
    /// Of the earliest and latest member, the ones that are gone included.
    fileprivate var earliest: Date
    fileprivate var latest: Date
    fileprivate(set) var dueAt: Date
    fileprivate var isBeingAsked = false

    /// Bounds to ask for: whether the API's are inclusive is not documented, and it writes milliseconds or less.
    var from: Date { earliest.addingTimeInterval(-0.01) }
    var to: Date { latest.addingTimeInterval(0.01) }
}

/// All windows. A member goes to the window that covers its time; a full one is left to itself and a new one begun.
struct PollWindows: Sendable {
    /// A page has a hundred rows; some may belong to others.
    static let capacity = 90

    private var windows: [PollWindow.ID: PollWindow] = [:]
    private var created = 0
    /// The one that new predictions go to.
    private var open: PollWindow.ID?

    var count: Int { windows.count }
    subscript(id: PollWindow.ID) -> PollWindow? { windows[id] }

    /// The one to ask for next, of those that nobody is asking for now.
    var soonest: PollWindow? {
        windows.values.lazy.filter { !$0.isBeingAsked }.min { ($0.dueAt, $0.id.number) < ($1.dueAt, $1.id.number) }
    }

    mutating func add(_ id: Prediction.ID, createdAt: Date) -> PollWindow.ID {
        if let open, var window = windows[open], window.members.count < Self.capacity, window.reaches(createdAt) {
            window.members.insert(id)
            window.earliest = min(window.earliest, createdAt)
            window.latest = max(window.latest, createdAt)
            window.dueAt = .distantPast
            windows[open] = window
            return open
        }
        created += 1
        let window = PollWindow(
            id: .init(number: created),
            members: [id],
            earliest: createdAt,
            latest: createdAt,
            dueAt: .distantPast
        )
        windows[window.id] = window
        open = window.id
        return window.id
    }

    mutating func remove(_ member: Prediction.ID, from id: PollWindow.ID) {
        windows[id]?.members.remove(member)
        if windows[id]?.members.isEmpty == true {
            windows[id] = nil
            if open == id { open = nil }
        }
    }

    mutating func makeAllDue() { for id in windows.keys { windows[id]?.dueAt = .distantPast } }

    mutating func begin(_ id: PollWindow.ID) { windows[id]?.isBeingAsked = true }

    mutating func end(_ id: PollWindow.ID, dueAt: Date) {
        windows[id]?.isBeingAsked = false
        windows[id]?.dueAt = dueAt
    }
}

extension PollWindow {
    /// Near enough in time that the stretch between holds no more than a few of somebody else's.
    fileprivate func reaches(_ date: Date) -> Bool {
        date >= earliest.addingTimeInterval(-300) && date <= latest.addingTimeInterval(300)
    }
}
