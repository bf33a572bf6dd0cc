import Composing
import Foundation
import Studio
import Terminal
import TestSupport
import Testing

@testable import StudioUI

/// What holds at every size of the screen.
struct LayoutPropertyTests {
    private static let sizes: [Size] = {
        var random = SeededGenerator(seed: 1)
        let edges = [
            (60, 16), (59, 16), (60, 15), (84, 46), (85, 46), (99, 24), (100, 24), (159, 30), (160, 29), (160, 30),
            (1, 1),
            (0, 0), (300, 100), (60, 200), (500, 16),
        ]
        let more = (0..<40).map { _ in (Int.random(in: 1...240, using: &random), Int.random(in: 1...80, using: &random))
        }
        return (edges + more).map { Size(columns: $0.0, rows: $0.1) }
    }()

    private func states(_ size: Size) -> [StudioState] {
        var all: [StudioState] = []
        for pane in Pane.allCases {
            for isZoomed in [false, true] {
                var state = SampleStudio.busy(size: size)
                state.focus = pane
                state.isZoomed = isZoomed
                all.append(state)
            }
        }
        return all
    }

    @Test(arguments: sizes)
    func `panes lie in the body and not on each other`(size: Size) {
        for state in states(size) {
            let layout = ScreenLayout(size: size, state: state)
            let all = layout.panes.map(\.value) + [layout.estimate, layout.details].compactMap { $0 }
            for rect in all { #expect(rect.intersection(layout.body) == rect || rect.isEmpty, "\(rect)") }
            for (index, first) in all.enumerated() {
                for second in all.dropFirst(index + 1) {
                    #expect(first.intersection(second).isEmpty, "\(first) \(second)")
                }
            }
            if layout.shape != .tooSmall { #expect(layout.panes[state.focus] != nil, "the focus is not on the screen") }
            for other in [layout.header, layout.footer, layout.toast] {
                #expect(other.intersection(layout.body).isEmpty)
            }
        }
    }

    @Test(arguments: sizes)
    func `the reducer is told of places that are there`(size: Size) {
        for state in states(size) {
            let viewport = ScreenLayout(size: size, state: state).viewport(state: state)
            let least = [
                viewport.promptColumns, viewport.promptRows, viewport.imageRows, viewport.inputRows,
                viewport.inputColumns,
                viewport.runRows, viewport.detailRows, viewport.detailColumns,
            ]
            #expect(least.allSatisfy { $0 >= 1 })
            #expect(viewport.pictureColumns >= 0 && viewport.pictureRows >= 0)
            #expect(viewport.pictureColumns <= size.columns && viewport.pictureRows <= size.rows)
        }
    }

    @Test(arguments: sizes)
    func `a place is in the pane that is drawn there`(size: Size) {
        let state = SampleStudio.busy(size: size)
        let layout = ScreenLayout(size: size, state: state)
        for (pane, rect) in layout.panes where !rect.isEmpty {
            let middle = Point(column: (rect.left + rect.right) / 2, row: (rect.top + rect.bottom) / 2)
            #expect(layout.pane(at: middle) == pane)
            #expect(layout.pane(at: rect.origin) == pane)
        }
        #expect(layout.pane(at: Point(column: -1, row: 0)) == nil)
        #expect(layout.pane(at: layout.footer.origin) == nil)
    }

    /// Every row is as wide as the screen, nothing is drawn that could steer a terminal, and the cursor is on the screen.
    static func expectSound(_ state: StudioState, _ size: Size, _ comment: String = "") {
        for (glyphs, depth) in [(Glyphs(isUnicode: true), ColorDepth.direct), (Glyphs(isUnicode: false), .mono)] {
            let drawn = SampleStudio.draw(state, size: size, glyphs: glyphs, depth: depth)
            let rows = drawn.surface.text()
            #expect(rows.count == max(0, size.rows), "\(comment)")
            for row in rows {
                #expect(TextWidth.columns(of: row) == size.columns, "\(comment): \(row)")
                let isSafe = row.unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E
                }
                #expect(isSafe, "\(comment): \(row.debugDescription)")
            }
            if let cursor = drawn.cursor, size.columns > 0, size.rows > 0 {
                #expect(drawn.surface.bounds.contains(cursor.point), "\(comment): \(cursor) in \(size)")
            }
        }
    }

    @Test(arguments: sizes)
    func `every state is drawn soundly at every size`(size: Size) {
        for state in states(size) { Self.expectSound(state, size, "\(state.focus)") }
        var state = SampleStudio.busy(size: size)
        for command in [
            Command.help, .palette, .changeModel, .promptHistory, .showSpend, .quit, .addImage, .filterRuns,
            .deleteRecord,
        ] {
            var copy = state
            copy.focus =
                command == .addImage
                ? .images : command == .filterRuns || command == .deleteRecord ? .predictions : .prompt
            SampleStudio.send(.command(command), to: &copy)
            SampleStudio.fit(&copy, to: size)
            Self.expectSound(copy, size, "\(command)")
        }
        SampleStudio.send(
            .noticed(Notice(.error, String(repeating: "a very long notice \u{1B}[2J ", count: 30))),
            to: &state
        )
        Self.expectSound(state, size, "notice")
    }
}

/// Random keys and clicks, and the screen after each.
struct DrawingMonkeyTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `whatever is pressed, the screen is sound`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let sizes = [
            Size(columns: 80, rows: 24), Size(columns: 60, rows: 16), Size(columns: 120, rows: 36),
            Size(columns: 200, rows: 50), Size(columns: 70, rows: 60),
        ]
        var size = sizes[Int(seed) % sizes.count]
        var state = SampleStudio.busy(size: size)
        for step in 0..<250 {
            let action: StudioAction
            switch Int.random(in: 0..<6, using: &random) {
            case 0: action = .typed(["a", "漢", "{", "7", " ", "e\u{301}", "\n"].randomElement(using: &random) ?? "a")
            case 1:
                // Wherever something can be clicked on what is drawn now.
                let targets = SampleStudio.draw(state, size: size).targets
                let point = Point(
                    column: Int.random(in: 0..<size.columns, using: &random),
                    row: Int.random(in: 0..<size.rows, using: &random)
                )
                guard let click = targets.click(at: point, isDouble: Bool.random(using: &random)) else { continue }
                action = .clicked(click)
            case 2:
                action = .scrolled(
                    Pane.allCases.randomElement(using: &random) ?? .prompt,
                    rows: Int.random(in: -5...5, using: &random)
                )
            case 3: action = .pasted("\u{1B}]0;x\u{7}https://h/\(step).png\n漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字")
            default: action = .command(Command.allCases.randomElement(using: &random) ?? .help)
            }
            SampleStudio.send(action, to: &state)
            if Int.random(in: 0..<10, using: &random) == 0 {
                size = sizes.randomElement(using: &random) ?? size
                SampleStudio.send(.ticked(state.now.addingTimeInterval(0.4)), to: &state)
            }
            SampleStudio.fit(&state, to: size)
            LayoutPropertyTests.expectSound(state, size, "step \(step): \(action)")
            if state.isQuitting { state = SampleStudio.busy(size: size) }
        }
    }

    /// Keys that are read from the table, in the contexts of the screen: whatever is bound leads to an action.
    @Test func `every key of the table is an action where it applies`() {
        for context in Context.allCases {
            for binding in KeyTable.standard.bindings(in: [context]) {
                // Sequences of keys are read one by one.
                for notation in binding.keys where !notation.contains(" ") {
                    guard let key = Key(notation) else {
                        Issue.record("\(notation) names no key")
                        continue
                    }
                    var keymap = Keymap(.standard)
                    #expect(keymap.action(for: key, contexts: [context]) != nil, "\(notation) in \(context)")
                }
            }
        }
    }
}
