import Hummingbird
import NIOCore
import ReplicateClient

/// What middlewares and routes know about one request.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// The id of the request in the log and in the answer's `X-Request-ID`.
    var requestID = ""
    /// The client's name for rate limits and fair turns: its key's name, else its address.
    var client = "local"

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// nil when the other side has no internet address.
    var peer: IPAddress? { channel.remoteAddress?.ipAddress.flatMap(IPAddress.init) }
}
