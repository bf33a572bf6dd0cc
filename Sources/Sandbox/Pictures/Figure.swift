/// Something that stands in the foreground as a silhouette.
enum Figure: Sendable {
    case fox, cat, house, lighthouse, boat, bird

    static let byWord: [String: Figure] = [
        "fox": .fox, "foxes": .fox, "wolf": .fox, "dog": .fox, "cat": .cat, "cats": .cat, "kitten": .cat,
        "house": .house, "cottage": .house, "cabin": .house, "hut": .house, "castle": .house, "lighthouse": .lighthouse,
        "tower": .lighthouse, "boat": .boat, "ship": .boat, "sail": .boat, "sailing": .boat, "bird": .bird,
        "birds": .bird, "eagle": .bird, "gull": .bird,
    ]

    typealias Point = PixelCanvas.Point

    /// Outlines in a box one high whose foot is at (0, 0); up is negative.
    var outlines: [[Point]] {
        switch self {
        case .fox: [Self.foxTail, Self.foxBody, Self.foxHead]
        case .cat: [Self.catTail, Self.catBody, Self.catHead]
        case .house: [Self.rectangle(-0.5, 0.5, 0, -0.52), Self.roof, Self.rectangle(0.2, 0.32, -0.6, -0.98)]
        case .lighthouse:
            [
                [Point(-0.13, 0), Point(0.13, 0), Point(0.075, -0.76), Point(-0.075, -0.76)],
                Self.rectangle(-0.115, 0.115, -0.76, -0.79), Self.rectangle(-0.055, 0.055, -0.79, -0.9),
                [Point(-0.08, -0.9), Point(0.08, -0.9), Point(0, -1)],
            ]
        case .boat:
            [
                [Point(-0.5, -0.14), Point(0.5, -0.14), Point(0.36, 0.02), Point(-0.4, 0.02)],
                [Point(-0.03, -0.18), Point(-0.03, -1), Point(-0.45, -0.2)],
                [Point(0.02, -0.18), Point(0.02, -0.9), Point(0.36, -0.2)],
            ]
        case .bird: []
        }
    }

    /// Lit parts: windows, eyes, the lamp.
    var lights: [[Point]] {
        switch self {
        case .house:
            [
                Self.rectangle(-0.34, -0.14, -0.18, -0.38), Self.rectangle(0.14, 0.34, -0.18, -0.38),
            ]
        case .lighthouse: [Self.rectangle(-0.04, 0.04, -0.805, -0.885)]
        case .fox, .cat, .boat, .bird: []
        }
    }

    private static func rectangle(_ left: Double, _ right: Double, _ bottom: Double, _ top: Double) -> [Point] {
        [Point(left, bottom), Point(right, bottom), Point(right, top), Point(left, top)]
    }

    private static let roof = [Point(-0.62, -0.5), Point(0.62, -0.5), Point(0, -1)]

    private static let foxBody = PixelCanvas.smooth([
        Point(-0.17, 0), Point(-0.2, -0.03), Point(-0.14, -0.06), Point(-0.13, -0.32), Point(-0.17, -0.5),
        Point(-0.1, -0.66), Point(0.06, -0.66), Point(0.14, -0.5), Point(0.24, -0.3), Point(0.27, -0.1),
        Point(0.22, 0),
    ])
    private static let foxHead = [
        Point(-0.42, -0.6), Point(-0.36, -0.655), Point(-0.27, -0.72), Point(-0.235, -0.8), Point(-0.215, -1),
        Point(-0.11, -0.86), Point(-0.03, -0.85), Point(0.075, -0.98), Point(0.085, -0.76), Point(0.07, -0.64),
        Point(0, -0.55), Point(-0.14, -0.53), Point(-0.3, -0.565),
    ]
    private static let foxTail = PixelCanvas.smooth([
        Point(0.15, 0), Point(0.12, -0.1), Point(0.3, -0.13), Point(0.42, -0.28), Point(0.42, -0.48),
        Point(0.5, -0.6), Point(0.58, -0.46), Point(0.6, -0.26), Point(0.5, -0.08), Point(0.34, 0),
    ])
    private static let catBody = PixelCanvas.smooth([
        Point(-0.2, 0), Point(-0.19, -0.12), Point(-0.13, -0.4), Point(-0.13, -0.6), Point(0.08, -0.62),
        Point(0.15, -0.44), Point(0.25, -0.22), Point(0.25, 0),
    ])
    private static let catHead =
        PixelCanvas.smooth([
            Point(-0.2, -0.72), Point(-0.19, -0.62), Point(-0.02, -0.55), Point(0.15, -0.62), Point(0.16, -0.72),
            Point(0.13, -0.82), Point(0.15, -0.99), Point(0.05, -0.87), Point(-0.09, -0.87), Point(-0.19, -0.99),
            Point(-0.17, -0.82),
        ])
    private static let catTail = PixelCanvas.smooth([
        Point(0.15, 0), Point(0.17, -0.05), Point(0.34, -0.06), Point(0.41, -0.16), Point(0.38, -0.32),
        Point(0.42, -0.36), Point(0.48, -0.24), Point(0.47, -0.1), Point(0.38, 0),
    ])
}
