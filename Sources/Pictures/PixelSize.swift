/// Width and height in pixels.
struct PixelSize: Equatable {
    var width: Int
    var height: Int

    /// The largest size with these proportions inside of `box`, enlarged only when `enlarging`; each side is at least
    /// 1.
    func fitted(in box: PixelSize, enlarging: Bool = false) -> PixelSize {
        if !enlarging, width <= box.width, height <= box.height { return self }
        // Cross-multiplied, so that nothing is rounded before the division.
        if width * box.height >= height * box.width {
            return PixelSize(width: max(box.width, 1), height: max((height * box.width + width / 2) / width, 1))
        }
        return PixelSize(width: max((width * box.height + height / 2) / height, 1), height: max(box.height, 1))
    }

    var transposed: PixelSize { PixelSize(width: height, height: width) }
}
