import Pixels
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

    /// What a theme is drawn on, and the least contrast of text and of lines.
    struct Case: Sendable, CustomTestStringConvertible {
        let theme: Theme
        let grounds: [Int]
        var text = 4.5
        var line = 3.0
        var testDescription: String { "\(theme.name) on \(grounds.map { String($0, radix: 16) })" }
    }

    private static let dark = [0x000000, 0x14151A, 0x1E1E1E]
    private static let light = [0xFFFFFF, 0xFDF6E3]

    @Test(arguments: [
        Case(theme: .darkroom, grounds: dark), Case(theme: .lightbox, grounds: light),
        Case(theme: .neutral, grounds: [0x000000, 0xFFFFFF]), Case(theme: .terminal, grounds: dark + light),
        Case(theme: .darkContrast, grounds: dark, text: 7, line: 7),
        Case(theme: .lightContrast, grounds: light, text: 7, line: 7),
        Case(theme: .ownContrast, grounds: dark + light, text: 7, line: 7),
    ]) func `text and lines stand out from the ground`(example: Case) {
        let theme = example.theme
        for (ground, depth) in example.grounds.flatMap({ ground in Self.depths.map { (ground, $0) } }) {
            let behind = Contrast.luminance(UInt8(ground >> 16), UInt8(ground >> 8 & 0xFF), UInt8(ground & 0xFF))
            for role in Self.text + [.border] {
                guard let front = luminance(theme.style(role, depth: depth).foreground) else { continue }
                let ratio = Contrast.ratio(front, behind)
                let least = role == .border ? example.line : example.text
                #expect(ratio >= least, "\(role) \(depth) on \(String(ground, radix: 16)): \(ratio)")
            }
        }
    }

    /// Among sixteen colours nobody knows what one looks like: text is in the terminal's own, but for states, which are
    /// said by a glyph and a word as well, and what is faint, which `palette 8` is for.
    @Test(arguments: [Theme.darkroom, .lightbox, .neutral, .terminal, .darkContrast, .lightContrast, .ownContrast])
    func `with few colours what must be read is in the terminal's own`(theme: Theme) {
        for depth in [ColorDepth.ansi16, .mono] {
            for role in [Role.text, .muted, .selection] {
                #expect(theme.style(role, depth: depth).foreground == .standard, "\(role) \(depth)")
            }
        }
        for role in Role.allCases { #expect(theme.style(role, depth: .mono).foreground == .standard) }
        #expect(theme.style(.selection, depth: .ansi16).attributes.contains(.reverse))
        #expect(theme.style(.selection, depth: .mono).attributes.contains(.reverse))
    }

    @Test(arguments: [Theme.darkroom, .lightbox, .darkContrast, .lightContrast])
    func `text stands out from the selected row`(theme: Theme) throws {
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

    private func theme(_ name: String, on ground: Int?, _ environment: [String: String] = [:]) -> String? {
        let color = ground.map { PixelColor.rgb(UInt8($0 >> 16), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)) }
        let family = ThemeFamily.all.first { $0.name == name }
        return family?.theme(on: color, environment: environment).name
    }

    @Test func `the background chooses the theme`() {
        #expect(theme("auto", on: 0xFFFFFF) == "lightbox")
        #expect(theme("auto", on: 0xFDF6E3) == "lightbox")
        #expect(theme("auto", on: 0x14151A) == "darkroom")
        #expect(theme("auto", on: 0x002B36) == "darkroom")
        for name in ["darkroom", "lightbox", "terminal", "contrast"] {
            #expect(theme(name, on: 0xFFFFFF) == name && theme(name, on: 0) == name && theme(name, on: nil) == name)
        }
    }

    @Test func `what is known without an answer is used`() {
        #expect(theme("auto", on: nil) == "neutral")
        #expect(theme("auto", on: nil, ["TERM": "linux"]) == "darkroom")
        #expect(theme("auto", on: nil, ["COLORFGBG": "0;default;15"]) == "lightbox")
        #expect(theme("auto", on: nil, ["COLORFGBG": "15;0"]) == "darkroom")
        #expect(theme("auto", on: nil, ["COLORFGBG": "default;default"]) == "neutral")
        #expect(theme("auto", on: 0xFFFFFF, ["COLORFGBG": "15;0"]) == "lightbox", "an answer is better than a word")
    }
}
