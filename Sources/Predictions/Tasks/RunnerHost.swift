import Foundation

/// What the tasks need of the runner. Calls go to the runner's thread.
protocol RunnerHost: Sendable {
    func read<Value: Sendable>(_ body: @Sendable (RunnerState) -> Value) async -> Value
    /// Changes the state and performs the effects. The date is the server's.
    func update(_ change: @Sendable (inout RunnerState, Date) -> [RunnerEffect]) async
    /// As ``update(_:)``, with a value for the caller.
    func change<Value: Sendable>(
        _ change: @Sendable (inout RunnerState, Date) -> (value: Value, effects: [RunnerEffect])
    ) async -> Value
    /// Waits so many seconds; false when the runner is stopped meanwhile.
    func rest(_ seconds: Double) async -> Bool
    func makeDurable() async
}
