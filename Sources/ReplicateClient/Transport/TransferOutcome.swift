import CCurl

/// What libcurl reports about a failed transfer, and the error that follows from it. Pure functions.
///
/// This is the only place that decides whether a request may have reached the server.
struct TransferOutcome {
    /// A `CURLcode` other than `CURLE_OK`.
    let code: CURLcode
    /// libcurl's own text about the error; not empty.
    let reason: String
    /// Bytes of requests that were written, `CURLINFO_REQUEST_SIZE`; includes the `CONNECT` request to a proxy.
    let requestBytes: Int
    /// Bytes of the request's body that were written, `CURLINFO_SIZE_UPLOAD_T`.
    let bodyBytes: Int
    /// The address is https, the connection was made for this request, and encryption was not established. All bytes
    /// that were written went to a proxy.
    let endedBeforeEncryption: Bool
    /// The status with which a proxy answered `CONNECT`; 0 when no proxy answered.
    let proxyStatus: Int
    /// The address to which a connection was not allowed; nil when none was refused.
    let refusedAddress: String?

    /// All error codes of this libcurl, for a test that goes through them.
    static let allErrors = (CURLE_OK.rawValue + 1..<CURL_LAST.rawValue).map { CURLcode(rawValue: $0) }

    /// Whether the server certainly received nothing of the request.
    ///
    /// No error code proves that: an invalid answer and an invalid address have the same code. The only proof is that
    /// no byte was written on a connection to the server.
    var wasNotSent: Bool { requestBytes == 0 && bodyBytes == 0 || endedBeforeEncryption }

    var error: TransportError {
        if wasNotSent, let refusedAddress {
            return .notSent(reason: "connecting to \(refusedAddress) is not allowed", cause: .notAllowed)
        }
        return wasNotSent ? .notSent(reason: reason, cause: cause) : .interrupted(reason: reason, cause: cause)
    }

    private var cause: TransportError.Cause {
        if proxyStatus != 0, !(200..<300).contains(proxyStatus) { return .proxy }
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .name
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            .certificate
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_HTTP3,
            CURLE_BAD_CONTENT_ENCODING, CURLE_PARTIAL_FILE:
            .answer
        default: .connection
        }
    }
}
