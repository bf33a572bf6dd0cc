import CImageCodecs
import Foundation

@testable import Pictures

/// Pictures made for the tests, and the bytes of files that hold them.
enum Sample {
    /// Smooth in every direction, so that lossy formats and scaling stay close to it.
    static func gradient(_ width: Int, _ height: Int) -> Bitmap {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 4)
        for y in 0..<height {
            for x in 0..<width {
                let red = 20 + x * 200 / max(width - 1, 1)
                let green = 30 + y * 190 / max(height - 1, 1)
                let blue = 220 - (x + y) * 180 / max(width + height - 2, 1)
                pixels += [UInt8(red), UInt8(green), UInt8(blue), 255]
            }
        }
        return Bitmap(width: width, height: height, pixels: pixels)
    }

    static func plain(_ width: Int, _ height: Int, _ rgba: [UInt8]) -> Bitmap {
        Bitmap(width: width, height: height, pixels: Array(repeatElement(rgba, count: width * height).joined()))
    }

    static func png(_ bitmap: Bitmap) -> Data {
        encode { image_codecs_encode_png(rgb(bitmap), Int32(bitmap.width), Int32(bitmap.height), &$0, &$1) }
    }

    static func jpeg(_ bitmap: Bitmap, quality: Int32 = 92) -> Data {
        encode { image_codecs_encode_jpeg(rgb(bitmap), Int32(bitmap.width), Int32(bitmap.height), quality, &$0, &$1) }
    }

    static func losslessWebP(_ bitmap: Bitmap) -> Data {
        encode {
            $1 = WebPEncodeLosslessRGBA(
                bitmap.pixels,
                Int32(bitmap.width),
                Int32(bitmap.height),
                Int32(bitmap.width * 4),
                &$0
            )
            return $1 > 0
        }
    }

    static func webp(_ bitmap: Bitmap, quality: Float = 90) -> Data {
        encode {
            $1 = WebPEncodeRGB(
                rgb(bitmap),
                Int32(bitmap.width),
                Int32(bitmap.height),
                Int32(bitmap.width * 3),
                quality,
                &$0
            )
            return $1 > 0
        }
    }

    /// `frames` follow one another, each shown for `milliseconds`.
    static func animatedWebP(_ frames: [Bitmap], milliseconds: Int32) -> Data {
        var options = WebPAnimEncoderOptions()
        WebPAnimEncoderOptionsInit(&options)
        let encoder = WebPAnimEncoderNew(Int32(frames[0].width), Int32(frames[0].height), &options)
        defer { WebPAnimEncoderDelete(encoder) }
        for (index, frame) in frames.enumerated() {
            var picture = WebPPicture()
            WebPPictureInit(&picture)
            picture.use_argb = 1
            picture.width = Int32(frame.width)
            picture.height = Int32(frame.height)
            WebPPictureImportRGBA(&picture, frame.pixels, Int32(frame.width * 4))
            WebPAnimEncoderAdd(encoder, &picture, Int32(index) * milliseconds, nil)
            WebPPictureFree(&picture)
        }
        WebPAnimEncoderAdd(encoder, nil, Int32(frames.count) * milliseconds, nil)
        var data = WebPData()
        WebPAnimEncoderAssemble(encoder, &data)
        defer { WebPDataClear(&data) }
        return Data(bytes: data.bytes, count: data.size)
    }

    /// A frame smaller than its canvas, at an offset.
    static func animatedWebP(_ frame: Bitmap, atLeft left: Int32, top: Int32, canvas: (Int32, Int32)) -> Data {
        let encoded = losslessWebP(frame)
        let mux = WebPMuxNew()
        defer { WebPMuxDelete(mux) }
        WebPMuxSetCanvasSize(mux, canvas.0, canvas.1)
        encoded.withUnsafeBytes { bytes in
            var info = WebPMuxFrameInfo()
            info.bitstream = WebPData(bytes: bytes.bindMemory(to: UInt8.self).baseAddress, size: bytes.count)
            info.x_offset = left
            info.y_offset = top
            info.duration = 40
            info.id = WEBP_CHUNK_ANMF
            WebPMuxPushFrame(mux, &info, 1)
        }
        var parameters = WebPMuxAnimParams(bgcolor: 0, loop_count: 0)
        WebPMuxSetAnimationParams(mux, &parameters)
        var data = WebPData()
        WebPMuxAssemble(mux, &data)
        defer { WebPDataClear(&data) }
        return Data(bytes: data.bytes, count: data.size)
    }

    static func rgb(_ bitmap: Bitmap) -> [UInt8] {
        stride(from: 0, to: bitmap.pixels.count, by: 4).flatMap { bitmap.pixels[$0..<$0 + 3] }
    }

    private static func encode(_ encoder: (inout UnsafeMutablePointer<UInt8>?, inout Int) -> Bool) -> Data {
        var buffer: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard encoder(&buffer, &count), let buffer else { preconditionFailure("the encoder refused") }
        defer { image_codecs_free(buffer) }
        return Data(bytes: buffer, count: count)
    }
}

extension Bitmap {
    /// The largest difference between two parts of the same pixel; nil when the sizes differ.
    func distance(to other: Bitmap) -> Int? {
        guard width == other.width, height == other.height else { return nil }
        return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
    }

    subscript(x: Int, y: Int) -> [UInt8] { Array(pixels[(y * width + x) * 4..<(y * width + x) * 4 + 4]) }
}

/// A folder that is removed with its test.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "pictures-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String, _ content: Data) throws -> URL {
        let file = url.appending(path: name)
        try content.write(to: file)
        return file
    }

    /// Another program writes the executable. A descriptor of this process that is open for writing would be inherited
    /// by programs that other tests start at the same time, and the kernel refuses to run a file that is open for
    /// writing.
    func script(_ name: String, _ text: String) throws -> URL {
        let source = try file("\(name).sh", Data("#!/bin/sh\n\(text)\n".utf8))
        let target = url.appending(path: name)
        let install = try Process.run(
            URL(filePath: "/usr/bin/install"),
            arguments: ["-m", "755", source.path, target.path]
        )
        install.waitUntilExit()
        return target
    }
}
