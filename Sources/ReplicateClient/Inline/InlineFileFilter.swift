import Foundation
import Glibc
import Synchronization

/// Takes large `data:` URIs out of a JSON document while it arrives, and puts references in their places.
///
/// It knows only where a JSON string begins and ends: at a quotation mark after an even number of backslashes. The rest
/// of the document is passed on unchanged.
final class InlineFileFilter: BodyFilter {
    private enum Place {
        /// Outside of a URI. `held` may be the beginning of one.
        case outside(held: Data)
        /// Inside a URI that is not large yet.
        case inside(Data)
        /// Inside a large URI: its media type, and the file into which it is decoded.
        case large(type: String, Base64File)
    }

    private struct State {
        var place = Place.outside(held: Data())
        /// Whether the bytes that were passed on end in the middle of an escape.
        var isEscaped = false
    }

    private static let mark = Data("\"data:".utf8)
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private let files: InlineFiles
    private let state = Mutex(State())

    init(files: InlineFiles) { self.files = files }

    func filter(_ bytes: Data) throws -> Data {
        try state.withLock { state in
            var kept = Data()
            var rest = bytes
            while !rest.isEmpty { rest = try step(&state, rest, &kept) }
            return kept
        }
    }

    func finish() throws -> Data {
        state.withLock { state in
            switch state.place {
            case .outside(let held): held
            case .inside(let content): content
            // The document was cut off and cannot be parsed anyway.
            case .large: Data()
            }
        }
    }

    /// Processes some of `bytes`; returns the rest.
    private func step(_ state: inout State, _ bytes: Data, _ kept: inout Data) throws -> Data {
        switch state.place {
        case .outside(let held): return outside(&state, held + bytes, &kept)
        case .inside(var content):
            let end = Self.end(in: bytes, Self.isEscaped(content.endIndex, in: content, false))
            content += end.map { bytes[..<$0] } ?? bytes
            if content.count >= InlineFiles.least, let type = Self.type(of: content) {
                let comma = content.firstIndex(of: UInt8(ascii: ",")) ?? content.startIndex
                let file = Base64File(try files.begin())
                try file.append(Data(content[(comma + 1)...]))
                state.place = .large(type: type, file)
                return end.map { Data(bytes[$0...]) } ?? Data()
            }
            guard end != nil || content.count >= InlineFiles.least else {
                state.place = .inside(content)
                return Data()
            }
            // The URI is small, or it is not a file.
            kept += content
            state.isEscaped = Self.isEscaped(content.endIndex, in: content, false)
            state.place = .outside(held: Data())
            return end.map { Data(bytes[$0...]) } ?? Data()
        case .large(let type, let file):
            guard let end = bytes.place(of: Self.quote, from: bytes.startIndex) else {
                try file.append(bytes)
                return Data()
            }
            try file.append(Data(bytes[..<end]))
            kept += Data(
                (try file.finish(files).map { InlineReference.text(type: type, $0) } ?? "data:\(type);base64,").utf8
            )
            state.place = .outside(held: Data())
            state.isEscaped = false
            return Data(bytes[end...])
        }
    }

    private func outside(_ state: inout State, _ bytes: Data, _ kept: inout Data) -> Data {
        var from = bytes.startIndex
        while let range = bytes.range(of: Self.mark, in: from..<bytes.endIndex) {
            if !Self.isEscaped(range.lowerBound, in: bytes, state.isEscaped) {
                // The quotation mark is passed on; then the URI is examined.
                kept += bytes[...range.lowerBound]
                state.isEscaped = false
                state.place = .inside(Data())
                return Data(bytes[(range.lowerBound + 1)...])
            }
            from = range.lowerBound + 1
        }
        // The end of these bytes may be the beginning of `"data:`.
        let length =
            (1..<Self.mark.count).reversed().first { bytes.suffix($0).elementsEqual(Self.mark.prefix($0)) } ?? 0
        let passed = bytes.dropLast(length)
        if !passed.isEmpty { state.isEscaped = Self.isEscaped(passed.endIndex, in: passed, state.isEscaped) }
        kept += passed
        state.place = .outside(held: Data(bytes.suffix(length)))
        return Data()
    }

    /// Whether the byte at `index` stands after an odd number of backslashes.
    ///
    /// - Parameter atStart: whether an escape is open before the first of `bytes`.
    private static func isEscaped(_ index: Int, in bytes: Data, _ atStart: Bool) -> Bool {
        let run = bytes[..<index].reversed().prefix { $0 == backslash }.count
        return (run % 2 == 1) != (atStart && run == index - bytes.startIndex)
    }

    /// The index of the quotation mark that ends the string; nil when it is not in `bytes`.
    private static func end(in bytes: Data, _ atStart: Bool) -> Int? {
        var from = bytes.startIndex
        while let index = bytes.place(of: quote, from: from) {
            if !isEscaped(index, in: bytes, atStart) { return index }
            from = index + 1
        }
        return nil
    }

    /// The media type of a base64 URI; nil for any other URI.
    private static func type(of content: Data) -> String? {
        let head = content.prefix(160)
        guard let comma = head.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let parts = String(decoding: head[..<comma], as: UTF8.self).dropFirst(5).split(separator: ";")
        guard parts.count > 1 || head[..<comma].count > 12, parts.last?.lowercased() == "base64" else { return nil }
        let type = parts.count > 1 ? parts[0].replacing("\\/", with: "/").lowercased() : "application/octet-stream"
        let isType = type.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != quote && $0 != backslash }
        return isType && type.utf8.count <= 100 ? type : nil
    }
}

/// Decodes base64 that arrives in pieces into a file.
final class Base64File: Sendable {
    private static let piece = 1 << 20

    private struct State {
        var pending = Data()
        var hasBegun = false
        /// The text was not base64: no file is made from it.
        var isBroken = false
    }

    private let file: PartialDownload
    private let state = Mutex(State())

    init(_ file: PartialDownload) { self.file = file }

    func append(_ bytes: Data) throws {
        try state.withLock { state in
            state.pending += bytes
            if state.pending.count >= Self.piece { try decode(&state, isLast: false) }
        }
    }

    /// Decodes the rest and stores the file. Nil when the text was not base64; nothing is left on the disk then.
    func finish(_ files: InlineFiles) throws -> Download? {
        try state.withLock { state in
            try decode(&state, isLast: true)
            guard !state.isBroken, state.hasBegun else {
                file.discard()
                return nil
            }
            let download = try file.finish()
            try files.keep(file, download)
            return download
        }
    }

    private func decode(_ state: inout State, isLast: Bool) throws {
        guard !state.isBroken else { return state.pending.removeAll() }
        var text = state.pending
        if text.place(of: UInt8(ascii: "\\"), from: text.startIndex) != nil {
            text = Self.unescaped(&text, isLast: isLast)
        }
        let length = isLast ? text.count : text.count / 4 * 4
        guard let bytes = Data(base64Encoded: text.prefix(length)) else {
            state.isBroken = true
            return state.pending.removeAll()
        }
        state.pending =
            Data(text.dropFirst(length)) + state.pending.suffix(Self.openEscape(state.pending, isLast: isLast))
        if !state.hasBegun {
            state.hasBegun = true
            try file.receive(.began(status: 200, headers: [:]))
        }
        try file.receive(.bytes(bytes))
    }

    /// Base64 needs no escapes; some JSON encoders write `\/` nevertheless.
    private static func unescaped(_ text: inout Data, isLast: Bool) -> Data {
        let whole = text.dropLast(openEscape(text, isLast: isLast))
        var result = Data(capacity: whole.count)
        var parts = whole.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)[...]
        result += parts.removeFirst()
        // `\n` and `\r` are line breaks. Any other escape stands for its character, or makes the text invalid.
        for part in parts {
            let isBreak = part.first == UInt8(ascii: "n") || part.first == UInt8(ascii: "r")
            result += isBreak ? part.dropFirst() : part
        }
        return result
    }

    /// The number of bytes at the end that are an unfinished escape: 0 or 1.
    private static func openEscape(_ text: Data, isLast: Bool) -> Int {
        !isLast && text.last == UInt8(ascii: "\\") ? 1 : 0
    }
}

extension Data {
    /// The same as `firstIndex(of:)`, with `memchr`: a video has many bytes.
    fileprivate func place(of byte: UInt8, from start: Int) -> Int? {
        withUnsafeBytes { buffer in
            let offset = start - startIndex
            guard let base = buffer.baseAddress, offset < buffer.count,
                let found = memchr(base + offset, Int32(byte), buffer.count - offset)
            else { return nil }
            return startIndex + (UnsafeRawPointer(found) - base)
        }
    }
}
