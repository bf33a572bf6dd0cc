import Foundation

/// A track of an MP4 or QuickTime file whose samples are whole pictures.
final class MotionPictureFrames: FilmFrames {
    private let source: ByteSource
    private let size: PixelSize
    private let track: MP4SampleTable

    /// nil: there is no such track.
    init?(_ source: ByteSource, fitting size: PixelSize) {
        self.source = source
        self.size = size
        let tables = MP4SampleTable.videoTracks(of: source)
        let readable = tables.first { table in
            table.sample(0).flatMap { Self.picture($0, source, size) } != nil
        }
        guard let readable else { return nil }
        track = readable
    }

    func frame(at second: Double) throws(PictureError) -> Bitmap? {
        guard let index = track.index(at: second), let sample = track.sample(index) else { return nil }
        guard let bitmap = Self.picture(sample, source, size) else { throw .damaged(.mp4) }
        return bitmap
    }

    private static func picture(_ sample: MP4Movie.Sample, _ source: ByteSource, _ size: PixelSize) -> Bitmap? {
        guard sample.count <= PictureDecoder.longestFile,
            let bytes = source.bytes(at: sample.offset, count: sample.count)
        else { return nil }
        return try? PictureDecoder.decode(Data(bytes), fitting: (size.width, size.height))
    }
}

/// Where the samples of a track lie, and when each is shown. After ISO/IEC 14496-12.
struct MP4SampleTable {
    /// About half an hour at sixty frames a second.
    private static let mostSamples = 1 << 17

    private var samples: [MP4Movie.Sample] = []
    /// When each begins, in seconds; and the end of the last.
    private var times: [Double] = [0]

    var count: Int { samples.count }
    /// Seconds.
    var duration: Double { times.last ?? 0 }

    static func videoTracks(of source: ByteSource) -> [MP4SampleTable] {
        let file = MP4Box(source: source, name: "file", content: 0..<source.count)
        return (file.first("moov")?.children("trak") ?? []).compactMap { track in
            guard let media = track.first("mdia"), media.first("hdlr")?.code(8) == "vide" else { return nil }
            return MP4SampleTable(media, fileLength: source.count)
        }
    }

    /// nil: it has no samples, or their places are not to be understood.
    init?(_ media: MP4Box, fileLength: Int) {
        guard let table = media.first("minf")?.first("stbl"), let sizes = table.first("stsz"),
            let uniform = sizes.number(4, bytes: 4), let count = sizes.number(8, bytes: 4), count > 0,
            count <= Self.mostSamples, let chunks = Self.chunkOffsets(table), let runs = table.first("stsc"),
            let runCount = runs.number(4, bytes: 4), runCount > 0, runCount <= Self.mostSamples
        else { return nil }
        func size(_ index: Int) -> Int? { uniform > 0 ? uniform : sizes.number(12 + 4 * index, bytes: 4) }
        // A run of chunks with as many samples each goes to where the next run begins.
        for run in 0..<runCount {
            guard let first = runs.number(8 + 12 * run, bytes: 4), let each = runs.number(12 + 12 * run, bytes: 4),
                first > 0, first <= chunks.count
            else { return nil }
            let next = run + 1 < runCount ? runs.number(8 + 12 * (run + 1), bytes: 4) ?? 0 : chunks.count + 1
            guard next > first, next <= chunks.count + 1 else { return nil }
            for chunk in (first - 1)..<(next - 1) {
                var offset = chunks[chunk]
                for _ in 0..<min(each, count - samples.count) {
                    guard let size = size(samples.count), size <= fileLength, offset <= fileLength - size else {
                        return nil
                    }
                    samples.append(MP4Movie.Sample(offset: offset, count: size))
                    offset += size
                }
            }
        }
        guard !samples.isEmpty else { return nil }
        readTimes(media, table)
    }

    func sample(_ index: Int) -> MP4Movie.Sample? { samples.indices.contains(index) ? samples[index] : nil }

    /// The sample that is shown at a moment; nil: it is after the end.
    func index(at second: Double) -> Int? {
        guard second < duration, second >= 0 else { return nil }
        // The last that begins no later.
        var (low, high) = (0, samples.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if times[middle] <= second { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private static func chunkOffsets(_ table: MP4Box) -> [Int]? {
        let (box, width) = table.first("stco").map { ($0, 4) } ?? (table.first("co64"), 8)
        guard let box, let count = box.number(4, bytes: 4), count > 0, count <= mostSamples else { return nil }
        let offsets = (0..<count).compactMap { box.number(8 + width * $0, bytes: width) }
        return offsets.count == count ? offsets : nil
    }

    private mutating func readTimes(_ media: MP4Box, _ table: MP4Box) {
        let scale = media.first("mdhd").flatMap { $0.number(versioned: (12, 20), bytes: (4, 4)) } ?? 0
        let box = table.first("stts")
        let entries = min(box?.number(4, bytes: 4) ?? 0, Self.mostSamples)
        var last = 0.0
        for entry in 0..<entries where scale > 0 {
            guard let box, let count = box.number(8 + 8 * entry, bytes: 4),
                let ticks = box.number(12 + 8 * entry, bytes: 4)
            else { break }
            for _ in 0..<min(count, samples.count + 1 - times.count) {
                last += Double(ticks) / Double(scale)
                times.append(last)
            }
        }
        // Without times, or with none that passes, a film is shown as most are.
        if times.count != samples.count + 1 || last <= 0 {
            times = (0...samples.count).map { Double($0) / 24 }
        }
    }
}
