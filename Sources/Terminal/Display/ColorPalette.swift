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
            let (red, green, blue) = Self.rgb(entry)
            index = isShown ? Int(entry) : Self.nearest16(red, green, blue)
        }
        if index < count { return Int32(index) }
        // With eight colours, bold and dim replace the bright half.
        if isForeground { attributes.insert(index == 8 ? .dim : .bold) }
        return index == 8 ? -1 : Int32(index % 8)
    }

    static func rgb(_ entry: UInt8) -> (UInt8, UInt8, UInt8) {
        switch entry {
        case 0..<16:
            return basic[Int(entry)]
        case 232...:
            let grey = 8 + (entry - 232) * 10
            return (grey, grey, grey)
        default:
            let cube = Int(entry) - 16
            return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
        }
    }

    static func nearest256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        let (r, g, b) = (nearestStep(red), nearestStep(green), nearestStep(blue))
        let cube = (steps[r], steps[g], steps[b])
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let greyIndex = max(0, min(23, (mean - 3) / 10))
        let grey = UInt8(8 + greyIndex * 10)
        let color = (red, green, blue)
        if distance(color, (grey, grey, grey)) < distance(color, cube) { return 232 + greyIndex }
        return 16 + 36 * r + 6 * g + b
    }

    static func nearest16(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        let color = (red, green, blue)
        return (0..<16).min { distance(color, basic[$0]) < distance(color, basic[$1]) } ?? 7
    }

    private static func nearestStep(_ value: UInt8) -> Int {
        value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40
    }

    /// The squared distance, weighted by the eye's sensitivity to each channel.
    private static func distance(_ a: (UInt8, UInt8, UInt8), _ b: (UInt8, UInt8, UInt8)) -> Int {
        let red = Int(a.0) - Int(b.0)
        let green = Int(a.1) - Int(b.1)
        let blue = Int(a.2) - Int(b.2)
        return 3 * red * red + 6 * green * green + blue * blue
    }

    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    /// xterm's defaults. The real palette of a terminal is not known.
    private static let basic: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]
}
