import Foundation

/// An MP4 file (ISO/IEC 14496-12 and -14) whose one track is a row of JPEG pictures.
///
/// The index lies in front of the pictures, so that the first frame can be shown before the rest has arrived.
struct MotionJPEGMovie {
    let width: Int
    let height: Int
    let framesPerSecond: Int
    let frames: [Data]

    func encoded() -> Data {
        let type = box("ftyp", Data("isom".utf8) + be32(512) + Data("isomiso2mp41".utf8))
        // The index has the same length whatever offset it holds.
        let offset = type.count + index(firstFrameAt: 0).count + 8
        var file = type + index(firstFrameAt: offset)
        file += be32(frames.reduce(8) { $0 + $1.count }) + Data("mdat".utf8)
        for frame in frames { file += frame }
        return file
    }

    private func index(firstFrameAt offset: Int) -> Data {
        box("moov", movieHeader + box("trak", trackHeader + box("mdia", mediaHeader + handler + media(offset))))
    }

    private var movieHeader: Data {
        let times = be32(0) + be32(0) + be32(1000) + be32(frames.count * 1000 / framesPerSecond)
        let rest = be32(0x10000) + be16(0x100) + Data(count: 10) + Self.matrix + Data(count: 24) + be32(2)
        return fullBox("mvhd", times + rest)
    }

    private var trackHeader: Data {
        let times = be32(0) + be32(0) + be32(1) + be32(0) + be32(frames.count * 1000 / framesPerSecond)
        let rest = Data(count: 16) + Self.matrix + be32(width << 16) + be32(height << 16)
        return fullBox("tkhd", flags: 3, times + rest)
    }

    private var mediaHeader: Data {
        // 0x55c4 is the packed language code "und".
        fullBox("mdhd", be32(0) + be32(0) + be32(framesPerSecond) + be32(frames.count) + be16(0x55c4) + be16(0))
    }

    private var handler: Data {
        fullBox("hdlr", be32(0) + Data("vide".utf8) + Data(count: 12) + Data("VideoHandler\0".utf8))
    }

    private func media(_ offset: Int) -> Data {
        let reference = fullBox("dref", be32(1) + fullBox("url ", flags: 1, Data()))
        return box(
            "minf",
            fullBox("vmhd", flags: 1, Data(count: 8)) + box("dinf", reference) + box("stbl", table(offset))
        )
    }

    private func table(_ offset: Int) -> Data {
        var sizes = be32(0) + be32(frames.count)
        for frame in frames { sizes += be32(frame.count) }
        return fullBox("stsd", be32(1) + sampleEntry) + fullBox("stts", be32(1) + be32(frames.count) + be32(1))
            + fullBox("stsc", be32(1) + be32(1) + be32(frames.count) + be32(1)) + fullBox("stsz", sizes)
            + fullBox("stco", be32(1) + be32(offset))
    }

    private var sampleEntry: Data {
        let head = Data(count: 6) + be16(1) + Data(count: 16) + be16(width) + be16(height)
        let rest = be32(0x48_0000) + be32(0x48_0000) + be32(0) + be16(1) + Data(count: 32) + be16(24) + be16(0xffff)
        return box("mp4v", head + rest + elementaryStream)
    }

    /// Object type 0x6C is JPEG, stream type 4 is visual.
    private var elementaryStream: Data {
        let rate = frames.reduce(0) { $0 + $1.count } * 8 * framesPerSecond / max(1, frames.count)
        let decoder = Data([0x6c, 0x11, 0, 0, 0]) + be32(rate) + be32(rate)
        let descriptor = be16(1) + Data([0]) + Data([4, UInt8(decoder.count)]) + decoder + Data([6, 1, 2])
        return fullBox("esds", Data([3, UInt8(descriptor.count)]) + descriptor)
    }

    private static let matrix: Data = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000].reduce(Data()) { $0 + be32($1) }

    private func fullBox(_ name: String, flags: Int = 0, _ body: Data) -> Data { box(name, be32(flags) + body) }

    private func box(_ name: String, _ body: Data) -> Data { be32(body.count + 8) + Data(name.utf8) + body }
}

private func be32(_ value: Int) -> Data {
    Data((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) })
}

private func be16(_ value: Int) -> Data {
    Data([UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)])
}
