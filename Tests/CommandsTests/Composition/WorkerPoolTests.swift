import Testing

@testable import Commands

/// None of them waits on time: a pool that forgot somebody would never end.
struct WorkerPoolTests {
    private let pool = WorkerPool.shared

    @Test func `every job is done, also those that jobs make`() async {
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 1...5_000 {
                group.addTask(executorPreference: pool) {
                    await Task(executorPreference: pool) { number }.value
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 12_502_500)
    }

    @Test func `whoever sleeps is woken, on the pool and off it, however many there are`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask(executorPreference: number % 2 == 0 ? pool : nil) {
                    try await pool.sleep(for: .milliseconds(number % 7))
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a sleep ends with its task, begun or not`() async {
        for _ in 0..<100 {
            let task = Task(executorPreference: pool) { try await pool.sleep(for: .seconds(100_000)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func `an earlier end is not kept waiting for a later one`() async throws {
        let late = Task(executorPreference: pool) { try await pool.sleep(for: .seconds(100_000)) }
        try await pool.sleep(for: .milliseconds(1))
        late.cancel()
        _ = await late.result
    }
}
