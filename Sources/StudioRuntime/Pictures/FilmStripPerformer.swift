import Foundation
import Pictures
import Pixels
import Studio
import Synchronization

/// Draws small frames of one film, the one that was asked for last.
final class FilmStripPerformer: Sendable {
    private let searchPath: String
    private let file: @Sendable (String) -> URL
    private let workers: Workers
    private let post: Post
    private let wanted = Mutex<PreviewKey?>(nil)

    /// - Parameters:
    ///   - searchPath: where `ffmpeg` is looked for.
    ///   - file: the file that a path names; `~` stands for the person's home.
    init(
        searchPath: String,
        file: @escaping @Sendable (String) -> URL,
        workers: Workers,
        post: @escaping Post
    ) {
        self.searchPath = searchPath
        self.file = file
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
        guard !isOver(),
            let reader = try? FilmReader(
                contentsOf: file(key.path),
                columns: key.columns,
                rows: key.rows,
                display: key.display,
                searchPath: searchPath,
                isOver: isOver
            )
        else { return }
        for (place, moment) in moments.enumerated() {
            guard !isOver(), let picture = try? reader.picture(at: moment) else { return }
            post(.filmStripFrame(key, place, picture))
        }
    }
}
