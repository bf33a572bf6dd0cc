import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection: closes it when a request takes too long to arrive however slowly it drips, and tells when the
/// other side has gone.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let patience: TimeAmount
    private let departures: Departures
    private var deadline: Scheduled<Void>?

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
