import CImageCodecs
import Foundation

/// Pictures that follow one another in one file.
struct Animation {
    let frames: [PixelCanvas]
    /// What each is shown for, in milliseconds; a multiple of 10.
    let milliseconds: Int

    /// A GIF that is shown for ever, in 216 colours; its codes are not packed. nil: there is no frame.
    func gif() -> Data? {
        guard let first = frames.first else { return nil }
        var file = Data("GIF89a".utf8) + Self.size(first) + [0xF7, 0, 0]
        for color in 0..<256 {
            let (red, green, blue) = color < 216 ? (color / 36, color / 6 % 6, color % 6) : (0, 0, 0)
            file += [UInt8(red * 51), UInt8(green * 51), UInt8(blue * 51)]
        }
        file += Data([0x21, 0xFF, 11]) + Data("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
        for frame in frames {
            let hundredths = milliseconds / 10
            file += [0x21, 0xF9, 4, 0, UInt8(hundredths & 0xFF), UInt8(hundredths >> 8), 0, 0]
            file += [0x2C, 0, 0, 0, 0] + Self.size(frame) + [0, 8]
            file += Self.blocks(Self.codes(frame)) + [0]
        }
        return file + [0x3B]
    }

    private static func size(_ canvas: PixelCanvas) -> Data {
        Data([canvas.width, canvas.height].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }

    /// Nine bits a pixel. A reader adds a code for each pixel, and takes ten bits from 512 codes on: before that it is told
    /// to forget them.
    private static func codes(_ canvas: PixelCanvas) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(canvas.width * canvas.height * 10 / 8)
        var (bits, count) = (0, 0)
        func put(_ code: Int) {
            bits |= code << count
            count += 9
            while count >= 8 {
                bytes.append(UInt8(bits & 0xFF))
                bits >>= 8
                count -= 8
            }
        }
        for pixel in 0..<(canvas.width * canvas.height) {
            if pixel % 250 == 0 { put(256) }
            let color = canvas.pixels + pixel * 3
            put((Int(color[0]) + 25) / 51 * 36 + (Int(color[1]) + 25) / 51 * 6 + (Int(color[2]) + 25) / 51)
        }
        put(257)
        if count > 0 { bytes.append(UInt8(bits & 0xFF)) }
        return bytes
    }

    private static func blocks(_ bytes: [UInt8]) -> Data {
        stride(from: 0, to: bytes.count, by: 255).reduce(into: Data()) { data, start in
            let block = bytes[start..<min(start + 255, bytes.count)]
            data.append(UInt8(block.count))
            data += block
        }
    }

    /// nil: there is no frame, or libwebp refuses them.
    func webp() -> Data? {
        var options = WebPAnimEncoderOptions()
        guard let first = frames.first, WebPAnimEncoderOptionsInit(&options) != 0,
            let encoder = WebPAnimEncoderNew(Int32(first.width), Int32(first.height), &options)
        else { return nil }
        defer { WebPAnimEncoderDelete(encoder) }
        for (index, frame) in frames.enumerated() {
            var picture = WebPPicture()
            guard WebPPictureInit(&picture) != 0 else { return nil }
            defer { WebPPictureFree(&picture) }
            picture.use_argb = 1
            picture.width = Int32(frame.width)
            picture.height = Int32(frame.height)
            guard WebPPictureImportRGB(&picture, frame.pixels, Int32(frame.width * 3)) != 0,
                WebPAnimEncoderAdd(encoder, &picture, Int32(index * milliseconds), nil) != 0
            else { return nil }
        }
        var data = WebPData()
        guard WebPAnimEncoderAdd(encoder, nil, Int32(frames.count * milliseconds), nil) != 0,
            WebPAnimEncoderAssemble(encoder, &data) != 0, let bytes = data.bytes
        else { return nil }
        defer { WebPFree(UnsafeMutableRawPointer(mutating: bytes)) }
        return Data(bytes: bytes, count: data.size)
    }
}

extension OutputStudio {
    /// The address of a small animation of the prompt; nil: it could not be made.
    func animation(_ record: PredictionRecord, isGIF: Bool, _ origin: String) -> String? {
        let prompt = record.input["prompt"]?.stringValue ?? "a lighthouse in a storm"
        let picture = Painter.paint(prompt: prompt, seed: record.seed, width: 288, height: 192)
        guard let show = Slideshow(pictures: [picture], duration: 2, aspect: 1.5, longSide: 192) else { return nil }
        let animation = Animation(frames: show.canvases(), milliseconds: 80)
        guard let bytes = isGIF ? animation.gif() : animation.webp() else { return nil }
        let name = isGIF ? "out-0.gif" : "out-0.webp"
        let type = isGIF ? "image/gif" : "image/webp"
        outputs.store(OutputStore.Output(bytes: bytes, contentType: type), at: "\(record.id)/\(name)")
        return "\(origin)/delivery/\(record.id)/\(name)"
    }
}
