/// How large a picture becomes: about three quarters of the real service's size, which keeps the sandbox quick.
struct PictureSize: Equatable {
    let width: Int
    let height: Int

    init(ratio: Double, longSide: Int = 768) {
        let ratio = min(3, max(1.0 / 3, ratio))
        width = ratio >= 1 ? longSide : Self.even(Double(longSide) * ratio)
        height = ratio >= 1 ? Self.even(Double(longSide) / ratio) : longSide
    }

    init(input: [String: JSON], original: PixelCanvas?) {
        let longSide = input["megapixels"]?.stringValue == "0.25" ? 512 : 768
        let name = input["aspect_ratio"]?.stringValue
        if name == "custom" || name == nil, let width = input["width"]?.integerValue,
            let height = input["height"]?.integerValue
        {
            self.init(ratio: Double(width) / Double(height), longSide: longSide)
        } else if let ratio = (name ?? input["size"]?.stringValue).flatMap(Self.ratio) {
            self.init(ratio: ratio, longSide: longSide)
        } else if let original {
            self.init(ratio: Double(original.width) / Double(original.height), longSide: longSide)
        } else {
            self.init(ratio: 1, longSide: longSide)
        }
    }

    /// `16:9` and `1365x1024`.
    static func ratio(_ text: String) -> Double? {
        let parts = text.split { $0 == ":" || $0 == "x" }.compactMap { Double($0) }
        return parts.count == 2 && parts[0] > 0 && parts[1] > 0 ? parts[0] / parts[1] : nil
    }

    private static func even(_ value: Double) -> Int { Int(value / 2) * 2 }
}
