/// Ends the work for a request at the configured time limit, or when its client disconnects.
struct RequestDeadlines: Sendable {
    let live: LiveConfiguration
    let timeouts: Timeouts
    let disconnects: DisconnectNotifier

    func run<Value: Sendable>(
        for context: ServiceContext,
        _ work: @escaping @Sendable () async -> Value
    ) async -> DeadlineResult<Value> {
        await .run(within: live.current.timeout, timeouts, for: context.channel, disconnects, work)
    }
}
