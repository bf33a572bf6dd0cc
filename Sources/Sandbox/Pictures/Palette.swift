/// The colours of a scene.
struct Palette: Sendable {
    /// From the zenith to the horizon.
    var sky: [RGB]
    var far: RGB
    var near: RGB
    /// Sun, moon, lamps.
    var light: RGB
    var accent: RGB
    var isDark = false

    private init(_ sky: [UInt32], far: UInt32, near: UInt32, light: UInt32, accent: UInt32, dark: Bool = false) {
        self.sky = sky.map { RGB($0) }
        self.far = RGB(far)
        self.near = RGB(near)
        self.light = RGB(light)
        self.accent = RGB(accent)
        isDark = dark
    }

    static let dawn = Palette(
        [0x34568b, 0x9a8fb8, 0xf2b8a0, 0xffe0b5],
        far: 0xb99bb0,
        near: 0x2b2a4a,
        light: 0xfff1cf,
        accent: 0xf28f79
    )
    static let dusk = Palette(
        [0x2a1b4a, 0x7a2f6b, 0xd8586a, 0xffb26b],
        far: 0xb0577c,
        near: 0x1d1233,
        light: 0xffe3a3,
        accent: 0xff8a5c
    )
    static let day = Palette(
        [0x2f74c0, 0x7fb4e3, 0xcfe6f2],
        far: 0x9dc0d6,
        near: 0x1f4a4f,
        light: 0xfffbe6,
        accent: 0xf7d36b
    )
    static let night = Palette(
        [0x050a1f, 0x0f2145, 0x274a78],
        far: 0x2f4f7d,
        near: 0x050914,
        light: 0xf3f1dc,
        accent: 0x6fa8dc,
        dark: true
    )
    static let aurora = Palette(
        [0x061026, 0x0b3b4c, 0x1f8a70, 0x9bd9a8],
        far: 0x2d7f79,
        near: 0x04131c,
        light: 0xeafff2,
        accent: 0x8cf2b6,
        dark: true
    )
    static let forest = Palette(
        [0x6fa59a, 0xb9d8b8, 0xf1f1cf],
        far: 0x8fb9a0,
        near: 0x0f2b22,
        light: 0xfffde0,
        accent: 0xe6b450
    )
    static let sea = Palette(
        [0x1b5e8a, 0x5fb0c6, 0xd6efe6],
        far: 0x6aa9b5,
        near: 0x0b3550,
        light: 0xfff7d9,
        accent: 0xf2a65a
    )
    static let snow = Palette(
        [0x6d8fb3, 0xb7cde0, 0xf0f4f8],
        far: 0xc3d3e3,
        near: 0x4a6480,
        light: 0xffffff,
        accent: 0xd96c5f
    )
    static let desert = Palette(
        [0x4f86a6, 0xf3c98b, 0xffe3b0],
        far: 0xe0a868,
        near: 0x7a3b1e,
        light: 0xfff4d2,
        accent: 0xd9683c
    )
    static let autumn = Palette(
        [0x7d8ca3, 0xe7b27a, 0xffe0a8],
        far: 0xcf8f5a,
        near: 0x4a1d12,
        light: 0xfff0c4,
        accent: 0xd9482b
    )
    static let red = Palette(
        [0x3b0a18, 0x9e1b32, 0xe8553f, 0xffc08a],
        far: 0xb23a48,
        near: 0x22060f,
        light: 0xffe8c2,
        accent: 0xff5d47
    )
    static let blue = Palette(
        [0x0b2a5b, 0x2f6db5, 0x9cc9ef],
        far: 0x6a9ccf,
        near: 0x0a1c3b,
        light: 0xf4fbff,
        accent: 0xffb84d
    )
    static let green = Palette(
        [0x2c6e63, 0x88c08f, 0xe8f2c8],
        far: 0x83b58d,
        near: 0x12352a,
        light: 0xfffde0,
        accent: 0xf0c94c
    )
    static let violet = Palette(
        [0x241447, 0x6a3d9a, 0xc48ad6, 0xffd6e8],
        far: 0x9a6bb5,
        near: 0x170b30,
        light: 0xfff0f6,
        accent: 0xff9ecb
    )
    static let pink = Palette(
        [0x8f5a9c, 0xf29ab2, 0xffd9d6],
        far: 0xdf9fb5,
        near: 0x4f2346,
        light: 0xfffaf0,
        accent: 0xff6f91
    )
    static let gold = Palette(
        [0x5b4a7a, 0xd99a4e, 0xffdf8e],
        far: 0xcc9450,
        near: 0x33200f,
        light: 0xfffbe0,
        accent: 0xffc53a
    )
    static let teal = Palette(
        [0x07303a, 0x1e7f86, 0x9fdcc8],
        far: 0x4fa3a0,
        near: 0x04212b,
        light: 0xfff6d6,
        accent: 0xffab6b
    )
    static let grey = Palette(
        [0x30343b, 0x6f7781, 0xd5d9dc],
        far: 0x8c949c,
        near: 0x14171b,
        light: 0xffffff,
        accent: 0xb7bec5
    )

    static let all: [Palette] = [dawn, dusk, day, aurora, sea, forest, violet, teal, gold, autumn]

    static let byWord: [String: Palette] = [
        "dawn": dawn, "sunrise": dawn, "morning": dawn, "misty": dawn, "mist": dawn, "dusk": dusk, "sunset": dusk,
        "evening": dusk, "day": day, "sky": day, "sunny": day, "summer": day, "alpine": day, "night": night,
        "moon": night, "midnight": night, "stars": night, "star": night, "space": night, "dark": night,
        "aurora": aurora, "northern": aurora, "forest": forest, "woods": forest, "jungle": forest, "tree": forest,
        "trees": forest, "moss": forest, "sea": sea, "ocean": sea, "beach": sea, "wave": sea, "waves": sea,
        "lake": sea, "island": sea, "snow": snow, "snowy": snow, "winter": snow, "ice": snow, "frozen": snow,
        "desert": desert, "dune": desert, "dunes": desert, "sand": desert, "autumn": autumn, "fall": autumn,
        "fox": autumn, "leaves": autumn, "orange": autumn, "red": red, "fire": red, "lava": red, "rose": red,
        "crimson": red, "scarlet": red, "dragon": red, "blue": blue, "azure": blue, "green": green, "meadow": green,
        "spring": green,
        "hill": green, "hills": green, "emerald": green, "purple": violet, "violet": violet, "lavender": violet,
        "magic": violet, "dream": violet, "pink": pink, "cherry": pink, "blossom": pink, "sakura": pink,
        "gold": gold, "golden": gold, "yellow": gold, "wheat": gold, "honey": gold, "teal": teal,
        "turquoise": teal, "cyan": teal, "underwater": teal, "grey": grey, "gray": grey, "monochrome": grey,
        "noir": grey, "fog": grey, "storm": grey, "rain": grey, "city": dusk, "neon": violet,
    ]
}
