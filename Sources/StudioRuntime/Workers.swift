/// Where the runtime works, and how it waits there.
package struct Workers: Sendable {
    /// nil: the threads of the language's own runtime.
    private let executor: (any TaskExecutor)?
    /// Throws when the task was canceled.
    let sleep: @Sendable (Duration) async throws -> Void

    package init(
        executor: (any TaskExecutor)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.executor = executor
        self.sleep = sleep
    }

    /// Begins `body` on the executor and returns at once.
    @discardableResult
    func start<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Task<Value, Never> {
        Task(executorPreference: executor) { @concurrent in await body() }
    }
}
