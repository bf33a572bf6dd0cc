import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection: closes it when a request takes too long to arrive however slowly it drips, ends it after an
/// answer that says so, and tells when the other side has gone.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: TimeAmount
    private let departures: Departures
    private var deadline: Scheduled<Void>?
    private var isLastAnswer = false

    init(patience: Duration, departures: Departures) {
        self.patience = TimeAmount(patience)
        self.departures = departures
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
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
        case .end where isLastAnswer:
            let channel = context.channel
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
            return context.write(data, promise: written)
        case .end: break
        }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            deadline?.cancel()
            departures.departed(ObjectIdentifier(context.channel))
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        departures.departed(ObjectIdentifier(context.channel))
        context.fireChannelInactive()
    }
}
