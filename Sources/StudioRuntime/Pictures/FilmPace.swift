/// When the next frame of a film is due, by how soon the terminal takes them. A value without a clock: seconds come in.
struct FilmPace {
    /// Fewer frames a second are no film.
    private static let longest = 1.0 / 5
    /// A terminal that takes so long for a frame, several times in a row, is too slow for films.
    private static let tooLong = 0.5
    private static let mostSlow = 4

    /// Seconds between two frames at most speed.
    let shortest: Double
    private var delivered: Double?
    private var slow = 0

    /// - Parameter mostFrames: frames a second, 5 or more.
    init(mostFrames: Double) { shortest = 1 / mostFrames }

    var isTooSlow: Bool { slow >= Self.mostSlow }

    /// The next frame is wanted: how long to wait with it, and how much later in the film it is than the last; in seconds.
    ///
    /// - Parameter continues: false: it comes right after the last one, whatever time has passed since.
    mutating func next(at now: Double, continues: Bool) -> (wait: Double, step: Double) {
        guard continues, let delivered else {
            slow = 0
            return (0, delivered == nil ? 0 : shortest)
        }
        let taken = max(now - delivered, 0)
        slow = taken > Self.tooLong ? slow + 1 : 0
        // A little longer than it took, so that keys have their turn.
        let interval = min(max(taken * 1.25, shortest), max(Self.longest, taken))
        return (interval - taken, interval)
    }

    mutating func deliver(at now: Double) { delivered = now }
}
