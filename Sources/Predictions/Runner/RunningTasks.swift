/// Tasks in the background that a stop ends.
struct RunningTasks {
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var last = 0

    /// - Parameter make: begins the task with this ticket, which it is removed by when it is done.
    mutating func add(_ make: (_ ticket: Int) -> Task<Void, Never>) {
        last += 1
        tasks[last] = make(last)
    }

    mutating func remove(_ ticket: Int) { tasks[ticket] = nil }

    var all: [Task<Void, Never>] { Array(tasks.values) }
}
