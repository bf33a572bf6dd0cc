import CCurl
import Glibc

extension Transfer {
    /// Calls `request.mayConnect` for every address before a socket to it is opened. The name is resolved by then, so a
    /// name that changes its address after a check gains nothing.
    func guardConnections(_ handle: UnsafeMutableRawPointer, _ own: UnsafeMutableRawPointer) {
        ccurl_easy_set_string(handle, CURLOPT_NOPROXY, "*")
        ccurl_easy_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
        ccurl_easy_set_long(handle, CURLOPT_FORBID_REUSE, 1)
        ccurl_easy_set_socket_callback(
            handle,
            { context, _, address in
                guard let address else { return -1 }
                return Transfer.from(context).open(&address.pointee)
            },
            own
        )
    }

    private func open(_ address: inout curl_sockaddr) -> curl_socket_t {
        let target = withUnsafePointer(to: &address.addr) { IPAddress($0) }
        guard let target, request.mayConnect?(target) ?? true else {
            refuseConnection(to: target)
            return -1
        }
        return socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    }
}
