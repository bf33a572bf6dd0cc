import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection: closes it when a request takes too long to arrive however slowly it drips, when its answers are
/// not taken, and when it sends requests without end before it takes an answer. Ends it after an answer that says so, and
/// tells when the other side has gone.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Requests that may stand behind the one that is being answered. Each takes a kilobyte for the thirty bytes it came in.
    static let mostPipelined = 100
    /// Bytes of an answer that have to be taken while patience lasts.
    private static let leastTaken = 16_384

    private let patience: TimeAmount
    private let departures: Departures
    private let metrics: ServiceMetrics
    private var deadline: Scheduled<Void>?
    /// Looks whether answers are taken; nil while nothing is in the way of the next one.
    private var stall: Scheduled<Void>?
    private var unanswered = 0
    private var isCut = false
    private var isLastAnswer = false

    init(patience: Duration, departures: Departures, metrics: ServiceMetrics) {
        self.patience = TimeAmount(patience)
        self.departures = departures
        self.metrics = metrics
    }

    func handlerAdded(context: ChannelHandlerContext) { metrics.connectionOpened() }
    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        stall?.cancel()
        metrics.connectionClosed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What was read before the connection was cut is still on its way here.
        guard !isCut else { return }
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            if unanswered > Self.mostPipelined { return cut(context.channel) }
            let channel = context.channel
            deadline = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        case .body: break
        case .end:
            deadline?.cancel()
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    /// An answer that says it is the last one ends what is sent. What still comes in is read for as long as patience
    /// lasts: closing on it would destroy the answer on its way.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): isLastAnswer = head.headerFields[.connection] == "close"
        case .body: break
        case .end:
            unanswered -= 1
            guard isLastAnswer else { break }
            let channel = context.channel
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
            return context.write(data, promise: written)
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stall?.cancel()
        stall = nil
        if !context.channel.isWritable { watch(context.channel, before: nil) }
        context.fireChannelWritabilityChanged()
    }

    /// - Parameter before: bytes that waited to be taken when it was last looked at.
    private func watch(_ channel: any Channel, before: Int?) {
        let waiting = try? channel.syncOptions?.getOption(.bufferedWritableBytes)
        if let before, let waiting, waiting > before - Self.leastTaken { return cut(channel) }
        // Of a connection that does not tell how much waits, it is enough that all of it was taken in time.
        if before != nil, waiting == nil { return cut(channel) }
        let isolated = NIOLoopBound((self, channel), eventLoop: channel.eventLoop)
        stall = channel.eventLoop.scheduleTask(in: patience) {
            let (own, channel) = isolated.value
            own.watch(channel, before: waiting ?? 0)
        }
    }

    private func cut(_ channel: any Channel) {
        // Both rules may find it; it is counted once.
        guard !isCut else { return }
        isCut = true
        metrics.connectionCut()
        channel.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            deadline?.cancel()
            departures.departed(context.channel)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        stall?.cancel()
        departures.closed(context.channel)
        context.fireChannelInactive()
    }
}
