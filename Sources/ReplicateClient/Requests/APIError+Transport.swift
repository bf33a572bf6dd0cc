import ReplicateAPI

extension APIError {
    init(_ error: TransportError, request: String, host: String) {
        switch error {
        case .notSent(let reason, let cause):
            switch cause {
            case .name: self.init(.nameNotFound, "The name \(host) has no address: \(reason)", request: request)
            case .proxy: self.init(.proxyRefused, "The proxy did not connect to \(host): \(reason)", request: request)
            case .certificate:
                self.init(.certificate, "The certificate of \(host) is not trusted: \(reason)", request: request)
            case .timeout:
                self.init(.connectTimedOut, "\(host) did not take the connection in time: \(reason)", request: request)
            case .answer, .notAllowed, .connection:
                self.init(.unreachable, "\(host) cannot be reached: \(reason)", request: request)
            }
        case .interrupted(let reason, let cause):
            switch cause {
            case .timeout: self.init(.timedOut, "\(host) did not answer in time: \(reason)", request: request)
            case .answer:
                self.init(.invalidResponse, "The answer of \(host) cannot be read: \(reason)", request: request)
            case .name, .proxy, .certificate, .notAllowed, .connection:
                self.init(.interrupted, "The connection to \(host) broke: \(reason)", request: request)
            }
        case .tooLong: self.init(.invalidResponse, "The answer is too long", request: request)
        case .refusedBySink: self.init(.interrupted, "The answer could not be stored", request: request)
        case .canceled: self.init(.canceled, "Canceled", request: request)
        }
    }
}
