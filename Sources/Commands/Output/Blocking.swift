import Foundation

/// For the main thread, before the studio's loop runs and after it has ended.
enum Blocking {
    /// Waits on this thread for something asynchronous. Not for use once the studio's loop runs.
    static func wait<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Outcome<Value>()
        Task { @concurrent in
            do { outcome.set(.success(try await body())) } catch { outcome.set(.failure(error)) }
        }
        return try outcome.wait().get()
    }
}

/// A result that one thread waits for and another one brings.
private final class Outcome<Value: Sendable>: @unchecked Sendable {
    // Guarded by the condition.
    private var result: Result<Value, any Error>?
    private let condition = NSCondition()

    func set(_ value: Result<Value, any Error>) {
        condition.lock()
        result = value
        condition.signal()
        condition.unlock()
    }

    func wait() -> Result<Value, any Error> {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result { return result }
            condition.wait()
        }
    }
}
