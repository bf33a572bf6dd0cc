/// What became of work that had to be done in time and for somebody.
enum InTime<Value: Sendable>: Sendable {
    case done(Value)
    case tooLate
    /// Nobody is there any more to take the result, or the service lets go of everybody.
    case abandoned
}

enum Deadline {
    /// Works until it is done, until `sleep` returns, or until `departure` returns: whichever comes first ends the others.
    static func race<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value,
        sleep: @escaping @Sendable () async throws -> Void,
        departure: @escaping @Sendable () async -> Void
    ) async -> InTime<Value> {
        await withTaskGroup(of: InTime<Value>?.self) { group in
            group.addTask { .done(await work()) }
            group.addTask { (try? await sleep()) == nil ? nil : .tooLate }
            group.addTask {
                await departure()
                return Task.isCancelled ? nil : .abandoned
            }
            defer { group.cancelAll() }
            for await outcome in group {
                if let outcome { return outcome }
            }
            return .abandoned
        }
    }
}
