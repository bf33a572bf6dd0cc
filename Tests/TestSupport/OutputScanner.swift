/// Takes a program's output apart just far enough to answer its questions, to know when a frame is complete, and to keep
/// from libvterm 0.1 what it would print as text.
struct OutputScanner {
    enum Piece: Equatable {
        /// For the emulator.
        case bytes([UInt8])
        case query(Query)
        /// A frame begins (true) or is complete (false): DEC mode 2026.
        case synchronized(Bool)
        /// A DEC mode was set or reset.
        case mode(Int, Bool)
    }

    enum Query: Equatable {
        case primaryAttributes
        case mode(Int)
        case background
        case keyboard
    }

    private enum State {
        case ground, escape, csi, string(UInt8), stringEscape(UInt8)
    }

    private var state = State.ground
    private var sequence: [UInt8] = []
    private var plain: [UInt8] = []

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [Piece] {
        var pieces: [Piece] = []
        for byte in bytes { step(byte, &pieces) }
        flushPlain(&pieces)
        return pieces
    }

    private mutating func flushPlain(_ pieces: inout [Piece]) {
        if !plain.isEmpty { pieces.append(.bytes(plain)) }
        plain = []
    }

    private mutating func step(_ byte: UInt8, _ pieces: inout [Piece]) {
        switch state {
        case .ground:
            if byte == 0x1B {
                sequence = [byte]
                state = .escape
            } else {
                plain.append(byte)
            }
        case .escape:
            sequence.append(byte)
            switch byte {
            case UInt8(ascii: "["): state = .csi
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
                state = .string(byte)
            default: pass()
            }
        case .csi:
            sequence.append(byte)
            if (0x40...0x7E).contains(byte) { endSequence(&pieces) }
        case .string(let kind):
            sequence.append(byte)
            if byte == 0x1B {
                state = .stringEscape(kind)
            } else if byte == 0x07 {
                endString(kind, &pieces)
            }
        case .stringEscape(let kind):
            sequence.append(byte)
            endString(kind, &pieces)
        }
    }

    private mutating func pass() {
        plain += sequence
        state = .ground
    }

    private mutating func endSequence(_ pieces: inout [Piece]) {
        let body = String(decoding: sequence.dropFirst(2), as: UTF8.self)
        state = .ground
        switch body {
        case "c", "0c": report(.query(.primaryAttributes), &pieces)
        case "?u": report(.query(.keyboard), &pieces)
        case "?2026h": report(.synchronized(true), &pieces)
        case "?2026l": report(.synchronized(false), &pieces)
        case _ where body.hasPrefix("?") && body.hasSuffix("$p"):
            Int(body.dropFirst().dropLast(2)).map { report(.query(.mode($0)), &pieces) }
        case _ where body.hasPrefix("?") && (body.hasSuffix("h") || body.hasSuffix("l")):
            for mode in body.dropFirst().dropLast().split(separator: ";").compactMap({ Int($0) }) {
                report(.mode(mode, body.hasSuffix("h")), &pieces)
            }
            pass()
        // Stacks of titles and keyboard modes, which libvterm 0.1 does not know.
        case _ where body.hasSuffix("t") || body.hasSuffix("u"): break
        default: pass()
        }
    }

    private mutating func report(_ piece: Piece, _ pieces: inout [Piece]) {
        flushPlain(&pieces)
        pieces.append(piece)
    }

    private mutating func endString(_ kind: UInt8, _ pieces: inout [Piece]) {
        state = .ground
        if kind == UInt8(ascii: "]"), sequence.dropFirst(2).starts(with: Array("11;?".utf8)) {
            report(.query(.background), &pieces)
        } else if kind == UInt8(ascii: "]") || kind == UInt8(ascii: "P") {
            pass()
        }
    }
}
