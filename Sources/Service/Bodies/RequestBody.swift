import Hummingbird
import NIOCore
import ReplicateAPI

extension Request {
    /// Collects the body and reads it with `read`. Throws ``HTTPProblem`` in the words of the contract for anything else.
    ///
    /// A body is read as JSON only when its content type says so. A web page can send other content types to this machine
    /// without a preflight request.
    func decoded<Value>(
        limit: Int,
        query: [String] = [],
        _ read: (inout FieldReader) -> Value
    ) async throws -> Value {
        let bytes = try await collected(limit: limit)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw HTTPProblem.unreadableBody }
        guard !bytes.isEmpty else { throw HTTPProblem.invalid([.missing([], in: .null)]) }
        guard isJSON else {
            throw HTTPProblem.invalid([.noObject(.string(String(decoding: bytes.prefix(1_024), as: UTF8.self)))])
        }
        let body: JSONValue
        do { body = try JSONText.parse(bytes) } catch { throw HTTPProblem.invalid([.syntax(error)]) }
        guard var object = body.object else { throw HTTPProblem.invalid([.noObject(body)]) }
        for name in query where object[name] == nil {
            if let value = uri.queryParameters[Substring(name)] { object[name] = .string(String(value)) }
        }
        var reader = FieldReader(object)
        let value = read(&reader)
        reader.refuseUnknown()
        guard reader.issues.isEmpty else { throw HTTPProblem.invalid(reader.issues) }
        return value
    }

    private var isJSON: Bool {
        let type = headers[.contentType]?.prefix { $0 != ";" }.lowercased().filter { $0 != " " } ?? ""
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }

    private func collected(limit: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw HTTPProblem.tooLarge(limit)
        }
        do {
            let buffer = try await body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw HTTPProblem.tooLarge(limit)
        } catch is CancellationError {
            throw HTTPProblem.stopping
        } catch {
            // Whatever the connection says of it: the service is not at fault.
            throw HTTPProblem.brokenBody
        }
    }
}
