/// What kind of picture a prompt calls for.
enum SceneKind: CaseIterable, Sendable {
    case mountains, forest, sea, dunes, meadow, city, planet, ribbons, bokeh

    static let byWord: [String: SceneKind] = [
        "mountain": .mountains, "mountains": .mountains, "hill": .mountains, "hills": .mountains, "alps": .mountains,
        "valley": .mountains, "peak": .mountains, "snow": .mountains, "forest": .forest, "woods": .forest,
        "tree": .forest, "trees": .forest, "jungle": .forest, "fox": .forest, "sea": .sea, "ocean": .sea,
        "beach": .sea, "wave": .sea, "waves": .sea, "lake": .sea, "boat": .sea, "ship": .sea, "island": .sea,
        "lighthouse": .sea, "harbour": .sea, "desert": .dunes, "dune": .dunes, "dunes": .dunes, "sand": .dunes,
        "meadow": .meadow, "flower": .meadow, "flowers": .meadow, "garden": .meadow, "field": .meadow,
        "spring": .meadow, "city": .city, "skyline": .city, "street": .city, "town": .city, "neon": .city,
        "roof": .city, "planet": .planet, "space": .planet, "galaxy": .planet, "astronaut": .planet,
        "earth": .planet, "abstract": .ribbons, "pattern": .ribbons, "ribbons": .ribbons, "flowing": .ribbons,
        "poster": .ribbons, "silk": .ribbons, "bokeh": .bokeh, "lights": .bokeh, "macro": .bokeh, "glitter": .bokeh,
    ]
}

/// What was understood of a prompt.
struct Scene: Sendable {
    var kind: SceneKind
    var palette: Palette
    var figure: Figure?
    var isNight: Bool
    var isSnowing: Bool
    var isForested: Bool

    /// The first telling word decides; without one, prompt and seed do.
    init(prompt: String, random: inout SeededRandom) {
        let words = prompt.lowercased().split { !$0.isLetter }.map(String.init)
        let anyKind = SceneKind.allCases[random.index(below: SceneKind.allCases.count)]
        let anyPalette = Palette.all[random.index(below: Palette.all.count)]
        figure = words.lazy.compactMap { Figure.byWord[$0] }.first
        kind = words.lazy.compactMap { SceneKind.byWord[$0] }.first ?? (figure == nil ? anyKind : .mountains)
        isNight = words.contains { ["night", "midnight", "moon", "stars", "star", "aurora"].contains($0) }
        isSnowing = words.contains { ["snow", "snowy", "winter", "blizzard"].contains($0) }
        isForested = words.contains { ["forest", "woods", "trees", "tree", "pine", "pines"].contains($0) }
        let named = words.lazy.compactMap { Palette.byWord[$0] }.first
        palette = named ?? anyPalette
        if isNight, !palette.isDark { palette = words.contains("aurora") ? .aurora : .night }
        isNight = isNight || palette.isDark
    }
}
