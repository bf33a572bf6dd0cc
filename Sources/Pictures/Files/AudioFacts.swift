import FileTypes

/// What the beginning of a file of sound says of it.
struct AudioFacts: Equatable {
    /// Samples a second; 0: not known.
    var rate = 0
    /// 0: not known.
    var channels = 0
    /// Bits of a sample; nil where it is packed.
    var bits: Int?
    /// Seconds; nil: the file does not say.
    var duration: Double?
    /// How it is packed, where the container does not say; nil: it does.
    var codec: String?

    /// Such as `44.1 kHz`, `stereo`, `16 bit`.
    var words: [String] {
        var words: [String] = []
        if rate > 0 {
            words.append(rate % 1000 == 0 ? "\(rate / 1000) kHz" : "\(Double(rate / 10) / 100) kHz")
        }
        if channels > 0 { words.append(channels == 1 ? "mono" : channels == 2 ? "stereo" : "\(channels) channels") }
        if let bits, bits > 0 { words.append("\(bits) bit") }
        return words
    }

    init(rate: Int = 0, channels: Int = 0, bits: Int? = nil, duration: Double? = nil, codec: String? = nil) {
        self.rate = rate
        self.channels = channels
        self.bits = bits
        self.duration = duration
        self.codec = codec
    }

    /// nil: the format is not known here, or the file contradicts it.
    init?(_ source: ByteSource, _ type: FileType?) {
        let facts: AudioFacts? =
            switch type {
            case .wav?: WaveFile(source)?.facts
            case .mp3?: Self.mp3(source)
            case .flac?: Self.flac(source)
            case .ogg?: Self.ogg(source)
            case .aiff?: Self.aiff(source)
            case .aac?: Self.aac(source)
            case .m4a?: Self.mp4(source)
            default: type?.fileExtension == "opus" ? Self.ogg(source) : nil
            }
        guard let facts else { return nil }
        self = facts
    }

    /// A film's container that holds sound and no pictures; nil: it holds pictures, or nothing that is known.
    static func withoutPictures(_ source: ByteSource, _ type: FileType?) -> AudioFacts? {
        if type == .webm { return WebMHeader.read(source) == nil && WebMHeader.hasTracks(source) ? AudioFacts() : nil }
        guard let movie = MP4Movie(source), movie.header == nil, movie.firstSamples.isEmpty else { return nil }
        return mp4(source)
    }

    private static func mp4(_ source: ByteSource) -> AudioFacts? {
        let file = MP4Box(source: source, name: "file", content: 0..<source.count)
        guard let movie = file.first("moov"),
            let media = movie.children("trak").compactMap({ $0.first("mdia") })
                .first(where: { $0.first("hdlr")?.code(8) == "soun" })
        else { return nil }
        let entry = media.first("minf")?.first("stbl")?.first("stsd")?.children(after: 8).first
        let header = media.first("mdhd")
        let ticks = header?.number(versioned: (16, 24), bytes: (4, 8)) ?? 0
        let scale = header?.number(versioned: (12, 20), bytes: (4, 4)) ?? 0
        return AudioFacts(
            rate: (entry?.number(24, bytes: 4) ?? 0) >> 16,
            channels: entry?.number(16, bytes: 2) ?? 0,
            duration: ticks > 0 && ticks != 0xFFFF_FFFF && scale > 0 ? Double(ticks) / Double(scale) : nil
        )
    }

    // MARK: MP3

    private static let bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    private static let bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

    /// The first frame, after a tag of ID3; its Xing header says how many frames there are, else its bitrate how long it is.
    private static func mp3(_ source: ByteSource) -> AudioFacts? {
        var start = 0
        if source.prefix(3) == Array("ID3".utf8), let size = source.bytes(at: 6, count: 4) {
            start = 10 + size.reduce(0) { $0 << 7 | Int($1 & 0x7F) }
        }
        let window = source.bytes(at: start, count: min(1 << 16, max(source.count - start, 0))) ?? []
        guard
            let place = window.indices.dropLast(4).first(where: { index in
                window[index] == 0xFF && window[index + 1] & 0xE6 == 0xE2 && window[index + 1] >> 3 & 3 != 1
                    && (1...14).contains(window[index + 2] >> 4) && window[index + 2] >> 2 & 3 != 3
            })
        else { return nil }
        let version = window[place + 1] >> 3 & 3
        let isFirst = version == 3
        let kilobits = (isFirst ? bitrates1 : bitrates2)[Int(window[place + 2] >> 4)]
        let rate = [44_100, 48_000, 32_000][Int(window[place + 2] >> 2 & 3)] / (isFirst ? 1 : version == 2 ? 2 : 4)
        let isMono = window[place + 3] >> 6 == 3
        let samples = isFirst ? 1152 : 576
        let xing = start + place + 4 + (isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17))
        var duration = Double((source.count - start - place) * 8) / Double(kilobits * 1000)
        if let name = source.code(at: xing), name == "Xing" || name == "Info",
            let flags = source.number(at: xing + 4, bytes: 4), flags & 1 != 0,
            let frames = source.number(at: xing + 8, bytes: 4), frames > 0
        {
            duration = Double(frames * samples) / Double(rate)
        }
        return AudioFacts(rate: rate, channels: isMono ? 1 : 2, duration: duration)
    }

    // MARK: Others

    private static func flac(_ source: ByteSource) -> AudioFacts? {
        guard let block = source.number(at: 4, bytes: 1), block & 0x7F == 0, let bits = source.number(at: 18, bytes: 8)
        else { return nil }
        let rate = bits >> 44 & 0xFFFFF
        let samples = bits & 0xF_FFFF_FFFF
        guard rate > 0 else { return nil }
        return AudioFacts(
            rate: rate,
            channels: (bits >> 41 & 7) + 1,
            bits: (bits >> 36 & 31) + 1,
            duration: samples > 0 ? Double(samples) / Double(rate) : nil
        )
    }

    /// The first packet names the codec; the last page says how many samples there are.
    private static func ogg(_ source: ByteSource) -> AudioFacts? {
        guard let segments = source.number(at: 26, bytes: 1) else { return nil }
        let packet = 27 + segments
        guard let name = source.bytes(at: packet, count: 8) else { return nil }
        var facts: AudioFacts
        var skipped = 0
        if name.starts(with: [1] + Array("vorbis".utf8)) {
            facts = AudioFacts(
                rate: source.littleEndian(at: packet + 12, bytes: 4) ?? 0,
                channels: source.number(at: packet + 11, bytes: 1) ?? 0,
                codec: "vorbis"
            )
        } else if name == Array("OpusHead".utf8) {
            facts = AudioFacts(
                rate: 48_000,
                channels: source.number(at: packet + 9, bytes: 1) ?? 0,
                codec: "opus"
            )
            skipped = source.littleEndian(at: packet + 10, bytes: 2) ?? 0
        } else {
            return AudioFacts()
        }
        let length = min(source.count, 1 << 16)
        let tail = source.bytes(at: source.count - length, count: length) ?? []
        let mark = Array("OggS".utf8)
        if facts.rate > 0, let page = tail.indices.reversed().first(where: { tail[$0...].starts(with: mark) }),
            let end = source.littleEndian(at: source.count - length + page + 6, bytes: 8), end > skipped
        {
            facts.duration = Double(end - skipped) / Double(facts.rate)
        }
        return facts
    }

    private static func aiff(_ source: ByteSource) -> AudioFacts? {
        var offset = 12
        for _ in 0..<256 {
            guard let name = source.code(at: offset), let length = source.number(at: offset + 4, bytes: 4) else {
                break
            }
            if name == "COMM", let exponent = source.number(at: offset + 16, bytes: 2),
                let mantissa = source.number(at: offset + 18, bytes: 4),
                let frames = source.number(at: offset + 10, bytes: 4)
            {
                // An 80-bit number; rates are small and whole.
                let shift = 16_383 + 31 - (exponent & 0x7FFF)
                let rate = (0..<32).contains(shift) ? mantissa >> shift : 0
                return AudioFacts(
                    rate: rate,
                    channels: source.number(at: offset + 8, bytes: 2) ?? 0,
                    bits: source.number(at: offset + 14, bytes: 2),
                    duration: rate > 0 ? Double(frames) / Double(rate) : nil
                )
            }
            offset += 8 + length + length % 2
        }
        return nil
    }

    private static func aac(_ source: ByteSource) -> AudioFacts? {
        guard let bits = source.number(at: 0, bytes: 4) else { return nil }
        let rates = [
            96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
        ]
        let index = bits >> 10 & 15
        return AudioFacts(rate: rates.indices.contains(index) ? rates[index] : 0, channels: bits >> 6 & 7)
    }
}
