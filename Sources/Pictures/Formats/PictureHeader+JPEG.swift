extension PictureHeader {
    /// Reads the segments up to the frame header (SOF), and keeps an EXIF orientation on the way.
    static func jpeg(_ source: ByteSource) -> PictureHeader? {
        var orientation = Orientation.upright
        var offset = 2
        // A hostile file may consist of millions of segments; only the first 4,096 are read.
        for _ in 0..<4096 {
            guard source.number(at: offset, bytes: 1) == 0xFF, let marker = source.number(at: offset + 1, bytes: 1)
            else { return nil }
            switch marker {
            case 0xFF:
                // Padding.
                offset += 1
                continue
            case 0x01, 0xD0...0xD8:
                offset += 2
                continue
            case 0xD9, 0xDA:
                return nil
            default:
                break
            }
            guard let length = source.number(at: offset + 2, bytes: 2), length >= 2 else { return nil }
            switch marker {
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                guard let height = source.number(at: offset + 5, bytes: 2),
                    let width = source.number(at: offset + 7, bytes: 2)
                else { return nil }
                let size = PixelSize(width: width, height: height)
                return PictureHeader(format: .jpeg, size: size, orientation: orientation)
            case 0xE1:
                if let segment = source.bytes(at: offset + 4, count: length - 2) {
                    orientation = Orientation(exif: segment) ?? orientation
                }
            default:
                break
            }
            offset += 2 + length
        }
        return nil
    }
}
