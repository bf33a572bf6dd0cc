import CCurl
import Foundation

/// One request that libcurl processes.
///
/// `@unchecked Sendable` is safe because the caller creates it, hands it over through the transport's lock, and only
/// the loop's thread uses it afterwards.
final class Transfer: @unchecked Sendable {
    let request: HTTPRequest
    private let trust: LoadedTrustStore
    private let sink: (@Sendable (DownloadEvent) throws -> Void)?
    var completion: ((Result<HTTPResponse, TransportError>) -> Void)?

    private var handle: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var form: OpaquePointer?
    /// Kept alive while libcurl reads from it.
    private var content = Data()
    /// libcurl writes here for as long as the handle lives.
    private let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    private var status = 0
    private var headers: [String: String] = [:]
    private var body = Data()
    private var isStreaming = false
    private var filter: (any BodyFilter)?
    private var failure: TransportError?
    private var refusedAddress: String?

    init(_ request: HTTPRequest, trust: LoadedTrustStore, sink: (@Sendable (DownloadEvent) throws -> Void)?) {
        self.request = request
        self.trust = trust
        self.sink = sink
        errorText.initialize(repeating: 0)
    }

    deinit { errorText.deallocate() }

    func finish(_ result: Result<HTTPResponse, TransportError>) {
        completion?(result)
        completion = nil
    }

    // MARK: On the loop's thread

    func start(on multi: UnsafeMutableRawPointer) {
        guard let handle = ccurl_easy_init() else {
            return finish(.failure(.notSent(reason: "no memory for a connection")))
        }
        self.handle = handle
        configure(handle)
        ccurl_multi_add_handle(multi, handle)
    }

    func stop(on multi: UnsafeMutableRawPointer) {
        guard let handle else { return }
        ccurl_multi_remove_handle(multi, handle)
        ccurl_easy_cleanup(handle)
        ccurl_slist_free_all(headerList)
        if let form { ccurl_mime_free(form) }
        self.handle = nil
        headerList = nil
        form = nil
    }

    private func configure(_ handle: UnsafeMutableRawPointer) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        ccurl_easy_set_pointer(handle, CURLOPT_PRIVATE, own)
        ccurl_easy_set_string(handle, CURLOPT_URL, request.url)
        ccurl_easy_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method)
        ccurl_easy_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_easy_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_easy_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_easy_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 5_000)
        // With HTTP/2, libcurl repeats a stream that the server refused.
        let version = request.requiresNewConnection ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS
        ccurl_easy_set_long(handle, CURLOPT_HTTP_VERSION, Int(version))
        if request.requiresNewConnection {
            ccurl_easy_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
            // A connection that is kept would be one more idle connection for each creation.
            ccurl_easy_set_long(handle, CURLOPT_FORBID_REUSE, 1)
        }
        ccurl_easy_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        // A file is requested without compression, because parts of compressed content cannot be joined. What arrives
        // compressed nevertheless is left to the sink: libcurl does not notice that its end is missing.
        ccurl_easy_set_string(handle, CURLOPT_ACCEPT_ENCODING, sink == nil ? "" : "identity")
        if sink != nil { ccurl_easy_set_long(handle, CURLOPT_HTTP_CONTENT_DECODING, 0) }
        // Less than one byte a second for 30 s is a stall. The transfer as a whole may take any time.
        ccurl_easy_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
        ccurl_easy_set_long(handle, CURLOPT_LOW_SPEED_TIME, 30)
        if let timeout = request.timeout {
            let (seconds, attoseconds) = timeout.components
            ccurl_easy_set_long(handle, CURLOPT_TIMEOUT_MS, Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
        }
        trust.apply(to: handle)
        // A proxy must not see requests to this machine; with plain http it would see the token.
        if isLoopback { ccurl_easy_set_string(handle, CURLOPT_NOPROXY, "*") }
        if request.mayConnect != nil { guardConnections(handle, own) }
        ccurl_easy_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText.baseAddress)
        if request.method == "HEAD" { ccurl_easy_set_long(handle, CURLOPT_NOBODY, 1) }
        setBody(handle)
        for header in request.headers { headerList = ccurl_slist_append(headerList, "\(header.name): \(header.value)") }
        // libcurl would wait a second for a "100 Continue" that this API never sends.
        headerList = ccurl_slist_append(headerList, "Expect:")
        ccurl_easy_set_pointer(handle, CURLOPT_HTTPHEADER, headerList)
        ccurl_easy_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            Transfer.from(context).receiveHeader(data, size * count)
        }
        ccurl_easy_set_pointer(handle, CURLOPT_HEADERDATA, own)
        ccurl_easy_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            Transfer.from(context).receiveBody(data, size * count)
        }
        ccurl_easy_set_pointer(handle, CURLOPT_WRITEDATA, own)
    }

    private func setBody(_ handle: UnsafeMutableRawPointer) {
        switch request.body {
        case .none: break
        case .bytes(let data, let contentType):
            content = data
            headerList = ccurl_slist_append(headerList, "Content-Type: \(contentType)")
            ccurl_easy_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(content.count))
            // libcurl would allocate 64 KB and free them again for every request.
            if content.count < 16_384 { ccurl_easy_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 16_384) }
            // Copied by libcurl, so the pointer need not outlive this call.
            _ = content.withUnsafeBytes {
                ccurl_easy_set_pointer(
                    handle,
                    CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: $0.baseAddress)
                )
            }
        case .file(let path, let name, let contentType):
            // A slow link needs minutes for the bytes that the kernel accepts at once. Without this limit a moving
            // upload would look like a stall. The bytes that are left when libcurl has sent all need time too.
            ccurl_easy_limit_bytes_ahead(handle, 131_072)
            ccurl_easy_set_long(handle, CURLOPT_LOW_SPEED_TIME, 120)
            ccurl_easy_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
            ccurl_easy_set_long(handle, CURLOPT_FORBID_REUSE, 1)
            form = ccurl_mime_init(handle)
            ccurl_mime_add_file(form, "content", path, name, contentType)
            ccurl_mime_add_text(form, "type", contentType)
            ccurl_easy_set_pointer(handle, CURLOPT_MIMEPOST, form.map { UnsafeMutableRawPointer($0) })
        }
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl called back without the transfer it was given") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private var isLoopback: Bool {
        URLComponents(string: request.url)?.host.map(ClientConfiguration.isLoopback) ?? false
    }

    /// Another address of the same name may be allowed, so the transfer does not end here.
    func refuseConnection(to address: IPAddress?) { refusedAddress = address.map { "\($0)" } ?? "an unknown address" }

    private func receiveHeader(_ data: UnsafeMutablePointer<CChar>?, _ length: Int) -> Int {
        guard let data else { return 0 }
        let line = UnsafeRawBufferPointer(start: data, count: length)
        if line.starts(with: "HTTP/".utf8) {
            // Only the last status line counts; the answer of a proxy or an interim answer may come first.
            status = Int(Self.text(line).split(separator: " ").dropFirst().first ?? "") ?? 0
            headers = [:]
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), headers.count < 200 {
            let value = Self.text(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...].prefix(8_192)))
            headers[Self.text(UnsafeRawBufferPointer(rebasing: line[..<colon])).lowercased()] = value
        }
        return length
    }

    /// The text without white space at both ends.
    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let head = bytes.drop(while: isSpace)
        let tail = head.lastIndex { !isSpace($0) }
        return String(decoding: tail.map { head[...$0] } ?? head[..<head.startIndex], as: UTF8.self)
    }

    /// The bytes that are kept in memory; nil when the filter ended the transfer.
    private func filtered(_ bytes: Data) -> Data? {
        guard let make = request.makeBodyFilter, (200..<300).contains(status) else { return bytes }
        let filter = filter ?? make()
        self.filter = filter
        do { return try filter.filter(bytes) } catch {
            failure = .refusedBySink
            return nil
        }
    }

    private func receiveBody(_ data: UnsafeMutablePointer<CChar>?, _ length: Int) -> Int {
        guard let data else { return 0 }
        let bytes = Data(bytes: data, count: length)
        if let sink, status == 200 || status == 206 {
            do {
                if !isStreaming {
                    isStreaming = true
                    try sink(.began(status: status, headers: headers))
                }
                try sink(.bytes(bytes))
            } catch {
                failure = .refusedBySink
                return 0
            }
            return length
        }
        guard let kept = filtered(bytes) else { return 0 }
        guard body.count + kept.count <= request.bodyLimit else {
            failure = .tooLong
            return 0
        }
        body.append(kept)
        return length
    }

    func result(_ code: CURLcode, handle: UnsafeMutableRawPointer) -> Result<HTTPResponse, TransportError> {
        if let failure { return .failure(failure) }
        if code == CURLE_OK {
            if let sink, !isStreaming, status == 200 || status == 206 {
                // The body was empty: the sink has not been called yet.
                guard (try? sink(.began(status: status, headers: headers))) != nil else {
                    return .failure(.refusedBySink)
                }
            }
            if let filter {
                guard let rest = try? filter.finish() else { return .failure(.refusedBySink) }
                body.append(rest)
            }
            return .success(HTTPResponse(status: status, headers: headers, body: body))
        }
        let said = errorText.baseAddress.map { String(cString: $0) } ?? ""
        let isEncrypted = request.url.lowercased().hasPrefix("https:")
        let outcome = TransferOutcome(
            code: code,
            reason: said.isEmpty ? String(cString: ccurl_easy_strerror(code)) : said,
            requestBytes: ccurl_easy_get_long(handle, CURLINFO_REQUEST_SIZE),
            bodyBytes: Int(ccurl_easy_get_offset(handle, CURLINFO_SIZE_UPLOAD_T)),
            // The time is also 0 on a connection that existed before.
            endedBeforeEncryption: isEncrypted && ccurl_easy_get_long(handle, CURLINFO_NUM_CONNECTS) > 0
                && ccurl_easy_get_offset(handle, CURLINFO_APPCONNECT_TIME_T) == 0,
            proxyStatus: ccurl_easy_get_long(handle, CURLINFO_HTTP_CONNECTCODE),
            refusedAddress: refusedAddress
        )
        return .failure(outcome.error)
    }
}
