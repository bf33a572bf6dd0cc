/// Sound in WAVE: where its samples lie and how they are written.
struct WaveFile {
    private enum Sample { case integer, real }

    private(set) var facts = AudioFacts()
    /// nil: packed in a way that is not read here.
    private var sample: Sample?
    /// Bytes of one sample of one channel.
    private var width = 0
    private var samples = 0..<0

    /// nil: it is no WAVE, or has no samples.
    init?(_ source: ByteSource) {
        guard let kind = source.code(at: 0), kind == "RIFF" || kind == "RF64", source.code(at: 8) == "WAVE" else {
            return nil
        }
        var offset = 12
        for _ in 0..<256 {
            guard let name = source.code(at: offset), let length = source.littleEndian(at: offset + 4, bytes: 4) else {
                return nil
            }
            if name == "fmt " { readFormat(source, offset + 8) }
            if name == "data" {
                let start = offset + 8
                // Where it was written as a stream, or is longer than 4 GB, the length says nothing.
                let isKnown = length > 0 && length < 0xFFFF_FFFF
                samples = start..<(isKnown ? min(start + length, source.count) : source.count)
                break
            }
            offset += 8 + length + length % 2
        }
        let frame = width * facts.channels
        guard facts.rate > 0, frame > 0, !samples.isEmpty else { return nil }
        if sample != nil { facts.duration = Double(samples.count / frame) / Double(facts.rate) }
    }

    private mutating func readFormat(_ source: ByteSource, _ offset: Int) {
        facts.channels = source.littleEndian(at: offset + 2, bytes: 2) ?? 0
        facts.rate = source.littleEndian(at: offset + 4, bytes: 4) ?? 0
        let bits = source.littleEndian(at: offset + 14, bytes: 2) ?? 0
        var tag = source.littleEndian(at: offset, bytes: 2) ?? 0
        // An extensible format has its tag at the beginning of an id.
        if tag == 0xFFFE { tag = source.littleEndian(at: offset + 24, bytes: 2) ?? 0 }
        width = (bits + 7) / 8
        switch (tag, bits) {
        case (1, 8), (1, 16), (1, 24), (1, 32): (sample, facts.bits) = (.integer, bits)
        case (3, 32), (3, 64): (sample, facts.bits) = (.real, bits)
        default: (sample, width) = (nil, max(width, 1))
        }
    }

    /// Whether ``peaks(_:isOver:)`` can read its samples.
    var isReadable: Bool { sample != nil }

    /// Bytes that are read of each part at most.
    private static let mostOfPart = 1 << 16

    /// The loudest of each part, see ``FileCard/waveform``; all channels count. Of a long part only the beginning is read.
    func peaks(_ source: ByteSource, isOver: () -> Bool) -> [UInt8] {
        let frame = width * facts.channels
        let frames = samples.count / frame
        let parts = min(Waveform.mostParts, frames)
        var peaks: [UInt8] = []
        for part in 0..<parts {
            if part % 64 == 63, isOver() { return [] }
            let (first, end) = (frames * part / parts, frames * (part + 1) / parts)
            let length = min((end - first) * frame, max(Self.mostOfPart / frame, 1) * frame)
            let bytes = source.bytes(at: samples.lowerBound + first * frame, count: length) ?? []
            peaks.append(loudest(bytes))
        }
        return peaks
    }

    private func loudest(_ bytes: [UInt8]) -> UInt8 {
        var loudest = 0.0
        bytes.withUnsafeBytes { bytes in
            for place in stride(from: 0, through: bytes.count - width, by: width) {
                loudest = max(loudest, abs(value(bytes, place)))
            }
        }
        return Waveform.level(loudest)
    }

    /// -1…1.
    private func value(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Double {
        switch (sample, width) {
        case (.integer?, 1): return (Double(bytes[place]) - 128) / 128
        case (.integer?, 2):
            return Double(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int16.self))) / 32_768
        case (.integer?, 3):
            let bits = UInt32(bytes[place]) << 8 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 24
            return Double(Int32(bitPattern: bits)) / 2_147_483_648
        case (.integer?, 4):
            return Double(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)))
                / 2_147_483_648
        case (.real?, 4):
            let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            return Double(Float(bitPattern: bits))
        case (.real?, 8):
            return Double(
                bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            )
        default: return 0
        }
    }
}
