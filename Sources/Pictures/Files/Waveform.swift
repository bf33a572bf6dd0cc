import Foundation

/// The loudest of equal parts of a sound, while it comes in and nobody knows how long it is: where there are too many parts,
/// two become one.
struct Waveform {
    /// As many as are ever kept.
    static let mostParts = 1024

    private var parts: [UInt8] = []
    /// Samples of each part.
    private var length: Int
    private var loudest: UInt16 = 0
    private var filled = 0
    private(set) var count = 0

    /// - Parameter length: samples of a part at first.
    init(length: Int) { self.length = max(length, 1) }

    /// -1…1, or what is louder, on the scale of ``FileCard/waveform``.
    static func level(_ value: Double) -> UInt8 { value.isFinite ? UInt8(min(max(value, 0), 1) * 255) : 255 }

    /// Samples that follow on those before, as signed 16-bit numbers in the order of this computer.
    mutating func add(_ samples: some Sequence<Int16>) {
        for sample in samples {
            loudest = max(loudest, sample.magnitude)
            filled += 1
            count += 1
            if filled == length { close() }
        }
    }

    private mutating func close() {
        parts.append(Self.level(Double(loudest) / 32_768))
        (loudest, filled) = (0, 0)
        guard parts.count >= Self.mostParts * 2 else { return }
        parts = stride(from: 0, to: parts.count - 1, by: 2).map { max(parts[$0], parts[$0 + 1]) }
        length *= 2
    }

    /// The last part may be shorter than the others.
    var peaks: [UInt8] {
        filled * 2 >= length || parts.isEmpty && filled > 0 ? parts + [Self.level(Double(loudest) / 32_768)] : parts
    }
}

extension FFmpeg {
    private static let rate = 8000
    /// Without a sample for so long it is given up.
    private static let patience = Duration.seconds(10)

    /// The sound as ffmpeg decodes it, mixed into one channel of 8,000 samples a second; nothing of it is kept but the
    /// waveform. Empty where it cannot be read or is given up.
    func waveform(of url: URL, demuxer: String, isOver: () -> Bool) -> (peaks: [UInt8], duration: Double?) {
        let run = ChildProcess(
            executable: executable,
            arguments: Self.safety + [
                "-f", demuxer, "-i", "file:\(url.path)", "-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar",
                "\(Self.rate)", "-f", "s16le", "pipe:1",
            ],
            environment: environment
        )
        guard let child = run.start() else { return ([], nil) }
        var waveform = Waveform(length: Self.rate / 100)
        var half: UInt8?
        while true {
            switch child.readSome(1 << 16, limit: Self.patience, isOver: isOver) {
            case .bytes(var bytes):
                if let first = half { bytes.insert(first, at: 0) }
                half = bytes.count % 2 == 1 ? bytes.popLast() : nil
                bytes.withUnsafeBytes { bytes in
                    waveform.add(
                        stride(from: 0, to: bytes.count, by: 2).lazy.map {
                            Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int16.self))
                        }
                    )
                }
            case .ended:
                let seconds = Double(waveform.count) / Double(Self.rate)
                return (waveform.peaks, waveform.count > 0 ? seconds : nil)
            case .timedOut, .cancelled: return ([], nil)
            }
        }
    }
}
