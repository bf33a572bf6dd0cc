import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection. Closes it when a request takes too long to arrive, when the client does not read its answers, and
/// when the client sends too many requests before it reads an answer. Closes it after an answer with `Connection: close`.
/// Reports to ``DisconnectNotifier`` when the client disconnects.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Requests that may wait behind the one that is being answered. A request of thirty bytes takes a kilobyte of memory.
    static let mostPipelined = 100
    /// Bytes of an answer that the client must read within `patience`.
    private static let leastTaken = 16_384

    private let patience: TimeAmount
    private let disconnects: DisconnectNotifier
    private let metrics: ServiceMetrics
    private var deadline: Scheduled<Void>?
    /// The next check whether the client reads; nil while there is room for the next answer.
    private var stall: Scheduled<Void>?
    private var unanswered = 0
    private var isCut = false
    private var isLastAnswer = false

    init(patience: Duration, disconnects: DisconnectNotifier, metrics: ServiceMetrics) {
        self.patience = TimeAmount(patience)
        self.disconnects = disconnects
        self.metrics = metrics
    }

    func handlerAdded(context: ChannelHandlerContext) { metrics.connectionOpened() }
    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        stall?.cancel()
        metrics.connectionClosed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Parts that were read before the connection was closed still arrive here.
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

    /// Closes only the sending side after an answer with `Connection: close`. What the client still sends is read for
    /// `patience`: if the socket were closed with unread bytes, the system would discard the answer on its way.
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

    /// - Parameter before: unsent bytes at the last check.
    private func watch(_ channel: any Channel, before: Int?) {
        let waiting = try? channel.syncOptions?.getOption(.bufferedWritableBytes)
        if let before, let waiting, waiting > before - Self.leastTaken { return cut(channel) }
        // A connection that does not report its unsent bytes must send all of them in time.
        if before != nil, waiting == nil { return cut(channel) }
        let isolated = NIOLoopBound((self, channel), eventLoop: channel.eventLoop)
        stall = channel.eventLoop.scheduleTask(in: patience) {
            let (own, channel) = isolated.value
            own.watch(channel, before: waiting ?? 0)
        }
    }

    private func cut(_ channel: any Channel) {
        // Both rules may apply; the connection is counted once.
        guard !isCut else { return }
        isCut = true
        metrics.connectionCut()
        channel.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            deadline?.cancel()
            disconnects.clientDisconnected(context.channel)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        stall?.cancel()
        disconnects.channelClosed(context.channel)
        context.fireChannelInactive()
    }
}
