import CImageCodecs
import Foundation

/// The frames of a GIF, laid one over the other.
final class GIFFrames: FilmFrames {
    private let source: ByteSource
    private let file: GIFFile
    private let size: PixelSize
    private var canvas: [UInt8]
    /// What lies under the last frame, where that is to come back.
    private var under: [UInt8]?
    /// The number of the next frame, and when it begins.
    private var next = 0
    private var begin = 0.0
    private var shown: (bitmap: Bitmap, start: Double, end: Double)?

    init(_ source: ByteSource, _ header: PictureHeader, fitting size: PixelSize) throws(PictureError) {
        guard source.count <= WebPFrames.longestFile else { throw .fileTooLong(bytes: source.count) }
        guard let file = GIFFile(source), !file.frames.isEmpty else { throw .damaged(.gif) }
        guard file.width * file.height <= WebPFrames.mostPixels else {
            throw .tooLarge(width: file.width, height: file.height)
        }
        self.source = source
        self.file = file
        self.size = size
        canvas = [UInt8](repeating: 0, count: file.width * file.height * 4)
    }

    func frame(at second: Double) throws(PictureError) -> Bitmap? {
        if let shown, shown.start <= second, second < shown.end { return shown.bitmap }
        if second < begin || next == 0 { restart() }
        var last: GIFFile.Frame?
        while next < file.frames.count, begin <= second {
            let frame = file.frames[next]
            if next > 0 { dispose(file.frames[next - 1]) }
            under = frame.disposal == .restore ? canvas : nil
            try draw(frame)
            next += 1
            begin += frame.duration
            last = frame
        }
        guard second < begin, let last else { return nil }
        let bitmap = Bitmap(width: file.width, height: file.height, pixels: canvas)
            .resized(width: size.width, height: size.height)
        shown = (bitmap, begin - last.duration, begin)
        return bitmap
    }

    private func restart() {
        (next, begin, shown, under) = (0, 0, nil, nil)
        canvas = [UInt8](repeating: 0, count: canvas.count)
    }

    private func dispose(_ frame: GIFFile.Frame) {
        switch frame.disposal {
        case .keep: break
        case .restore: if let under { canvas = under }
        case .clear:
            let columns = min(frame.left, file.width)..<min(frame.left + frame.width, file.width)
            for row in min(frame.top, file.height)..<min(frame.top + frame.height, file.height) {
                let start = (row * file.width + columns.lowerBound) * 4
                canvas.replaceSubrange(
                    start..<(start + columns.count * 4),
                    with: repeatElement(0, count: columns.count * 4)
                )
            }
        }
    }

    private func draw(_ frame: GIFFile.Frame) throws(PictureError) {
        guard frame.width * frame.height <= WebPFrames.mostPixels,
            let palette = source.bytes(at: frame.palette.lowerBound, count: frame.palette.count),
            let codeSize = source.number(at: frame.codes, bytes: 1)
        else { throw .damaged(.gif) }
        var packed: [UInt8] = []
        var position = frame.codes + 1
        while let length = source.number(at: position, bytes: 1), length > 0,
            let block = source.bytes(at: position + 1, count: length)
        {
            packed += block
            position += 1 + length
        }
        let place = image_codecs_gif_frame(
            left: Int32(frame.left),
            top: Int32(frame.top),
            width: Int32(frame.width),
            height: Int32(frame.height),
            transparent: Int32(frame.transparent ?? -1),
            is_interlaced: frame.isInterlaced
        )
        let isDrawn = canvas.withUnsafeMutableBufferPointer { pixels in
            image_codecs_gif_draw(
                packed,
                packed.count,
                Int32(codeSize),
                palette,
                Int32(palette.count / 3),
                place,
                image_codecs_canvas(pixels: pixels.baseAddress, width: Int32(file.width), height: Int32(file.height))
            )
        }
        guard isDrawn else { throw .damaged(.gif) }
    }
}
