import Hummingbird
import NIOCore
import ReplicateAPI

extension Request {
    /// Collects the body and reads it with `read`. Throws ``Problem`` in the words of the contract for anything else.
    ///
    /// Only what says that it is JSON is read as JSON: a page in somebody's browser can send anything else to this
    /// machine without asking first.
    func decoded<Value>(
        limit: Int,
        query: [String] = [],
        _ read: (inout FieldReader) -> Value
    ) async throws -> Value {
        let bytes = try await collected(limit: limit)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Problem.unreadableBody }
        guard !bytes.isEmpty else { throw Problem.invalid([.missing([], in: .null)]) }
        guard isJSON else {
            throw Problem.invalid([.noObject(.string(String(decoding: bytes.prefix(1_024), as: UTF8.self)))])
        }
        let body: JSONValue
        do { body = try JSONText.parse(bytes) } catch { throw Problem.invalid([.syntax(error)]) }
        guard var object = body.object else { throw Problem.invalid([.noObject(body)]) }
        for name in query where object[name] == nil {
            if let value = uri.queryParameters[Substring(name)] { object[name] = .string(String(value)) }
        }
        var reader = FieldReader(object)
        let value = read(&reader)
        guard reader.issues.isEmpty else { throw Problem.invalid(reader.issues) }
        return value
    }

    private var isJSON: Bool {
        let type = headers[.contentType]?.prefix { $0 != ";" }.lowercased().filter { $0 != " " } ?? ""
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }

    private func collected(limit: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Problem.tooLarge(limit) }
        do {
            let buffer = try await body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit)
        } catch is CancellationError {
            throw Problem.stopping
        } catch {
            // Whatever the connection says of it: the service is not at fault.
            throw Problem.brokenBody
        }
    }
}
