import Foundation
import Pixels

extension Bitmap {
    /// A part of the picture at its own scale, in the middle of exactly `room` pixels; what lies beyond the picture is
    /// transparent. From 200 % on every pixel is a square, so that it can be told from its neighbours.
    func cropped(_ crop: PictureCrop, room: PixelSize) -> Bitmap {
        let wanted = crop.part(of: (room.width, room.height))
        let part = PixelSize(width: min(wanted.width, width), height: min(wanted.height, height))
        let left = min(max(crop.x - part.width / 2, 0), width - part.width)
        let top = min(max(crop.y - part.height / 2, 0), height - part.height)
        let scaled = PixelSize(
            width: min(max(part.width * crop.percent / 100, 1), room.width),
            height: min(max(part.height * crop.percent / 100, 1), room.height)
        )
        let piece = cut(left: left, top: top, part).resized(width: scaled.width, height: scaled.height)
        return piece.framed(in: room)
    }

    private func cut(left: Int, top: Int, _ part: PixelSize) -> Bitmap {
        var cut: [UInt8] = []
        cut.reserveCapacity(part.width * part.height * 4)
        for row in top..<(top + part.height) {
            let start = (row * width + left) * 4
            cut += pixels[start..<(start + part.width * 4)]
        }
        return Bitmap(width: part.width, height: part.height, pixels: cut)
    }

    private func framed(in room: PixelSize) -> Bitmap {
        if room == size { return self }
        var framed = [UInt8](repeating: 0, count: room.width * room.height * 4)
        let (left, top) = ((room.width - width) / 2, (room.height - height) / 2)
        for row in 0..<height {
            let target = ((top + row) * room.width + left) * 4
            framed.replaceSubrange(
                target..<(target + width * 4),
                with: pixels[(row * width * 4)..<((row + 1) * width * 4)]
            )
        }
        return Bitmap(width: room.width, height: room.height, pixels: framed)
    }
}
