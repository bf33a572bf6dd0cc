import CImageCodecs
package import Foundation

/// Writes pictures as files. All methods block; call them off the main thread.
package enum PictureEncoder {
    /// A JPEG, mixed with `background` where the picture is transparent; nil when memory ran out.
    ///
    /// - Parameter quality: 1 to 100.
    package static func jpeg(_ bitmap: Bitmap, over background: (UInt8, UInt8, UInt8), quality: Int) -> Data? {
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let rgb = bitmap.flattened(over: background)
        let (width, height) = (Int32(bitmap.width), Int32(bitmap.height))
        guard image_codecs_encode_jpeg(rgb, width, height, Int32(quality), &bytes, &length), let bytes else {
            return nil
        }
        defer { image_codecs_free(bytes) }
        return Data(bytes: bytes, count: length)
    }
}
