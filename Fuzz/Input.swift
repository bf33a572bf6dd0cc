/// Bytes from a terminal: the same events however they are cut, and nothing that is shown of them can steer a terminal.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let all = Array(UnsafeBufferPointer(start: bytes, count: count))
    var whole = InputParser()
    let events = whole.feed(all)
    var cut = InputParser()
    var pieces: [InputEvent] = []
    for byte in all { pieces += cut.feed([byte]) }
    precondition(events == pieces, "cut bytes give other events")
    _ = whole.flush()
    let shown = DisplayText.sanitise(String(decoding: all, as: UTF8.self))
    for scalar in shown.unicodeScalars {
        precondition(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value), "a control came through")
        precondition(!(0x202A...0x202E).contains(scalar.value), "a bidi override came through")
        precondition(!(0x2066...0x2069).contains(scalar.value), "a bidi isolate came through")
    }
    return 0
}
