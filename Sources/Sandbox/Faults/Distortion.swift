import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The faults that concern how an answer travels, applied to an answer that was right.
struct Distortion {
    let faults: Set<SandboxFault>
    let channel: any Channel
    let time: SandboxTime

    func of(_ answer: Response) async throws -> Response {
        var response = answer
        if faults.contains(.absurd) { response = try await absurd(response) }
        if !faults.isDisjoint(with: [.emptyFile, .packed, .page]) { response = try await otherFile(response) }
        if faults.contains(.hostile) { response = try await hostile(response) }
        if faults.contains(.notJSON) { response = try await python(response) }
        if !faults.isDisjoint(with: [.truncatedJSON, .invalidUTF8]) { response = try await garbled(response) }
        if faults.contains(.endless) { response = endless(response) }
        if faults.contains(.truncatedDownload) { response = try await cut(response) { $0 / 2 } }
        if faults.contains(.reset) {
            // Without lingering, the kernel resets the connection instead of ending it in order.
            let abortive = linger(l_onoff: 1, l_linger: 0)
            try? await (channel as? any SocketOptionProvider)?.setSoLinger(abortive).get()
            response = try await cut(response) { $0 == 0 ? 0 : Int.random(in: 0..<$0) }
        }
        if faults.contains(.drip) { response = try await dripping(response) }
        return response
    }

    private func garbled(_ response: Response) async throws -> Response {
        var bytes = try await response.body.collected()
        if faults.contains(.truncatedJSON) { bytes = Array(bytes.prefix(bytes.count / 2)) }
        if faults.contains(.invalidUTF8), let quote = bytes.firstIndex(of: UInt8(ascii: "\"")) {
            bytes.insert(contentsOf: [0xff, 0xc3], at: quote + 1)
        }
        return replacing(response, bytes)
    }

    /// What a host sends in place of a file, under the file's own type.
    private func otherFile(_ response: Response) async throws -> Response {
        var answer = response
        answer.headers[.contentRange] = nil
        answer.status = .ok
        if faults.contains(.emptyFile) { return replacing(answer, []) }
        if faults.contains(.page) {
            return replacing(answer, Array("\u{FEFF} \n<!-- a cache -->\n<HEAD><title>Wait</title></HEAD>".utf8))
        }
        answer.headers[.contentEncoding] = "gzip"
        return replacing(answer, Gzip.stored(try await response.body.collected()))
    }

    private func hostile(_ response: Response) async throws -> Response {
        let bytes = try await response.body.collected()
        guard let json = try? JSON(parsing: Data(bytes)) else { return replacing(response, bytes) }
        return replacing(response, Array(HostileText.added(to: json).encoded()))
    }

    /// The numbers that Python writes and JSON does not have.
    private func python(_ response: Response) async throws -> Response {
        let text = String(decoding: try await response.body.collected(), as: UTF8.self)
        let bent = text.replacing("\"error\":null", with: "\"error\":NaN")
            .replacing("\"metrics\":{", with: "\"metrics\":{\"peak\":-Infinity,\"loss\":Infinity,")
            .replacing(",}", with: "}")
        return replacing(response, Array(bent.utf8))
    }

    /// Times and numbers that cannot be; texts, ids and addresses stay.
    private func absurd(_ response: Response) async throws -> Response {
        let bytes = try await response.body.collected()
        guard let json = try? JSON(parsing: Data(bytes)) else { return replacing(response, bytes) }
        return replacing(response, Array(Self.absurd(json).encoded()))
    }

    private static func absurd(_ json: JSON) -> JSON {
        switch json {
        case .array(let values): return .array(values.map(absurd))
        case .object(var fields):
            for (key, value) in fields {
                switch key {
                case "created_at": fields[key] = "99999-13-45T99:99:99Z"
                case "started_at": fields[key] = .integer(.max)
                case "completed_at" where value != .null: fields[key] = "0000-00-00T00:00:00Z"
                case "metrics": fields[key] = value.objectValue.map { .object($0.mapValues { _ in .number(-1e308) }) }
                case "results": fields[key] = absurd(value)
                default: break
                }
            }
            return .object(fields)
        default: return json
        }
    }

    private func replacing(_ response: Response, _ bytes: [UInt8]) -> Response {
        var headers = response.headers
        headers[.contentLength] = String(bytes.count)
        return Response(
            status: response.status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Promises everything, sends so many bytes and closes.
    private func cut(_ response: Response, at place: @Sendable (Int) -> Int) async throws -> Response {
        let bytes = try await response.body.collected()
        let (channel, length) = (channel, place(bytes.count))
        return Response(
            status: response.status,
            headers: response.headers,
            body: ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(length)))
                try await channel.close(mode: .all).get()
                try await writer.finish(nil)
            }
        )
    }

    /// Goes on until the other side has had enough.
    private func endless(_ response: Response) -> Response {
        var headers = response.headers
        headers[.contentLength] = nil
        return Response(
            status: response.status,
            headers: headers,
            body: ResponseBody { writer in
                let spaces = ByteBuffer(repeating: UInt8(ascii: " "), count: 65_536)
                while true { try await writer.write(spaces) }
            }
        )
    }

    private func dripping(_ response: Response) async throws -> Response {
        let bytes = try await response.body.collected()
        let time = time
        return Response(
            status: response.status,
            headers: response.headers,
            body: ResponseBody(contentLength: bytes.count) { writer in
                // At most some hundred drops, however long the answer.
                let size = max(8, bytes.count / 200)
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try await writer.write(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + size)]))
                    try await time.sleep(.milliseconds(20))
                }
                try await writer.finish(nil)
            }
        )
    }
}
