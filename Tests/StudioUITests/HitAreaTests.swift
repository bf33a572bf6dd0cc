import Studio
import Terminal
import TestSupport
import Testing

@testable import StudioUI

/// Every place that can be clicked, at every size: it leads where it is drawn.
struct HitAreaTests {
    private static let sizes = [
        Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 84, rows: 50),
        Size(columns: 120, rows: 36), Size(columns: 200, rows: 50),
    ]

    /// What a click at each cell means.
    private func targets(_ state: StudioState, _ size: Size) -> [ClickTarget: Set<Point>] {
        let frame = SampleStudio.draw(state, size: size)
        var found: [ClickTarget: Set<Point>] = [:]
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                let point = Point(column: column, row: row)
                if let click = frame.targets.click(at: point) { found[click.target, default: []].insert(point) }
            }
        }
        return found
    }

    private func text(_ points: Set<Point>, _ surface: Surface) -> String {
        points.sorted { ($0.row, $0.column) < ($1.row, $1.column) }.map { surface[$0.column, $0.row].text }.joined()
    }

    private func state(_ pane: Pane, _ size: Size) -> StudioState {
        var state = SampleStudio.busy(size: size)
        let commands: [Pane: Command] = [
            .model: .focusModel, .prompt: .focusPrompt, .images: .focusImages, .inputs: .focusInputs,
            .predictions: .focusPredictions, .detail: .focusDetail,
        ]
        if let command = commands[pane] { SampleStudio.send(.command(command), to: &state) }
        SampleStudio.fit(&state, to: size)
        return state
    }

    @Test(arguments: sizes)
    func `each run that is shown is selected by a click on any cell of its rows`(size: Size) {
        var state = state(.predictions, size)
        let found = targets(state, size)
        let runs = found.keys.compactMap { if case .run(let id) = $0 { id } else { nil } }
        #expect(!runs.isEmpty)
        let surface = SampleStudio.draw(state, size: size).surface
        for id in runs {
            let points = found[.run(id)] ?? []
            let run = state.runs[id]
            // Its first row holds the beginning of its prompt.
            let word = run?.prompt.split(whereSeparator: { !$0.isLetter }).first.map(String.init) ?? ""
            #expect(text(points, surface).contains(word), "\(id.rawValue) at \(size)")
            SampleStudio.send(.clicked(Click(.run(id))), to: &state)
            #expect(state.runs.selection == id)
        }
    }

    @Test(arguments: sizes)
    func `a pane is focused by a click on its frame`(size: Size) {
        for pane in Pane.allCases {
            let state = state(pane, size)
            let layout = ScreenLayout(size: size, state: state)
            for (shown, rect) in layout.panes where rect.height >= 3 {
                let corner = Point(column: rect.left, row: rect.bottom - 1)
                let click = SampleStudio.draw(state, size: size).targets.click(at: corner)
                #expect(click?.target == .pane(shown), "\(shown) at \(size)")
                var copy = state
                if let click { SampleStudio.send(.clicked(click), to: &copy) }
                #expect(copy.focus == shown)
            }
        }
    }

    @Test(arguments: sizes)
    func `each row of a list to choose from can be clicked, over its whole width`(size: Size) {
        for command in [Command.palette, .help, .changeModel] {
            var state = SampleStudio.busy(size: size)
            SampleStudio.send(.command(command), to: &state)
            SampleStudio.fit(&state, to: size)
            guard let picker = state.picker else {
                Issue.record("\(command) opens no list")
                continue
            }
            let layout = PickerLayout(picker, size: size)
            let found = targets(state, size)
            let rows = found.keys.compactMap { if case .pickerRow(let row) = $0 { row } else { nil } }.sorted()
            #expect(
                rows == Array(picker.top..<min(picker.matches.count, picker.top + layout.list.height)),
                "\(command)"
            )
            for row in rows {
                #expect(found[.pickerRow(row)]?.count == layout.list.width)
                var copy = state
                SampleStudio.send(.clicked(Click(.pickerRow(row))), to: &copy)
                // One click selects, or chooses; it never chooses another row.
                // The palette and the help are rows themselves, which open a list anew.
                let reopens = [Command.palette, .help].map(\.rawValue).contains(picker.matches[row].value)
                if !reopens, let picker = copy.picker, picker.kind == state.picker?.kind {
                    #expect(picker.selection == row)
                }
            }
            // Behind the list nothing can be clicked.
            for target in found.keys {
                switch target {
                case .pane, .run, .image, .input, .inputControl, .prompt, .tab, .tile:
                    Issue.record("\(target) lies behind the list")
                default: break
                }
            }
        }
    }

    @Test(arguments: sizes)
    func `images and inputs that are shown can be clicked, each on a line of its own`(size: Size) {
        for pane in [Pane.images, .inputs] {
            let state = state(pane, size)
            let found = targets(state, size)
            let surface = SampleStudio.draw(state, size: size).surface
            for (target, points) in found {
                switch target {
                case .image(let index):
                    #expect(Set(points.map(\.row)).count == 1)
                    #expect(text(points, surface).contains("\(index + 1)"))
                    var copy = state
                    SampleStudio.send(.clicked(Click(target)), to: &copy)
                    #expect(copy.compose.images.selection == index && copy.focus == .images)
                case .input(let index):
                    let name = state.compose.inputRows[index].name
                    #expect(text(points, surface).contains(name.prefix(6)), "\(name) at \(size)")
                    var copy = state
                    SampleStudio.send(.clicked(Click(target)), to: &copy)
                    #expect(copy.compose.inputRows.firstIndex(where: \.isSelected) == index)
                default: break
                }
            }
        }
    }

    @Test(arguments: sizes)
    func `what a question asks is answered by its buttons, which are always there`(size: Size) {
        for lines in [[], ["a line"], (0..<4).map { "model \($0)\t$0.01" }, [String(repeating: "words ", count: 30)]] {
            var state = SampleStudio.busy(size: size)
            state.confirmation = Confirmation(
                purpose: .quit,
                title: "Really?",
                lines: lines,
                confirmLabel: "Do it",
                cancelLabel: "No"
            )
            let found = targets(state, size)
            let surface = SampleStudio.draw(state, size: size).surface
            #expect(found[.answer(isConfirm: true)].map { text($0, surface) } == "[ Do it ]", "\(size) \(lines.count)")
            #expect(found[.answer(isConfirm: false)].map { text($0, surface) } == "[ No ]", "\(size) \(lines.count)")
            SampleStudio.send(.clicked(Click(.answer(isConfirm: false))), to: &state)
            #expect(state.confirmation == nil && !state.isQuitting)
        }
    }

    @Test func `a value in a question is shown, cut where it does not fit`() {
        let size = Size(columns: 80, rows: 24)
        var state = SampleStudio.busy(size: size)
        state.confirmation = Confirmation(
            purpose: .quit,
            title: "Really?",
            lines: ["model\tblack-forest-labs/flux-kontext-pro", "prompt\t" + String(repeating: "words ", count: 30)],
            confirmLabel: "Do it"
        )
        let text = SampleStudio.draw(state, size: size).surface.text().joined(separator: "\n")
        #expect(text.contains("black-forest-labs/flux-kontext-pro"))
        #expect(
            text.contains("words words words words words words…")
                || text.contains("words words words words words words w")
        )
    }

    @Test func `the place of a click counts from the corner of what was clicked`() {
        let size = Size(columns: 120, rows: 36)
        let state = state(.prompt, size)
        let frame = SampleStudio.draw(state, size: size)
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                guard let click = frame.targets.click(at: Point(column: column, row: row)) else { continue }
                #expect(click.column >= 0 && click.column < size.columns && click.row >= 0 && click.row < size.rows)
                #expect(column - click.column >= 0 && row - click.row >= 0)
            }
        }
        for point in [Point(column: -1, row: 0), Point(column: 120, row: 0), Point(column: 0, row: 36)] {
            #expect(frame.targets.click(at: point) == nil)
        }
    }

    @Test(arguments: sizes)
    func `what today has cost is in the first line, and leads to what was spent`(size: Size) {
        for pane in [Pane.prompt, .predictions, .detail] {
            var state = state(pane, size)
            let surface = SampleStudio.draw(state, size: size).surface
            #expect(surface.text()[0].contains("$0.31"), "\(surface.text()[0])")
            let found = targets(state, size)[.command(.showSpend)] ?? []
            #expect(found.contains { $0.row == 0 })
            SampleStudio.send(.clicked(Click(.command(.showSpend))), to: &state)
            #expect(state.ledger != nil)
        }
    }

    @Test func `of the hints in the footer the pinned ones stay, and the others keep their order`() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let hints = (0..<Int.random(in: 0...12, using: &random)).map { number in
                FooterView.Hint(
                    command: .help,
                    key: String(repeating: "k", count: Int.random(in: 1...6, using: &random)),
                    label: "label\(number)",
                    price: Bool.random(using: &random) ? "$0.01" : nil,
                    isEnabled: true,
                    isPinned: Int.random(in: 0...4, using: &random) == 0
                )
            }
            let columns = Int.random(in: 0...160, using: &random)
            let shown = FooterView.fitting(hints, columns: columns)
            #expect(shown == hints.filter { shown.contains($0) })
            #expect(Set(shown).isSuperset(of: hints.filter(\.isPinned)))
            let needed = shown.reduce(-3) { $0 + $1.columns + 3 }
            let pinned = hints.filter(\.isPinned).reduce(-3) { $0 + $1.columns + 3 }
            #expect(needed <= max(columns, pinned))
        }
    }
}
