package import Foundation

/// Writes JSON with sorted keys, so that equal values have equal bytes.
///
/// Characters that could steer a terminal or change the direction of text are always escaped. The document keeps its
/// meaning.
struct JSONWriter {
    /// True: line breaks and two spaces a level. False: everything on one line.
    let isPretty: Bool
    private(set) var bytes: [UInt8] = []

    init(isPretty: Bool) { self.isPretty = isPretty }

    mutating func write(_ value: JSONValue, depth: Int = 0) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .integer(let value): put(String(value))
        case .unsigned(let value): put(String(value))
        case .number(let value): put(value)
        case .string(let value): put(quoting: value)
        case .array(let values):
            list(values, "[", "]", depth) { writer, value in writer.write(value, depth: depth + 1) }
        case .object(let members):
            list(members.sorted { $0.key < $1.key }, "{", "}", depth) { writer, member in
                writer.put(quoting: member.key)
                writer.put(writer.isPretty ? ": " : ":")
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func list<Element>(
        _ elements: [Element],
        _ opening: String,
        _ closing: String,
        _ depth: Int,
        _ element: (inout JSONWriter, Element) -> Void
    ) {
        put(opening)
        for (position, item) in elements.enumerated() {
            if position > 0 { put(",") }
            breakLine(depth + 1)
            element(&self, item)
        }
        if !elements.isEmpty { breakLine(depth) }
        put(closing)
    }

    private mutating func breakLine(_ depth: Int) {
        guard isPretty else { return }
        bytes.append(0x0A)
        bytes += repeatElement(0x20, count: depth * 2)
    }

    /// Whole numbers are written without a point. JSON cannot express infinity or NaN: they become strings.
    private mutating func put(_ number: Double) {
        if !number.isFinite {
            put(quoting: number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
        } else if let whole = Int64(exactly: number) {
            put(String(whole))
        } else {
            put(String(number))
        }
    }

    private mutating func put(quoting text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: put("\\n")
            case 0x0D: put("\\r")
            case 0x09: put("\\t")
            case 0x00..<0x20, 0x7F: put(JSONEscape.sequence(for: UInt32(byte)))
            case 0x80...0xBF:
                bytes.append(byte)
                escapeLastScalar()
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Replaces the two or three bytes just written by an escape sequence when they are a character that must be
    /// escaped.
    private mutating func escapeLastScalar() {
        let end = bytes.count
        let (second, last) = (UInt32(bytes[end - 2]), UInt32(bytes[end - 1] & 0x3F))
        let scalar: UInt32
        let length: Int
        if second == 0xC2 || second == 0xD8 {
            (scalar, length) = ((second & 0x1F) << 6 | last, 2)
        } else if end >= 3, bytes[end - 3] == 0xE2, second & 0xC0 == 0x80 {
            (scalar, length) = (0x2000 | (second & 0x3F) << 6 | last, 3)
        } else {
            return
        }
        guard JSONEscape.isNeeded(for: scalar) else { return }
        bytes.removeLast(length)
        put(JSONEscape.sequence(for: scalar))
    }

    private mutating func put(_ text: String) { bytes += text.utf8 }
}

extension JSONValue {
    /// The document as UTF-8 with sorted keys: equal values give equal bytes. `pretty` adds line breaks and indents by
    /// two spaces a level.
    package func serialized(pretty: Bool = false) -> Data {
        var writer = JSONWriter(isPretty: pretty)
        writer.write(self)
        return Data(writer.bytes)
    }

    /// ``serialized(pretty:)`` as text.
    package func text(pretty: Bool = false) -> String {
        var writer = JSONWriter(isPretty: pretty)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
