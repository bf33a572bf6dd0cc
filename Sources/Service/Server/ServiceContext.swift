import Hummingbird
import NIOCore
import ReplicateClient

/// A request on its way.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// The same in the log, in the answer's `X-Request-ID` and in what went wrong.
    var requestID = ""
    /// Who asks, for limits and fair shares.
    var client = "local"

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// nil when the other side has no internet address.
    var peer: IPAddress? { channel.remoteAddress?.ipAddress.flatMap(IPAddress.init) }
}
