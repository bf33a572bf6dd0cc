import Foundation

/// Writes small MP4 files, well-formed unless asked otherwise.
struct MovieMuxer {
    var width = 32
    var height = 24
    /// The movie's clock: ticks in a second, and the duration in ticks.
    var timescale = 600
    var duration = 1500
    /// `jpeg`, `mjpa`, `mp4v`, …
    var codec = "jpeg"
    var samples: [Data]
    /// Version 1 boxes and `co64`.
    var isWide = false
    /// Turned clockwise by 90° by the display matrix.
    var isTurned = false
    /// `mdat` with a 64-bit length.
    var hasLongMediaBox = false
    /// Whether `stsz` says that all samples are as long as the first.
    var hasUniformSizes = false
    /// `mvhd` has a duration of zero, and `mehd` has the real one.
    var isFragmented = false
    var handler = "vide"

    var data: Data {
        let type = Self.box("ftyp", Data("isom".utf8), Self.number(0x200, 4), Data("isommp41".utf8))
        let media = Data(samples.joined())
        let head =
            hasLongMediaBox
            ? Self.number(1, 4) + Data("mdat".utf8) + Self.number(16 + media.count, 8)
            : Self.number(8 + media.count, 4) + Data("mdat".utf8)
        return type + head + media + movie(samplesAt: type.count + head.count)
    }

    func movie(samplesAt offset: Int) -> Data {
        let extends = isFragmented ? Self.box("mvex", Self.box("mehd", version, Self.number(duration, word))) : Data()
        return Self.box(
            "moov",
            Self.box("mvhd", clock(isFragmented ? 0 : duration), Data(count: 80)),
            extends,
            Self.box(
                "trak",
                Self.box("tkhd", trackHeader),
                Self.box(
                    "mdia",
                    Self.box("mdhd", clock(duration), Data(count: 4)),
                    Self.box("hdlr", Data(count: 8), Data(handler.utf8), Data(count: 13)),
                    Self.box("minf", Self.box("stbl", sampleTable(at: offset)))
                )
            )
        )
    }

    private var word: Int { isWide ? 8 : 4 }
    private var version: Data { Data([isWide ? 1 : 0, 0, 0, 0]) }

    private func clock(_ ticks: Int) -> Data {
        version + Data(count: word * 2) + Self.number(timescale, 4) + Self.number(ticks, word)
    }

    private var trackHeader: Data {
        let matrix =
            isTurned
            ? [0, 1 << 16, 0, 0xFFFF_0000, 0, 0, 0, 0, 1 << 30] : [1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30]
        return version + Data(count: word * 2) + Self.number(1, 4) + Data(count: 4) + Self.number(duration, word)
            + Data(count: 16) + Data(matrix.map { Self.number($0, 4) }.joined())
            + Self.number(width << 16, 4) + Self.number(height << 16, 4)
    }

    private func sampleTable(at offset: Int) -> Data {
        let entry = Self.box(
            codec,
            Data(count: 6),
            Self.number(1, 2),
            Data(count: 16),
            Self.number(width, 2),
            Self.number(height, 2),
            Data(count: 50)
        )
        let uniform = hasUniformSizes ? samples[0].count : 0
        let sizes = hasUniformSizes ? [] : samples.map { Self.number($0.count, 4) }
        return Self.box("stsd", Data(count: 4), Self.number(1, 4), entry)
            + Self.box(
                "stsc",
                Data(count: 4),
                Self.number(1, 4),
                Self.number(1, 4),
                Self.number(samples.count, 4),
                Self.number(1, 4)
            )
            + Self.box(
                "stsz",
                Data(count: 4),
                Self.number(uniform, 4),
                Self.number(samples.count, 4),
                Data(sizes.joined())
            )
            + Self.box(isWide ? "co64" : "stco", Data(count: 4), Self.number(1, 4), Self.number(offset, word))
    }

    static func box(_ name: String, _ parts: Data...) -> Data {
        let content = Data(parts.joined())
        return number(8 + content.count, 4) + Data(name.utf8) + content
    }

    static func number(_ value: Int, _ bytes: Int) -> Data {
        Data((0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
    }
}
