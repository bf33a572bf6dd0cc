import CImageCodecs

/// How stored pixels are turned before they are shown, with the values of the EXIF tag 0x0112.
enum Orientation: UInt8, Sendable, CaseIterable {
    case upright = 1
    case mirrored, halfTurn, flipped
    case transposed, quarterTurnRight, antitransposed, quarterTurnLeft

    /// Whether width and height are exchanged.
    var isTransposed: Bool { rawValue >= Orientation.transposed.rawValue }

    /// Reads an APP1 segment without its marker and length; nil when it is not EXIF or has no orientation.
    init?(exif segment: [UInt8]) {
        guard segment.starts(with: Array("Exif\0\0".utf8)) else { return nil }
        let tiff = segment.dropFirst(6)
        let isLittleEndian = tiff.starts(with: [0x49, 0x49])
        guard isLittleEndian || tiff.starts(with: [0x4D, 0x4D]) else { return nil }
        func number(at offset: Int, bytes width: Int) -> Int? {
            guard offset >= 0, offset <= tiff.count - width else { return nil }
            let bytes = tiff[(tiff.startIndex + offset)...].prefix(width)
            return (isLittleEndian ? bytes.reversed() : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2) else { return nil }
        for entry in 0..<count {
            let offset = directory + 2 + entry * 12
            guard let tag = number(at: offset, bytes: 2) else { return nil }
            if tag == 0x0112 {
                guard let value = number(at: offset + 8, bytes: 2) else { return nil }
                self.init(rawValue: UInt8(clamping: value))
                return
            }
        }
        return nil
    }
}

extension Bitmap {
    /// The picture with the orientation applied.
    func turned(_ orientation: Orientation) -> Bitmap {
        if orientation == .upright { return self }
        let size =
            orientation.isTransposed ? PixelSize(width: height, height: width) : PixelSize(width: width, height: height)
        let (right, bottom) = (width - 1, height - 1)
        let turned = Bitmap(width: size.width, height: size.height) { canvas in
            pixels.withUnsafeBytes { source in
                let target = UnsafeMutableRawPointer(canvas.pixels!)
                for y in 0..<size.height {
                    for x in 0..<size.width {
                        let (column, row) =
                            switch orientation {
                            case .upright: (x, y)
                            case .mirrored: (right - x, y)
                            case .halfTurn: (right - x, bottom - y)
                            case .flipped: (x, bottom - y)
                            case .transposed: (y, x)
                            case .quarterTurnRight: (y, bottom - x)
                            case .antitransposed: (right - y, bottom - x)
                            case .quarterTurnLeft: (right - y, x)
                            }
                        let pixel = source.loadUnaligned(fromByteOffset: (row * width + column) * 4, as: UInt32.self)
                        target.storeBytes(of: pixel, toByteOffset: (y * size.width + x) * 4, as: UInt32.self)
                    }
                }
                return true
            }
        }
        guard let turned else { preconditionFailure("drawing a turned bitmap never fails") }
        return turned
    }
}
