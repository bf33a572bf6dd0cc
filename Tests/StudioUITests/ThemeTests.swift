import Terminal
import Testing

@testable import StudioUI

struct ThemeTests {
    private static let text: [Role] = [.text, .muted, .faint, .focus, .cost, .running, .ok, .warn, .error]
    private static let depths: [ColorDepth] = [.direct, .palette256]

    private func luminance(_ color: Color) -> Double? {
        switch color {
        case .standard: return nil
        case .rgb(let red, let green, let blue): return Contrast.luminance(red, green, blue)
        case .palette(let entry):
            // xterm's colour cube and greys; the first sixteen are whatever the person chose.
            guard entry >= 16 else { return nil }
            let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
            if entry >= 232 {
                return Contrast.luminance(8 + (entry - 232) * 10, 8 + (entry - 232) * 10, 8 + (entry - 232) * 10)
            }
            let cube = Int(entry) - 16
            return Contrast.luminance(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
        }
    }

    @Test(arguments: [
        (Theme.darkroom, [0x000000, 0x14151A, 0x1E1E1E]), (Theme.lightbox, [0xFFFFFF, 0xFDF6E3]),
        (Theme.neutral, [0x000000, 0xFFFFFF]),
    ]) func `text stands out from the ground`(theme: Theme, grounds: [Int]) {
        for (ground, depth) in grounds.flatMap({ ground in Self.depths.map { (ground, $0) } }) {
            let behind = Contrast.luminance(UInt8(ground >> 16), UInt8(ground >> 8 & 0xFF), UInt8(ground & 0xFF))
            for role in Self.text {
                guard let front = luminance(theme.style(role, depth: depth).foreground) else { continue }
                #expect(
                    Contrast.ratio(front, behind) >= 4.5,
                    "\(theme.name) \(role) \(depth) on \(String(ground, radix: 16))"
                )
            }
        }
    }

    @Test(arguments: [Theme.darkroom, .lightbox]) func `text stands out from the selected row`(theme: Theme) throws {
        for depth in Self.depths {
            var canvas = Canvas(
                size: Size(columns: 20, rows: 1),
                theme: theme,
                glyphs: Glyphs(isUnicode: true),
                depth: depth
            )
            for (column, role) in (Self.text + [.selection]).enumerated() {
                canvas.write("x", at: Point(column: column, row: 0), role)
            }
            canvas.highlight(Rect(column: 0, row: 0, width: 20, height: 1))
            for (column, role) in (Self.text + [.selection]).enumerated() {
                let style = canvas.surface[column, 0].style
                let (front, behind) = (
                    try #require(luminance(style.foreground)), try #require(luminance(style.background))
                )
                #expect(Contrast.ratio(front, behind) >= 4.5, "\(theme.name) \(role) \(depth)")
            }
        }
    }

    @Test func `what nobody knows the ground of is in the terminal's own colour`() {
        for depth in [ColorDepth.direct, .palette256, .ansi16, .mono] {
            for role in [Role.text, .muted, .faint, .cost, .selection] {
                #expect(Theme.neutral.style(role, depth: depth).foreground == .standard)
                #expect(Theme.neutral.style(role, depth: depth).background == .standard)
            }
        }
        for role in Role.allCases { #expect(Theme.neutral.style(role, depth: .ansi16).foreground == .standard) }
    }

    @Test func `the background chooses the theme`() {
        #expect(Theme.fitting(red: 255, green: 255, blue: 255).name == "lightbox")
        #expect(Theme.fitting(red: 0xFD, green: 0xF6, blue: 0xE3).name == "lightbox")
        #expect(Theme.fitting(red: 20, green: 21, blue: 26).name == "darkroom")
        #expect(Theme.fitting(red: 0, green: 43, blue: 54).name == "darkroom")
    }

    @Test func `what is known without an answer is used`() {
        #expect(Theme.guessed(environment: [:]).name == "neutral")
        #expect(Theme.guessed(environment: ["TERM": "linux"]).name == "darkroom")
        #expect(Theme.guessed(environment: ["COLORFGBG": "0;default;15"]).name == "lightbox")
        #expect(Theme.guessed(environment: ["COLORFGBG": "15;0"]).name == "darkroom")
        #expect(Theme.guessed(environment: ["COLORFGBG": "default;default"]).name == "neutral")
    }
}
