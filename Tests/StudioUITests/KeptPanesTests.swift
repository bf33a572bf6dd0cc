import Composing
import Foundation
import Money
import Pixels
import ReplicateAPI
import Search
import Studio
import Terminal
import TestSupport
import Testing

@testable import StudioUI

/// A frame that is put together from kept cells is the frame that is drawn anew.
struct KeptPanesTests {
    private struct Sitting {
        var state: StudioState
        var random: SeededGenerator
        var size: Size
        let view = Sitting.view()
        var kept = Sitting.view()

        static let sizes = [(120, 36), (200, 50), (80, 24), (60, 60), (110, 24), (70, 18)].map {
            Size(columns: $0.0, rows: $0.1)
        }

        static func view() -> StudioView {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = .gmt
            return StudioView(theme: .darkroom, glyphs: Glyphs(isUnicode: true), depth: .direct, calendar: calendar)
        }

        init(seed: UInt64) {
            random = SeededGenerator(seed: seed)
            size = Self.sizes[Int(seed) % Self.sizes.count]
            state = SampleStudio.busy(size: size)
        }

        mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements[Int.random(in: 0..<elements.count, using: &random)]
        }

        mutating func step() {
            switch Int.random(in: 0..<14, using: &random) {
            case 0: send(.typed(pick(["a", "fox", " ", "{", "|", "}", "漢", "\n", "7", "-"])))
            case 1: send(.pasted(pick(["https://h/1.png", "a\nb", "~/pics/fox.png"])))
            case 2: tick(pick([0.1, 1, 61, 90_000]))
            case 3: change()
            case 4: picture()
            case 5: world()
            case 6: resize()
            case 7: click()
            case 8: state.isFocused.toggle()
            default: send(.command(pick(Command.allCases)))
            }
            SampleStudio.fit(&state, to: size)
        }

        private mutating func send(_ action: StudioAction) { _ = SampleStudio.send(action, to: &state) }

        private mutating func tick(_ seconds: Double) { send(.ticked(state.now.addingTimeInterval(seconds))) }

        /// A run goes on, ends, is labelled, or is gone.
        private mutating func change() {
            let items = Array(state.runs.items)
            guard !items.isEmpty else { return }
            var run = pick(items)
            switch Int.random(in: 0..<5, using: &random) {
            case 0:
                run.stage = pick([.queued, .processing, .succeeded, .failed, .unclear])
                run.finishedAt = run.isActive ? nil : state.now
            case 1: run.logs += " 40%|####\n"
            case 2: run.annotation.rating = pick([nil, 3])
            case 3: run.outputs = [RunOutput(url: "https://h/o.png", path: pick(["/o/1.webp", "/o/2.webp"]))]
            default: return send(.runDeleted(run.id))
            }
            send(.runChanged(run))
        }

        private mutating func picture() {
            guard let key = state.preview?.key else { return }
            guard Int.random(in: 0..<4, using: &random) > 0 else {
                return send(.previewFailed(key, reason: "no picture"))
            }
            let (columns, rows) = (max(key.columns / 2, 1), max(key.rows / 2, 1))
            let shade = UInt8.random(in: 0...255, using: &random)
            let cell = PixelCell(glyph: "▀", foreground: .rgb(shade, 0, 0), background: .rgb(0, shade, 0))
            let cells = PixelCells(columns: columns, rows: rows, cells: Array(repeating: cell, count: columns * rows))
            let facts = PictureFacts(width: 64, height: 64, format: "webp")
            send(.previewLoaded(key, RenderedPicture(cells: cells, facts: facts)))
        }

        private mutating func world() {
            switch Int.random(in: 0..<5, using: &random) {
            case 0: send(.connectivityChanged(pick([.online, .offline("no network"), .tokenRefused("it is refused")])))
            case 1: send(.noticed(Notice(pick([.warning, .success]), "a notice")))
            case 2: send(.modelLoaded(pick([SampleStudio.flux, SampleStudio.skyreels])))
            case 3: send(.modelMissing(path: state.compose.model.path, reason: "is gone"))
            default: send(.deleted(runs: 1, files: 1, undoable: pick([0, 1])))
            }
        }

        private mutating func resize() {
            if Int.random(in: 0..<3, using: &random) == 0 { size = pick(Self.sizes) }
        }

        private mutating func click() {
            let layout = ScreenLayout(size: size, state: state)
            var view = view
            let frame = view.draw(state, layout: layout, frame: 0)
            let place = Point(
                column: .random(in: 0..<size.columns, using: &random),
                row: .random(in: 0..<size.rows, using: &random)
            )
            if let click = frame.targets.click(at: place) { send(.clicked(click)) }
        }

        /// Both frames of this moment.
        mutating func frames() -> (kept: StudioView.Frame, anew: StudioView.Frame) {
            let layout = ScreenLayout(size: size, state: state)
            let frame = Int.random(in: 0..<8, using: &random)
            var anew = view
            return (
                kept.draw(state, layout: layout, frame: frame), anew.draw(state, layout: layout, frame: frame)
            )
        }
    }

    @Test(arguments: 0..<24)
    func `kept cells equal drawing everything anew`(seed: UInt64) {
        var sitting = Sitting(seed: seed)
        for step in 0..<160 {
            sitting.step()
            let (kept, anew) = sitting.frames()
            guard kept.surface == anew.surface else {
                let rows = zip(kept.surface.text(), anew.surface.text()).enumerated().filter {
                    $0.element.0 != $0.element.1
                }
                let first = rows.first.map { "row \($0.offset):\n\($0.element.0)\n\($0.element.1)" } ?? "colours"
                Issue.record("step \(step), focus \(sitting.state.focus): \(first)")
                return
            }
            #expect(kept.cursor == anew.cursor, "step \(step)")
            #expect(kept.targets.all.count == anew.targets.all.count, "step \(step)")
            for _ in 0..<20 {
                let place = Point(
                    column: .random(in: 0..<sitting.size.columns, using: &sitting.random),
                    row: .random(in: 0..<sitting.size.rows, using: &sitting.random)
                )
                #expect(kept.targets.click(at: place) == anew.targets.click(at: place), "step \(step) at \(place)")
            }
        }
    }

    @Test func `a part that is made blank loses the pictures in it, and no others`() {
        var surface = Surface(size: Size(columns: 10, rows: 4))
        let graphic = PictureGraphic(columns: 2, rows: 2, isInCells: false)
        surface.place(graphic, at: Point(column: 0, row: 0))
        surface.place(graphic, at: Point(column: 6, row: 1))
        surface.clear(Rect(column: 0, row: 0, width: 5, height: 4))
        #expect(surface.placements.map(\.rect.left) == [6])
        surface.write("x", at: Point(column: 6, row: 1), style: Style())
        #expect(surface.placements.isEmpty)
    }

    @Test func `between two frames of the animation no pane that tells a time is drawn anew`() {
        let size = Size(columns: 120, rows: 36)
        let state = SampleStudio.busy(size: size)
        let begun = Date(timeIntervalSince1970: 1_800_000_000.25)
        func input(_ after: Double) -> PaneInput.Predictions {
            var state = state
            state.now = StudioView.shownTime(begun + after)
            let moment = PredictionsView.Moment(now: state.now, calendar: .current, frame: 3)
            return PaneInput.Predictions(state, moment, rows: 30)
        }
        #expect(input(0) == input(0.01))
        #expect(input(0) == input(0.12))
        #expect(input(0) != input(0.13))
        #expect(StudioView.shownTime(begun + 0.07) <= begun + 0.07)
    }
}
