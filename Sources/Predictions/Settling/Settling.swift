import Foundation
import History
import ReplicateAPI
import ReplicateClient

/// Ended runs whose outputs are to be saved, and the places for those that are worked on at once. Pure.
struct Settling: Sendable {
    /// Runs that are worked on at once: each is a few downloads.
    static let places = 8

    private var waiting: [RunRecord.ID] = []
    private var underWay: Set<RunRecord.ID> = []
    /// Those of ``underWay`` that wait for their next try, and leave their place to others meanwhile.
    private var paused: Set<RunRecord.ID> = []

    /// Puts a run in line; nothing happens where it is in line or under way.
    mutating func add(_ id: RunRecord.ID) {
        if !underWay.contains(id), !waiting.contains(id) { waiting.append(id) }
    }

    /// The next run for which a place is free; nil: none. Its end must be reported with ``end(_:)``.
    mutating func next() -> RunRecord.ID? {
        guard underWay.count - paused.count < Self.places, !waiting.isEmpty else { return nil }
        let id = waiting.removeFirst()
        underWay.insert(id)
        return id
    }

    mutating func pause(_ id: RunRecord.ID) { if underWay.contains(id) { paused.insert(id) } }

    mutating func resume(_ id: RunRecord.ID) { paused.remove(id) }

    mutating func end(_ id: RunRecord.ID) {
        underWay.remove(id)
        paused.remove(id)
    }
}

/// The tries to save the outputs of one ended run. Pure.
struct OutputTries: Sendable {
    /// Storage may take some minutes to know everywhere what was put there: for so many seconds, and so many tries.
    private static let earlySeconds = 600.0
    private static let earlyTries = 9
    /// Files are gone an hour after the end; a little later there is nothing left to try.
    private static let outputLifetime = 3_600.0 + 600

    /// Outputs that cannot be saved any more, by position.
    private var lost: Set<Int> = []
    private var tries = 0

    /// Positions of the outputs that are to be fetched in this try.
    mutating func wanted(of run: RunRecord) -> [Int] {
        for (index, output) in run.outputs.enumerated()
        where !run.savesOutputs && !InlineFiles.isReference(output.url) { lost.insert(index) }
        return run.outputs.indices.filter { run.outputs[$0].path == nil && !lost.contains($0) }
    }

    /// An output could not be saved; returns why, as a part of a sentence.
    mutating func failed(_ index: Int, of run: RunRecord, with error: DownloadError, now: Date) -> String {
        if mayComeRight(error, run, now) { return error.descriptionForNow }
        lost.insert(index)
        return error.description
    }

    /// Every output is saved, or cannot be any more.
    func isDone(_ run: RunRecord) -> Bool {
        run.outputs.indices.allSatisfy { run.outputs[$0].path != nil || lost.contains($0) }
    }

    /// Seconds until the next try.
    mutating func delay() -> Double {
        tries += 1
        return min(pow(2, Double(min(tries, 6))), 60)
    }

    private func mayComeRight(_ error: DownloadError, _ run: RunRecord, _ now: Date) -> Bool {
        switch error.retryability {
        case .always: !Self.isTooLate(run, now)
        case .initially: tries < Self.earlyTries && Self.secondsSinceEnd(of: run, now) < Self.earlySeconds
        case .never: false
        }
    }

    /// Something is not on the disk that may still be had: what stands in the answer itself can be for ever.
    static func mayHelp(_ run: RunRecord, now: Date) -> Bool {
        let isLate = isTooLate(run, now)
        return run.outputs.contains { $0.path == nil && (!isLate || $0.url.hasPrefix("data:")) }
    }

    private static func isTooLate(_ run: RunRecord, _ now: Date) -> Bool {
        secondsSinceEnd(of: run, now) > outputLifetime
    }

    private static func secondsSinceEnd(of run: RunRecord, _ now: Date) -> Double {
        let end = run.prediction?.completedAt ?? run.finishedAt
        return end.map { now.timeIntervalSince($0) } ?? 0
    }
}

extension RunRecord {
    /// Some output is to be saved and is not. What stands in the answer has no address at which it could stay.
    var hasUnsavedOutputs: Bool {
        outputs.contains { $0.path == nil && (savesOutputs || InlineFiles.isReference($0.url)) }
    }
}
