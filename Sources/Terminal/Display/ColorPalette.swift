import Pixels

/// Converts colours to the numbers that the terminal's terminfo entry uses; -1 is the default colour.
struct ColorPalette {
    let depth: ColorDepth
    /// The number of colours in the terminfo entry.
    let count: Int

    func number(_ color: Color, isForeground: Bool, attributes: inout TextAttributes) -> Int32 {
        guard depth != .mono else { return -1 }
        let index: Int
        switch color {
        case .standard:
            return -1
        case .rgb(let red, let green, let blue) where depth == .direct:
            let number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
            // The first 256 numbers mean palette entries; adding one step of green makes no visible difference.
            return number < 256 ? number | 0x100 : number
        case .rgb(let red, let green, let blue):
            index = depth == .palette256 ? Self.nearest256(red, green, blue) : Self.nearest16(red, green, blue)
        case .palette(let entry):
            let isShown = entry < 16 || depth >= .palette256
            let (red, green, blue) = XtermPalette.rgb(entry)
            index = isShown ? Int(entry) : Self.nearest16(red, green, blue)
        }
        if index < count { return Int32(index) }
        // With eight colours, bold and dim replace the bright half.
        if isForeground { attributes.insert(index == 8 ? .dim : .bold) }
        return index == 8 ? -1 : Int32(index % 8)
    }

    static func nearest256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        Int(XtermPalette.nearest(red, green, blue, weights: .perceived))
    }

    static func nearest16(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        let match = XtermPalette.nearestANSI(
            red: Int(red),
            green: Int(green),
            blue: Int(blue),
            weights: .perceived
        )
        return Int(match.index)
    }
}
