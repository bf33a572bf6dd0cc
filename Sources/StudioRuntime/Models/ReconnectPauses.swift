/// How long to wait before asking again for what could not be reached: 1 s, doubled up to 15 s, without an end.
struct ReconnectPauses: Sequence, IteratorProtocol {
    private var pause = Duration.seconds(1)

    mutating func next() -> Duration? {
        defer { pause = Swift.min(pause * 2, .seconds(15)) }
        return pause
    }
}
