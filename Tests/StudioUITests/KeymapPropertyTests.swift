import Pixels
import Studio
import Terminal
import TestSupport
import Testing

@testable import StudioUI

struct KeymapPropertyTests {
    /// Contexts as the studio has them, the innermost first.
    private static let places: [[Context]] = [
        [.prompt, .text, .everywhere], [.normal, .prompt, .everywhere], [.insert, .prompt, .text, .everywhere],
        [.predictions, .list, .everywhere], [.images, .list, .everywhere], [.inputs, .list, .everywhere],
        [.field, .text], [.picker, .text], [.confirmation], [.spend], [.detail, .list, .everywhere],
    ]
    private static let keys: [Key] = [
        "a", "A", "q", "1", "?", "/", "space", "enter", "esc", "tab", "shift+tab", "up", "down", "ctrl+x", "ctrl+e",
        "ctrl+c", "alt+enter", "alt+m", "f2", "f5", "backspace", "delete", "ctrl+p", "漢", "é",
    ].compactMap { Key($0) }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `the first half of a pair never stays behind for another key`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var keymap = Keymap(.standard)
        for _ in 0..<400 {
            let contexts = Self.places.randomElement(using: &random)!
            let key = Self.keys.randomElement(using: &random)!
            let wasWaiting = keymap.isWaiting
            var fresh = Keymap(.standard)
            let alone = fresh.action(for: key, contexts: contexts)
            let found = keymap.action(for: key, contexts: contexts)
            if wasWaiting {
                // Whatever comes ends the pair.
                #expect(!keymap.isWaiting)
            } else {
                #expect(found == alone, "\(key.notation)")
                #expect(keymap.isWaiting == fresh.isWaiting)
                if keymap.isWaiting { #expect(found == nil) }
            }
        }
    }

    @Test func `a letter that is typed is text where one types, and a key that does something is not`() {
        let keymap = Keymap(.standard)
        for letter in "abcxyzABC漢é" {
            let key = Key(.character(letter))
            #expect(keymap.text(for: key, contexts: [.prompt, .text, .everywhere]) == letter)
        }
        #expect(keymap.text(for: Key(.enter), contexts: [.prompt, .text, .everywhere]) == "\n")
        for notation in ["ctrl+a", "alt+enter", "up", "esc", "f5"] {
            #expect(keymap.text(for: Key(notation)!, contexts: [.prompt, .text, .everywhere]) == nil, "\(notation)")
        }
    }

    @Test func `while a pair is waited for nothing is text`() {
        var keymap = Keymap(.standard)
        #expect(keymap.action(for: Key("ctrl+x")!, contexts: [.prompt, .text, .everywhere]) == nil)
        #expect(keymap.isWaiting)
        #expect(keymap.text(for: Key("a")!, contexts: [.prompt, .text, .everywhere]) == nil)
        #expect(keymap.action(for: Key("a")!, contexts: [.prompt, .text, .everywhere]) == nil)
        // The pair is over, and the next letter is text again.
        #expect(keymap.action(for: Key("a")!, contexts: [.prompt, .text, .everywhere]) == .typed("a"))
    }

    @Test func `every command that a footer or the help names can be pressed in the place where it is named`() {
        for binding in KeyTable.standard.bindings {
            for notation in binding.keys {
                let keys = notation.split(separator: " ").compactMap { Key(String($0)) }
                var keymap = Keymap(.standard)
                let actions = keys.map { keymap.action(for: $0, contexts: [binding.context]) }
                #expect(actions.last == .some(.command(binding.command)), "\(notation) in \(binding.context)")
            }
        }
    }
}

struct ThemeChangeTests {
    @Test func `other colours take the place of a theme's, and nothing else changes`() {
        let changed = Theme.darkroom.replacing([.cost: 0xFF0000], selectionBackground: 0x0000FF, name: "mine")
        #expect(changed.name == "mine")
        #expect(changed.style(.cost, depth: .direct).foreground == .rgb(255, 0, 0))
        #expect(changed.style(.cost, depth: .palette256).foreground == .palette(196))
        #expect(changed.style(.selection, depth: .direct).background == .rgb(0, 0, 255))
        #expect(changed.style(.selection, depth: .palette256).background == .palette(21))
        for role in Role.allCases {
            // Among sixteen colours nobody knows what one looks like: those stay.
            for depth in [ColorDepth.ansi16, .mono] {
                #expect(changed.style(role, depth: depth) == Theme.darkroom.style(role, depth: depth), "\(role)")
            }
            if role != .cost, role != .selection {
                for depth in [ColorDepth.direct, .palette256] {
                    #expect(changed.style(role, depth: depth) == Theme.darkroom.style(role, depth: depth), "\(role)")
                }
            }
        }
        let same = Theme.darkroom.replacing([:], selectionBackground: nil, name: "darkroom")
        for role in Role.allCases {
            #expect(same.style(role, depth: .direct) == Theme.darkroom.style(role, depth: .direct))
        }
    }

    @Test func `attributes are added to those of the role, at every depth`() {
        for theme in [Theme.darkroom, .lightbox, .neutral, .terminal, .darkContrast, .lightContrast, .ownContrast] {
            for role in Role.allCases {
                for depth in [ColorDepth.direct, .palette256, .ansi16, .mono] {
                    let plain = theme.style(role, depth: depth)
                    let added = theme.style(role, depth: depth, adding: [.underline, .bold])
                    #expect(added.attributes == plain.attributes.union([.underline, .bold]))
                    #expect(added.foreground == plain.foreground && added.background == plain.background)
                }
            }
        }
    }

    @Test func `what is said by a colour is said by a sign or an attribute as well`() {
        // Without colours, money, focus, faults and what is selected still differ from text.
        for theme in [Theme.darkroom, .lightbox, .neutral, .terminal, .darkContrast, .lightContrast, .ownContrast] {
            let text = theme.style(.text, depth: .mono)
            for role in [Role.focus, .selection, .cost, .error] {
                #expect(theme.style(role, depth: .mono) != text, "\(theme.name) \(role)")
            }
        }
    }

    @Test func `themes have names of their own, and words for the list`() {
        let names = ThemeFamily.all.map(\.name)
        #expect(Set(names).count == names.count && names.contains("auto"))
        #expect(ThemeFamily.all.allSatisfy { !$0.summary.isEmpty })
        let own = ThemeFamily(Theme.lightbox.replacing([:], selectionBackground: nil, name: "/themes/mine.json"))
        #expect(own.name == "/themes/mine.json")
        // One's own is drawn on any ground.
        for color in [nil, 0x000000, 0xFFFFFF] as [Int?] {
            let ground = color.map { value -> UInt8 in UInt8(value & 0xFF) }
            let theme = own.theme(on: ground.map { .rgb($0, $0, $0) }, environment: [:])
            #expect(theme.name == "/themes/mine.json")
        }
    }

    @Test(arguments: [
        (0, 0, 0, 0.0), (255, 255, 255, 1.0), (255, 0, 0, 0.2126), (0, 255, 0, 0.7152), (0, 0, 255, 0.0722),
    ])
    func `luminance is that of the web's guidelines`(red: Int, green: Int, blue: Int, luminance: Double) {
        let found = Contrast.luminance(UInt8(red), UInt8(green), UInt8(blue))
        #expect(abs(found - luminance) < 0.000_1)
        #expect(abs(Contrast.ratio(0, 1) - 21) < 0.000_1)
        #expect(Contrast.ratio(0.3, 0.3) == 1)
        #expect(Contrast.ratio(0.1, 0.7) == Contrast.ratio(0.7, 0.1))
    }
}
