import ReplicateClient

/// How the service behaves. Everything has a default. ``host``, ``port``, ``patience``, ``width`` and
/// ``creationsPerMinute`` are read once; all else may change while it runs.
package struct ServiceConfiguration: Sendable {
    /// The address to listen on. One that others can reach needs ``keys``.
    package var host = "127.0.0.1"
    /// 0: any free port.
    package var port = 8000
    /// Requests a minute that one client may send to `/api/generate/…`; 0: any number.
    package var rateLimit = 10
    /// How long a request may take before it is answered 504; the run it waits for goes on.
    package var timeout = Duration.seconds(300)
    /// Keys of the clients. Empty: no key is needed, which is allowed on loopback only.
    package var keys: [AccessKey] = []
    /// Where results may be sent to, and how they are signed.
    package var callbacks = CallbackConfiguration()
    /// Whether an equal request gets the result of an earlier one.
    package var cache = CacheConfiguration()
    /// Whose word about the client's address is taken.
    package var proxies = ProxyConfiguration()
    /// The models of requests that name none.
    package var models = ModelConfiguration()
    /// Requests that may wait for their turn, of all clients together.
    package var queueLimit = 1_000
    /// Creations that may be on their way to the API at the same time; the others wait in the queue.
    package var width = 16
    /// What the account may create in a minute, read once; the API's refusals lower it.
    package var creationsPerMinute = 600
    /// Bytes of a request's body.
    package var bodyLimit = 1 << 20
    /// How long a request may take to arrive, and how long an idle connection is kept.
    package var patience = Duration.seconds(30)
    /// How long requests under way may go on after the signal to stop.
    package var drain = Duration.seconds(30)
    /// Whether outputs are saved to the disk as well. Answers never wait for it.
    package var savesOutputs = true
    /// Whether answers to unexpected errors contain the error's text.
    package var isDebugging = false

    package init() {}

    /// Why this configuration is not safe to serve with, as a sentence; nil when it is safe.
    package var objection: String? {
        guard keys.isEmpty else { return nil }
        if !ListeningAddress.isLoopback(host) {
            return "\(host) can be reached from other machines, and every request spends your money: "
                + "list keys under `service: {keys: [...]}` in the config file, or serve on 127.0.0.1"
        }
        if !proxies.trusted.isEmpty {
            return "A trusted proxy lets other machines in, and every request spends your money: "
                + "list keys under `service: {keys: [...]}` in the config file"
        }
        return nil
    }
}

/// Callbacks of `video/async`.
package struct CallbackConfiguration: Hashable, Sendable {
    /// Whether results may be sent to loopback, link-local and private addresses.
    package var allowsPrivate = false
    /// The secret that signs callbacks; nil: they are not signed.
    package var secret: WebhookSecret?

    package init() {}
}

/// The cache of results.
package struct CacheConfiguration: Hashable, Sendable {
    /// How long after its end a run answers further requests with the same model and input; zero: never.
    package var lifetime = Duration.seconds(600)
    /// Whether this includes images without a seed. Without it, each request makes a new image.
    package var unseededImages = false

    /// The API forgets outputs after an hour, so nothing is kept for as long as that.
    package static let longest = Duration.seconds(3_000)

    package init() {}
}

/// Reverse proxies in front of the service.
package struct ProxyConfiguration: Hashable, Sendable {
    /// Networks of the proxies whose header is trusted.
    package var trusted: [IPNetwork] = []
    /// The header with the addresses of the client and of the proxies, separated by commas.
    package var header = "X-Forwarded-For"

    package init() {}
}

/// Models of requests that name none, as `owner/name`.
package struct ModelConfiguration: Hashable, Sendable {
    /// `owner/name`, for requests that name none.
    package var image = "black-forest-labs/flux-schnell"
    /// For `video` and `video/async`.
    package var video = "fofr/skyreels-2"

    package init() {}
}

/// What an address to listen on means for who can reach it.
package enum ListeningAddress {
    /// Whether the text is `localhost` or a whole loopback address; `127.0.0.1.example.com` is a name and not one of them.
    package static func isLoopback(_ host: String) -> Bool {
        host.lowercased() == "localhost" || IPAddress(host)?.isLoopback == true
    }
}
