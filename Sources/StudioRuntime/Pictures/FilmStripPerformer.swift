import Pictures
import Studio
import Synchronization

/// Draws small frames of one film, the one that was asked for last.
final class FilmStripPerformer: Sendable {
    private let films: FilmSource
    private let workers: Workers
    private let post: Post
    private let wanted = Mutex<PreviewKey?>(nil)

    init(films: FilmSource, workers: Workers, post: @escaping Post) {
        self.films = films
        self.workers = workers
        self.post = post
    }

    /// Posts a frame for each moment, in order, up to the first that cannot be had. From any thread; returns at once.
    func load(_ key: PreviewKey, moments: [Double]) {
        wanted.withLock { $0 = key }
        workers.start { [self] in draw(key, moments) }
    }

    /// Ends what is under way. From any thread; returns at once.
    func close() { wanted.withLock { $0 = nil } }

    private func draw(_ key: PreviewKey, _ moments: [Double]) {
        let isOver: @Sendable () -> Bool = { [self] in wanted.withLock { $0 != key } }
        // A film that is only passed by, or cannot be read, has none; why is said of the film itself.
        guard !isOver(), let reader = try? films.open(key, isOver: isOver) else { return }
        for (place, moment) in moments.enumerated() {
            guard !isOver(), let picture = try? reader.picture(at: moment) else { return }
            post(.filmStripFrame(key, place, picture))
        }
    }
}
