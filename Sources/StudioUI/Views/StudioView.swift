package import Foundation
package import Studio
package import Terminal

/// Draws the studio: the same state, size and moment give the same cells, whatever was drawn before.
package struct StudioView {
    package var theme: Theme
    package var glyphs: Glyphs
    package var depth: ColorDepth
    /// Whose days and clock the table shows.
    package var calendar: Calendar

    private var kept = KeptPanes()

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
        /// What can be clicked, and the frames in which text can be selected.
        package let targets: ClickMap
        /// The cells that are pictures.
        package let pictures: [Rect]
    }

    /// The time that is shown moves as often as the animation does: a key between two of its frames leaves the panes that tell
    /// a time as they are.
    static func shownTime(_ now: Date) -> Date {
        Date(timeIntervalSince1970: (now.timeIntervalSince1970 * 8).rounded(.down) / 8)
    }

    /// - Parameter frame: eighths of a second; turns spinners and nothing else.
    package mutating func draw(_ exact: StudioState, layout: ScreenLayout, frame: Int) -> Frame {
        var state = exact
        state.now = Self.shownTime(exact.now)
        guard layout.shape != .tooSmall else {
            var canvas = Canvas(size: layout.size, theme: theme, glyphs: glyphs, depth: depth)
            TooSmallView.draw(layout.size, on: &canvas)
            return Frame(surface: canvas.surface, cursor: nil, targets: ClickMap(), pictures: [])
        }
        let hasPanes = state.comparison == nil && !state.isLarge && !state.isOnLightTable
        if !hasPanes { kept.forget() }
        let cells = hasPanes ? kept.cells(for: state, layout, self) : Surface(size: layout.size)
        var canvas = Canvas(surface: cells, theme: theme, glyphs: glyphs, depth: depth)
        let moment = PredictionsView.Moment(now: state.now, calendar: calendar, frame: frame)
        if let comparison = state.comparison {
            ComparisonView.draw(comparison, state, size: layout.size, on: &canvas)
        } else if state.isLarge {
            LargeView.draw(state, layout: layout, on: &canvas)
        } else if state.isOnLightTable, let table = state.lightTable {
            LightTableView.draw(table, state, layout: layout, moment: moment, on: &canvas)
            FooterView.draw(state, layout: layout, on: &canvas)
        } else {
            kept.draw(state, layout: layout, moment: moment, on: &canvas)
        }
        if let ledger = state.ledger { SpendView.draw(ledger, state, in: layout.body, on: &canvas) }
        if let picker = state.picker { PickerView.draw(picker, state, on: &canvas) }
        if let question = state.confirmation { DialogView.draw(question, on: &canvas) }
        if let guide = state.guide { GuideView.draw(guide, state, on: &canvas) }
        return Frame(
            surface: canvas.surface,
            cursor: canvas.cursor,
            targets: canvas.targets,
            pictures: canvas.pictures
        )
    }
}
