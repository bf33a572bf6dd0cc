/// Converts bytes from the terminal to events. The bytes may be cut at any place.
///
/// It knows the keys of xterm, rxvt, the Linux console and the kitty protocol, SGR and X10 mouse reports, focus
/// reports, bracketed paste and answers to queries. An unknown sequence is dropped as a whole, so that a late answer is
/// not read as typed text. Pure; the caller measures time.
package struct InputParser: Sendable {
    /// The most bytes of one paste that are kept. The rest is dropped and reported by ``InputEvent/pasteCut(bytes:)``.
    package static let pasteLimit = 4 << 20
    private static let sequenceLimit = 256
    private static let stringLimit = 64 << 10

    private enum State {
        case ground
        case utf8(missing: Int, alt: Bool)
        case escape
        case doubleEscape
        case csi(alt: Bool)
        case linuxFunction
        case ss3(alt: Bool)
        case x10
        case stringStart(introducer: UInt8)
        case string(introducer: UInt8)
        case stringEscape(introducer: UInt8)
        case paste(matched: Int)
    }

    private var state = State.ground
    private var collected: [UInt8] = []

    /// True: Esc is a key of its own even if a letter follows at once. False: Esc and a letter are alt with that
    /// letter. True suits modal editing, where users press Esc and type on.
    package var treatsEscapeAsKey = false
    /// Bytes of the present paste beyond the limit.
    private var dropped = 0

    /// A parser that waits for the first byte of an event.
    package init() {}

    /// Whether the bytes so far may be a key of their own, such as Esc. If nothing follows within about a tenth of a
    /// second, call `flush()`.
    package var isWaiting: Bool {
        switch state {
        case .escape, .doubleEscape, .stringStart: true
        case .csi, .ss3: collected.isEmpty
        default: false
        }
    }

    /// Whether a key, an answer or a paste is not complete. If nothing follows within about a second, call
    /// `finishIncomplete()`: the rest will not arrive.
    package var isIncomplete: Bool {
        if case .ground = state { false } else { true }
    }

    /// Whether the beginning of a paste has arrived, but not its end.
    package var isInPaste: Bool {
        if case .paste = state { true } else { false }
    }

    /// Ends an incomplete event. A paste is reported as far as it has arrived; an incomplete answer is dropped.
    /// Afterwards the parser waits for a new event.
    package mutating func finishIncomplete() -> [InputEvent] {
        if isWaiting { return flush() }
        var events: [InputEvent] = []
        switch state {
        case .paste(let matched):
            keep(Self.pasteEnd[..<matched])
            endPaste(&events)
        // The Esc that could begin the end of the string may be a key.
        case .stringEscape: events.append(.key(Key(.escape)))
        default: break
        }
        enter(.ground)
        return events
    }

    /// Parses bytes and returns the events that are complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
        var events: [InputEvent] = []
        for byte in bytes {
            step(byte, &events)
        }
        return events
    }

    /// Reports the pending bytes as the key that they look like. Does nothing unless `isWaiting`.
    package mutating func flush() -> [InputEvent] {
        guard isWaiting else { return [] }
        defer { state = .ground }
        switch state {
        case .escape: return [.key(Key(.escape))]
        case .doubleEscape: return [.key(Key(.escape)), .key(Key(.escape))]
        case .csi: return introduced(UInt8(ascii: "["))
        case .ss3: return introduced(UInt8(ascii: "O"))
        case .stringStart(let introducer): return introduced(introducer)
        default: return []
        }
    }

    private mutating func step(_ byte: UInt8, _ events: inout [InputEvent]) {
        switch state {
        case .ground:
            begin(byte, alt: false, &events)
        case .utf8(let missing, let alt):
            stepUTF8(byte, missing: missing, alt: alt, &events)
        case .escape:
            stepEscape(byte, &events)
        case .doubleEscape:
            switch byte {
            case UInt8(ascii: "["): enter(.csi(alt: true))
            case UInt8(ascii: "O"): enter(.ss3(alt: true))
            default:
                events.append(.key(Key(.escape)))
                state = .escape
                step(byte, &events)
            }
        case .csi(let alt):
            stepCSI(byte, alt: alt, &events)
        case .linuxFunction:
            state = .ground
            if (0x41...0x45).contains(byte) {
                events.append(.key(Key(.function(Int(byte) - 0x40))))
            } else if byte < 0x20 {
                step(byte, &events)
            }
        case .ss3(let alt):
            state = .ground
            if let key = KeyTables.ss3(byte, alt: alt) {
                events.append(.key(key))
            } else {
                events += introduced(UInt8(ascii: "O"))
                step(byte, &events)
            }
        case .x10 where byte < 0x20:
            state = .ground
            step(byte, &events)
        case .x10:
            collected.append(byte)
            if collected.count == 3 {
                state = .ground
                if let mouse = Mouse(x10: collected) { events.append(.mouse(mouse)) }
            }
        case .stringStart(let introducer):
            if Self.opensString(introducer, byte) {
                enter(.string(introducer: introducer))
                collected.append(byte)
            } else {
                events += introduced(introducer)
                state = .ground
                step(byte, &events)
            }
        case .string(let introducer):
            stepString(byte, introducer, &events)
        case .stringEscape(let introducer):
            if byte == UInt8(ascii: "\\") {
                endString(introducer, &events)
            } else if byte < 0x20, byte != 0x1B {
                begin(byte, alt: false, &events)
            } else {
                state = .escape
                step(byte, &events)
            }
        case .paste(let matched):
            stepPaste(byte, matched: matched, &events)
        }
    }

    private mutating func enter(_ next: State) {
        state = next
        collected.removeAll(keepingCapacity: true)
    }

    private mutating func begin(_ byte: UInt8, alt: Bool, _ events: inout [InputEvent]) {
        state = .ground
        switch byte {
        case 0x1B:
            state = .escape
        case 0x00...0x7F:
            events.append(.key(KeyTables.byte(byte, alt: alt)))
        case 0xC2...0xF4:
            enter(.utf8(missing: byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3, alt: alt))
            collected.append(byte)
        default:
            break
        }
    }

    private mutating func stepUTF8(_ byte: UInt8, missing: Int, alt: Bool, _ events: inout [InputEvent]) {
        guard byte & 0xC0 == 0x80 else {
            begin(byte, alt: false, &events)
            return
        }
        collected.append(byte)
        guard missing == 1 else {
            state = .utf8(missing: missing - 1, alt: alt)
            return
        }
        state = .ground
        guard let text = String(validating: collected, as: UTF8.self), let scalar = text.unicodeScalars.first,
            scalar.properties.generalCategory != .control
        else { return }
        events.append(.key(Key(.character(Character(scalar)), modifiers: alt ? .alt : [])))
    }

    private mutating func stepEscape(_ byte: UInt8, _ events: inout [InputEvent]) {
        switch byte {
        case 0x1B where treatsEscapeAsKey: events.append(.key(Key(.escape)))
        case 0x1B: state = .doubleEscape
        case UInt8(ascii: "["): enter(.csi(alt: false))
        case UInt8(ascii: "O"): enter(.ss3(alt: false))
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): enter(.stringStart(introducer: byte))
        // Interrupt (ctrl+c) and quit (ctrl+q) keep their meaning after an Esc.
        case 0x03, 0x11:
            events.append(.key(Key(.escape)))
            begin(byte, alt: false, &events)
        case _ where treatsEscapeAsKey:
            events.append(.key(Key(.escape)))
            begin(byte, alt: false, &events)
        default: begin(byte, alt: true, &events)
        }
    }

    private mutating func stepCSI(_ byte: UInt8, alt: Bool, _ events: inout [InputEvent]) {
        switch byte {
        case UInt8(ascii: "[") where collected.isEmpty:
            state = .linuxFunction
        case 0x20...0x3F where collected.count < Self.sequenceLimit:
            collected.append(byte)
        case 0x40...0x7E:
            state = .ground
            dispatch(ControlSequence(parameters: collected, final: byte), alt: alt, &events)
        default:
            state = .ground
            step(byte, &events)
        }
    }

    private mutating func dispatch(_ sequence: ControlSequence, alt: Bool, _ events: inout [InputEvent]) {
        switch (sequence.prefix, sequence.final) {
        case (nil, UInt8(ascii: "~")) where sequence.first == 200:
            enter(.paste(matched: 0))
        case (nil, UInt8(ascii: "M")) where sequence.isBare:
            enter(.x10)
        case (nil, UInt8(ascii: "I")) where sequence.isBare:
            events.append(.focus(true))
        case (nil, UInt8(ascii: "O")) where sequence.isBare:
            events.append(.focus(false))
        case (UInt8(ascii: "<"), UInt8(ascii: "M")), (UInt8(ascii: "<"), UInt8(ascii: "m")):
            if let mouse = Mouse(sgr: sequence) { events.append(.mouse(mouse)) }
        case (nil, _):
            if let key = KeyTables.csi(sequence, alt: alt) {
                events.append(.key(key))
            } else if let reply = TerminalReply(sequence) {
                events.append(.reply(reply))
            }
        default:
            if let reply = TerminalReply(sequence) { events.append(.reply(reply)) }
        }
    }

    private mutating func stepString(_ byte: UInt8, _ introducer: UInt8, _ events: inout [InputEvent]) {
        switch byte {
        case 0x1B: state = .stringEscape(introducer: introducer)
        case 0x07: endString(introducer, &events)
        case 0x00...0x1F:
            state = .ground
            step(byte, &events)
        default:
            if collected.count < Self.stringLimit { collected.append(byte) }
        }
    }

    private mutating func endString(_ introducer: UInt8, _ events: inout [InputEvent]) {
        state = .ground
        if let reply = TerminalReply(introducer: introducer, body: collected) { events.append(.reply(reply)) }
    }

    private mutating func stepPaste(_ byte: UInt8, matched: Int, _ events: inout [InputEvent]) {
        if byte == Self.pasteEnd[matched] {
            if matched + 1 < Self.pasteEnd.count {
                state = .paste(matched: matched + 1)
                return
            }
            endPaste(&events)
            return
        }
        keep(Self.pasteEnd[..<matched])
        if byte == Self.pasteEnd[0] {
            state = .paste(matched: 1)
        } else {
            keep(CollectionOfOne(byte))
            state = .paste(matched: 0)
        }
    }

    private mutating func endPaste(_ events: inout [InputEvent]) {
        events.append(.paste(PastedText.clean(collected)))
        if dropped > 0 { events.append(.pasteCut(bytes: dropped)) }
        dropped = 0
        enter(.ground)
    }

    private mutating func keep(_ bytes: some Collection<UInt8>) {
        if collected.count + bytes.count <= Self.pasteLimit {
            collected.append(contentsOf: bytes)
        } else {
            dropped += bytes.count
        }
    }

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// The keys for ESC and a byte that did not introduce a sequence.
    private func introduced(_ byte: UInt8) -> [InputEvent] {
        let code = KeyCode.character(Character(Unicode.Scalar(byte)))
        return treatsEscapeAsKey
            ? [.key(Key(.escape)), .key(Key(code))] : [.key(Key(code, modifiers: .alt))]
    }

    /// Whether `byte` continues an answer of the terminal. Otherwise the introducer was a key that was pressed with
    /// alt.
    private static func opensString(_ introducer: UInt8, _ byte: UInt8) -> Bool {
        switch introducer {
        case UInt8(ascii: "]"): (0x30...0x39).contains(byte) || byte == UInt8(ascii: "l") || byte == UInt8(ascii: "L")
        case UInt8(ascii: "P"): (0x20...0x3F).contains(byte)
        default: byte == UInt8(ascii: "G")
        }
    }
}
