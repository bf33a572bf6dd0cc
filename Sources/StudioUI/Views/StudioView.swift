package import Foundation
package import Studio
package import Terminal

/// Draws the studio: the same state, size and moment give the same cells.
package struct StudioView {
    package var theme: Theme
    package var glyphs: Glyphs
    package var depth: ColorDepth
    package var calendar: Calendar

    package init(theme: Theme, glyphs: Glyphs, depth: ColorDepth, calendar: Calendar) {
        self.theme = theme
        self.glyphs = glyphs
        self.depth = depth
        self.calendar = calendar
    }

    /// A drawn screen.
    package struct Frame {
        package let surface: Surface
        /// Where the terminal's cursor belongs; nil: hidden.
        package let cursor: Cursor?
        package let targets: ClickMap
    }

    /// - Parameter frame: eighths of a second; turns spinners and nothing else.
    package func draw(_ state: StudioState, layout: ScreenLayout, frame: Int) -> Frame {
        var canvas = Canvas(size: layout.size, theme: theme, glyphs: glyphs, depth: depth)
        guard layout.shape != .tooSmall else {
            TooSmallView.draw(layout.size, on: &canvas)
            return Frame(surface: canvas.surface, cursor: nil, targets: ClickMap())
        }
        let moment = PredictionsView.Moment(now: state.now, calendar: calendar, frame: frame)
        if let comparison = state.comparison {
            ComparisonView.draw(comparison, state, size: layout.size, on: &canvas)
        } else if state.isLarge {
            LargeView.draw(state, layout: layout, on: &canvas)
        } else if state.isOnLightTable, let table = state.lightTable {
            LightTableView.draw(table, state, layout: layout, moment: moment, on: &canvas)
            FooterView.draw(state, layout: layout, on: &canvas)
        } else {
            drawPanes(state, layout: layout, moment: moment, on: &canvas)
        }
        if let ledger = state.ledger { SpendView.draw(ledger, state, in: layout.body, on: &canvas) }
        if let picker = state.picker { PickerView.draw(picker, on: &canvas) }
        if let question = state.confirmation { DialogView.draw(question, on: &canvas) }
        if let guide = state.guide { GuideView.draw(guide, state, on: &canvas) }
        return Frame(surface: canvas.surface, cursor: canvas.cursor, targets: canvas.targets)
    }

    private func drawPanes(
        _ state: StudioState,
        layout: ScreenLayout,
        moment: PredictionsView.Moment,
        on canvas: inout Canvas
    ) {
        HeaderView.draw(state, layout: layout, on: &canvas)
        for (pane, rect) in layout.panes {
            canvas.link(rect, .pane(pane))
            switch pane {
            case .model: ModelView.draw(state, in: rect, on: &canvas)
            case .prompt: PromptView.draw(state, in: rect, on: &canvas)
            case .images: ImagesView.draw(state, in: rect, on: &canvas)
            case .inputs: InputsView.draw(state, in: rect, on: &canvas)
            case .predictions: PredictionsView.draw(state, in: rect, moment: moment, on: &canvas)
            case .detail:
                DetailView.draw(state, in: rect, hasDetails: layout.details != nil, on: &canvas)
            }
        }
        if let rect = layout.estimate { EstimateView.draw(state, in: rect, on: &canvas) }
        if let rect = layout.details { FactsView.draw(state, in: rect, on: &canvas) }
        FooterView.draw(state, layout: layout, on: &canvas)
    }
}
