/// What a layout must know of a character, in one byte: its width in cells and whether it is a space.
struct CellMetric: Hashable, Sendable {
    private let bits: UInt8

    init(width: Int, isSpace: Bool) { bits = UInt8(min(max(width, 0), 127)) | (isSpace ? 0x80 : 0) }

    var width: Int { Int(bits & 0x7F) }
    var isSpace: Bool { bits & 0x80 != 0 }
}
