/// How much work was done, for tests that watch how it grows. Equal to every other count: it is no part of what is shown.
struct WorkCount: Hashable, Sendable {
    private(set) var steps = 0

    mutating func add(_ count: Int) { steps += count }

    static func == (left: Self, right: Self) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
