import Foundation
import Studio
import Terminal

/// The panes as they were drawn last. One is drawn again only when what it is drawn from has changed; the frame is put
/// together from the cells that are kept.
struct KeptPanes {
    /// What all panes are drawn from.
    private struct Look: Equatable {
        var layout: ScreenLayout
        var theme: Theme
        var glyphs: Glyphs
        var depth: ColorDepth
        var calendar: Calendar
        var keys: KeyTable
    }

    /// A part of the screen that has its own place.
    private enum Part: Hashable {
        case header, estimate, facts, footer
        case pane(Pane)
    }

    private struct Kept {
        var input: PaneInput
        var marks: Canvas.Marks
    }

    private var look: Look?
    private var parts: [Part: Kept] = [:]
    /// The cells of all parts, without dialogs; nil: nothing is kept.
    private var surface: Surface?

    /// The cells to draw over with ``draw(_:layout:moment:on:)``: what is kept, or blank ones where the screen is another.
    mutating func cells(for state: StudioState, _ layout: ScreenLayout, _ view: StudioView) -> Surface {
        let look = Look(
            layout: layout,
            theme: view.theme,
            glyphs: view.glyphs,
            depth: view.depth,
            calendar: view.calendar,
            keys: state.keys
        )
        if look != self.look { forget() }
        self.look = look
        // Two references to the cells would have them copied for the first change.
        defer { surface = nil }
        return surface ?? Surface(size: layout.size)
    }

    /// Draws every part whose input has changed over what is kept of it.
    mutating func draw(
        _ state: StudioState,
        layout: ScreenLayout,
        moment: PredictionsView.Moment,
        on canvas: inout Canvas
    ) {
        draw(.header, .header(.init(state, layout)), in: layout.header, on: &canvas) {
            HeaderView.draw(state, layout: layout, on: &$0)
        }
        for pane in Pane.allCases {
            guard let rect = layout.panes[pane] else { continue }
            draw(.pane(pane), input(of: pane, state, layout, moment), in: rect, on: &canvas) { canvas in
                canvas.link(rect, .pane(pane))
                Self.draw(pane, state, layout, moment, in: rect, on: &canvas)
            }
        }
        for (area, border, size) in layout.borders { canvas.link(area, .border(border, size: size)) }
        if let rect = layout.estimate {
            draw(.estimate, .estimate(.init(state)), in: rect, on: &canvas) {
                EstimateView.draw(state, in: rect, on: &$0)
            }
        }
        if let rect = layout.details {
            draw(.facts, .facts(.init(state)), in: rect, on: &canvas) { FactsView.draw(state, in: rect, on: &$0) }
        }
        let hints = FooterView.hints(state, canvas.glyphs)
        let lines = Rect(
            column: 0,
            row: layout.toast.top,
            width: layout.size.columns,
            height: layout.footer.bottom - layout.toast.top
        )
        draw(.footer, .footer(.init(state, hints, layout, moment)), in: lines, on: &canvas) {
            FooterView.draw(state, hints, layout: layout, moment: moment, on: &$0)
        }
        surface = canvas.surface
    }

    /// Something else was on the screen.
    mutating func forget() {
        parts = [:]
        surface = nil
    }

    private mutating func draw(
        _ part: Part,
        _ input: PaneInput,
        in rect: Rect,
        on canvas: inout Canvas,
        _ body: (inout Canvas) -> Void
    ) {
        if let kept = parts[part], kept.input == input { return canvas.add(kept.marks) }
        if parts[part] != nil { canvas.surface.clear(rect) }
        let marks = canvas.part(body)
        parts[part] = Kept(input: input, marks: marks)
        canvas.add(marks)
    }

    private func input(
        of pane: Pane,
        _ state: StudioState,
        _ layout: ScreenLayout,
        _ moment: PredictionsView.Moment
    ) -> PaneInput {
        switch pane {
        case .model: .model(.init(state))
        case .prompt: .prompt(.init(state))
        case .images: .images(.init(state))
        case .inputs: .inputs(.init(state))
        case .predictions: .predictions(.init(state, moment, rows: layout.panes[pane]?.height ?? 0))
        case .detail: .detail(.init(state, stripped: layout.strip(state: state)?.outputs ?? 0..<0))
        }
    }

    private static func draw(
        _ pane: Pane,
        _ state: StudioState,
        _ layout: ScreenLayout,
        _ moment: PredictionsView.Moment,
        in rect: Rect,
        on canvas: inout Canvas
    ) {
        switch pane {
        case .model: ModelView.draw(state, in: rect, on: &canvas)
        case .prompt: PromptView.draw(state, in: rect, on: &canvas)
        case .images: ImagesView.draw(state, in: rect, on: &canvas)
        case .inputs: InputsView.draw(state, in: rect, on: &canvas)
        case .predictions: PredictionsView.draw(state, in: rect, moment: moment, on: &canvas)
        case .detail: DetailView.draw(state, in: rect, hasDetails: layout.details != nil, on: &canvas)
        }
    }
}
