import Pictures
import Pixels
import Studio
import Synchronization

/// Shows one film or animation at a time, a frame for each order: what the terminal does not take is not decoded. The file,
/// and the decoder that runs for it, are open for as long as the film is shown.
final class FilmPerformer: Sendable {
    private struct Order: Sendable {
        var second: Double
        /// nil: this very moment is wanted, now. Else it follows on the frame before, or goes on after a pause.
        var continues: Bool?
    }

    private struct Showing {
        var key: PreviewKey
        var orders: AsyncStream<Order>.Continuation
    }

    private let films: FilmSource
    private let workers: Workers
    private let post: Post
    private let showing = Mutex<Showing?>(nil)

    init(films: FilmSource, workers: Workers, post: @escaping Post) {
        self.films = films
        self.workers = workers
        self.post = post
    }

    /// Posts the frame that comes after this moment, when it is due. From any thread; returns at once.
    func play(_ key: PreviewKey, after second: Double, continues: Bool) {
        order(Order(second: second, continues: continues), of: key)
    }

    /// Posts the frame of this moment. From any thread; returns at once.
    func show(_ key: PreviewKey, at second: Double) { order(Order(second: second, continues: nil), of: key) }

    /// Ends the film and what runs for it. From any thread; returns at once.
    func close() {
        showing.withLock { showing in
            showing?.orders.finish()
            showing = nil
        }
    }

    private func order(_ order: Order, of key: PreviewKey) {
        let orders = showing.withLock { showing -> AsyncStream<Order>? in
            if showing?.key == key {
                showing?.orders.yield(order)
                return nil
            }
            showing?.orders.finish()
            let (orders, continuation) = AsyncStream.makeStream(of: Order.self, bufferingPolicy: .bufferingNewest(1))
            continuation.yield(order)
            showing = Showing(key: key, orders: continuation)
            return orders
        }
        guard let orders else { return }
        workers.start { [self] in await run(key, orders) }
    }

    private func isShown(_ key: PreviewKey) -> Bool { showing.withLock { $0?.key == key } }

    private func run(_ key: PreviewKey, _ orders: AsyncStream<Order>) async {
        let start = ContinuousClock.now
        func now() -> Double { (ContinuousClock.now - start) / .seconds(1) }
        // Each frame in cells is written in full.
        var pace = FilmPace(mostFrames: key.display.method == .symbols ? 10 : Film.mostFrames)
        var reader: FilmReader?
        for await order in orders {
            var second = order.second
            if let continues = order.continues {
                let due = pace.next(at: now(), continues: continues)
                if pace.isTooSlow {
                    post(.filmFailed(key, reason: "This terminal is too slow to play films in it"))
                    pace = FilmPace(mostFrames: 1 / pace.shortest)
                    continue
                }
                if due.wait > 0 { try? await workers.sleep(.seconds(due.wait)) }
                second += due.step
            }
            guard isShown(key) else { return }
            do throws(PictureError) {
                if reader == nil { reader = try films.open(key) { [self] in !isShown(key) } }
                if let reader { try deliver(reader, key, second) }
                pace.deliver(at: now())
            } catch {
                reader = nil
                if error != .cancelled { post(.filmFailed(key, reason: error.description)) }
            }
        }
    }

    private func deliver(_ reader: FilmReader, _ key: PreviewKey, _ second: Double) throws(PictureError) {
        if let picture = try reader.picture(at: second) {
            return post(.filmShown(key, FilmFrame(picture: picture, second: second, isRestart: false)))
        }
        guard let picture = try reader.picture(at: 0) else { throw .decoderFailed }
        post(.filmShown(key, FilmFrame(picture: picture, second: 0, isRestart: true)))
    }
}
