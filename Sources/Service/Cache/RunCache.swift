import Foundation
import ReplicateAPI

/// What makes two requests the same.
struct RunKey: Hashable, Sendable {
    let model: String
    let input: JSONObject
}

/// Which run answers a request like one before it. Pure.
struct RunCache<Order: Hashable & Sendable>: Sendable {
    enum Entry: Equatable {
        /// Waits for its turn.
        case ordered(Order)
        case running(String)
        /// Succeeded.
        case ended(String)
    }

    private struct Slot: Sendable {
        var entry: Entry
        /// Set once it has ended.
        var until: Date?
    }

    private var slots: [RunKey: Slot] = [:]
    private var keys: [String: RunKey] = [:]

    mutating func entry(for key: RunKey, now: Date) -> Entry? {
        guard let slot = slots[key] else { return nil }
        if let until = slot.until, until <= now {
            remove(key)
            return nil
        }
        return slot.entry
    }

    mutating func ordered(_ order: Order, key: RunKey) { slots[key] = Slot(entry: .ordered(order)) }

    mutating func started(_ runID: String, key: RunKey) {
        slots[key] = Slot(entry: .running(runID))
        keys[runID] = key
    }

    /// The run has ended. Only a success is worth repeating, and only for a time.
    mutating func ended(_ runID: String, succeeded: Bool, until: Date, now: Date) {
        guard let key = keys[runID] else { return }
        guard succeeded, until > now else { return remove(key) }
        slots[key] = Slot(entry: .ended(runID), until: until)
        if slots.count.isMultiple(of: 1_024) { forget(now) }
    }

    mutating func remove(_ key: RunKey) {
        switch slots.removeValue(forKey: key)?.entry {
        case .running(let runID), .ended(let runID): keys[runID] = nil
        case .ordered, nil: break
        }
    }

    private mutating func forget(_ now: Date) {
        for (key, slot) in slots where slot.until.map({ $0 <= now }) ?? false { remove(key) }
    }
}
