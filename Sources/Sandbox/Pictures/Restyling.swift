/// What an editing model does here to a picture it is given.
enum Restyling {
    /// `picture`, cut to a new shape, in the colours that `prompt` calls for.
    static func restyled(_ picture: PixelCanvas, prompt: String, seed: Int, width: Int, height: Int) -> PixelCanvas {
        var random = SeededRandom(seed: seed, text: prompt)
        let scene = Scene(prompt: prompt, random: &random)
        let result = PixelCanvas(width: width, height: height)
        let tones = [
            scene.palette.near, scene.palette.sky[0], scene.palette.far, scene.palette.accent, scene.palette.light,
        ]
        var table: [Int] = []
        for level in 0..<256 {
            let colour = RGB.gradient(tones, at: Double(level) / 255)
            table += [Int(colour.red), Int(colour.green), Int(colour.blue)]
        }
        let scale = min(Double(picture.width) / Double(width), Double(picture.height) / Double(height))
        let left = (Double(picture.width) - Double(width) * scale) / 2
        let top = (Double(picture.height) - Double(height) * scale) / 2
        let columns = (0..<width).map { min(picture.width - 1, Int(left + (Double($0) + 0.5) * scale)) * 3 }
        table.withUnsafeBufferPointer { table in
            columns.withUnsafeBufferPointer { columns in
                var p = result.pixels
                for y in 0..<height {
                    let row = min(picture.height - 1, Int(top + (Double(y) + 0.5) * scale))
                    let source = picture.pixels + row * picture.width * 3
                    var x = 0
                    while x < width {
                        let q = source + columns[x]
                        let (r, g, b) = (Int(q[0]), Int(q[1]), Int(q[2]))
                        let tone = (r &* 77 &+ g &* 150 &+ b &* 29) >> 8 &* 3
                        p[0] = UInt8(truncatingIfNeeded: (r &* 112 &+ table[tone] &* 144) >> 8)
                        p[1] = UInt8(truncatingIfNeeded: (g &* 112 &+ table[tone &+ 1] &* 144) >> 8)
                        p[2] = UInt8(truncatingIfNeeded: (b &* 112 &+ table[tone &+ 2] &* 144) >> 8)
                        p += 3
                        x &+= 1
                    }
                }
            }
        }
        if scene.isSnowing || scene.isNight {
            for _ in 0..<160 {
                let size = random.within(0.8...2.4) * Double(width) / 600
                result.ellipse(
                    x: random.unit() * Double(width),
                    y: random.unit() * Double(height),
                    radiusX: size,
                    radiusY: size,
                    scene.palette.light,
                    random.within(0.3...0.9),
                    .soft
                )
            }
        }
        result.finish(seed: random.next())
        return result
    }
}
