import Hummingbird
import NIOCore

/// A request on its way: its connection, and the faults that strike it.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var kind = RequestKind.other
    var faults: Set<SandboxFault> = []

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

extension RequestKind {
    init(method: HTTPRequest.Method, path: String) {
        let parts = path.split(separator: "/")
        switch (parts.first ?? "", parts.dropFirst().first ?? "") {
        case ("delivery", _): self = .delivery
        case ("stream", _): self = .stream
        case ("v1", "predictions"):
            if method == .post {
                self = parts.last == "cancel" ? .cancel : .create
            } else {
                self = parts.count > 2 ? .poll : .list
            }
        case ("v1", "models"): self = method == .post && parts.last == "predictions" ? .create : .models
        case ("v1", "collections"), ("v1", "hardware"), ("v1", "search"): self = .models
        case ("v1", "account"): self = .account
        case ("v1", "files"): self = .files
        default: self = .other
        }
    }
}
