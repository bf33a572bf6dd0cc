import Foundation
import Pictures
import Pixels
import Studio
import Synchronization

/// Renders saved outputs for the detail pane, and opens them with the desktop's program.
///
/// One picture at a time, always the newest that was asked for: what somebody passes by while a key is held down is never
/// decoded.
final class PicturePerformer: Sendable {
    /// Two that are asked for within this time are passed by.
    private static let pause = Duration.milliseconds(60)

    private struct Line {
        var wanted: PreviewKey?
        /// Pictures beside the preview that are still to be made, the next one last.
        var others: [PreviewKey] = []
        var isWorking = false
        var lastAsked: ContinuousClock.Instant?
    }

    /// Of this process; the opener gets it without what is secret.
    private let environment: [String: String]
    private let file: @Sendable (String) -> URL
    private let workers: Workers
    private let post: Post
    private let thumbnails: ThumbnailStore
    private let searchPath: String
    private let cards: FileCardReader
    private let line = Mutex(Line())

    /// - Parameters:
    ///   - cache: a folder for small pictures; it may be emptied at any time.
    ///   - file: the file that a path names; `~` stands for the person's home.
    init(
        environment: [String: String],
        cache: URL,
        file: @escaping @Sendable (String) -> URL,
        workers: Workers,
        post: @escaping Post
    ) {
        self.file = file
        searchPath = environment["PATH"] ?? ""
        thumbnails = ThumbnailStore(folder: cache, searchPath: searchPath)
        cards = FileCardReader(searchPath: searchPath)
        self.environment = environment
        self.workers = workers
        self.post = post
    }

    /// Posts the picture, or of a video its first frame, rendered for the cells of `key`; of any other file what is known of
    /// it, of sound a second time with its waveform; or why there is neither. Posts nothing when another is asked for before it has begun. From any thread; returns at once.
    func load(_ key: PreviewKey) {
        let now = ContinuousClock.now
        let (begins, isPassingBy) = line.withLock { line in
            let isPassingBy = line.lastAsked.map { now - $0 < Self.pause } ?? false
            line.lastAsked = now
            line.wanted = key
            defer { line.isWorking = true }
            return (!line.isWorking, isPassingBy)
        }
        guard begins else { return }
        workers.start { [self] in await work(waits: isPassingBy) }
    }

    /// Posts these pictures one after the other; those that were asked for before and were not begun are not made.
    /// From any thread; returns at once.
    func load(_ keys: [PreviewKey]) {
        let begins = line.withLock { line in
            line.others = keys.reversed()
            defer { line.isWorking = true }
            return !line.isWorking
        }
        if begins { workers.start { [self] in await work(waits: false) } }
    }

    private func work(waits: Bool) async {
        var waits = waits
        while true {
            if waits { await waitForRest() }
            switch take() {
            case .preview(let key): await render(key)
            case .other(let key): if key.isThumbnail { await renderThumbnail(key) } else { await render(key) }
            case nil: return
            }
            waits = true
        }
    }

    private enum Order {
        case preview(PreviewKey)
        case other(PreviewKey)
    }

    /// nil: there is nothing more to do, and nobody does it any longer.
    private func take() -> Order? {
        line.withLock { line in
            if let key = line.wanted {
                line.wanted = nil
                return .preview(key)
            }
            if let key = line.others.popLast() { return .other(key) }
            line.isWorking = false
            return nil
        }
    }

    private func renderThumbnail(_ key: PreviewKey) async {
        do throws(PictureError) {
            let (bitmap, facts) = try await thumbnails.picture(of: file(key.path))
            post(
                .previewLoaded(
                    key,
                    RenderedPicture(bitmap, facts: facts, columns: key.columns, rows: key.rows, display: key.display)
                )
            )
        } catch {
            post(.previewFailed(key, reason: error.description))
        }
    }

    /// Returns when nothing was asked for in the last moment.
    private func waitForRest() async {
        while let asked = line.withLock({ $0.wanted == nil ? nil : $0.lastAsked }) {
            let rest = Self.pause - (ContinuousClock.now - asked)
            guard rest > .zero else { return }
            do { try await workers.sleep(rest) } catch { return }
        }
    }

    private func render(_ key: PreviewKey) async {
        do throws(PictureError) {
            let file = file(key.path)
            if let card = try cards.card(of: file) { return try tell(card, of: file, key) }
            let picture = try await RenderedPicture(
                contentsOf: file,
                columns: key.columns,
                rows: key.rows,
                display: key.display,
                crop: key.crop,
                searchPath: searchPath
            )
            post(.previewLoaded(key, picture))
        } catch {
            post(.previewFailed(key, reason: error.description))
        }
    }

    /// Decoding a long sound takes a while: what its beginning says is told first.
    private func tell(_ card: FileCard, of file: URL, _ key: PreviewKey) throws(PictureError) {
        post(.cardRead(key, card))
        guard card.kind == .audio, card.advice == nil else { return }
        let (peaks, duration) = try cards.waveform(of: file) { line.withLock { $0.wanted != nil } }
        guard !peaks.isEmpty else { return }
        var card = card
        card.waveform = peaks
        card.duration = card.duration ?? duration
        post(.cardRead(key, card))
    }

    func open(_ path: String) async {
        let isOpen = await DesktopOpener.open(path, environment: environment)
        if !isOpen { post(.openFailed(path: path)) }
    }
}
