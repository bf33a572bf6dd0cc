import Terminal
import Testing

@testable import StudioUI

struct ScreenSelectionTests {
    private static let lines = ["│the first row  │", "│狐 is a fox    │", "│               │", "│the last       │"]
    private static let inside = Rect(column: 1, row: 0, width: 15, height: 4)

    private var surface: Surface {
        var surface = Surface(size: Size(columns: 17, rows: 4))
        for (row, line) in Self.lines.enumerated() {
            surface.write(line, at: Point(column: 0, row: row), style: Style())
        }
        return surface
    }

    private func selected(
        _ from: (Int, Int),
        _ to: (Int, Int),
        in area: Rect = inside,
        pictures: [Rect] = []
    ) -> String {
        var selection = ScreenSelection(from: Point(column: from.0, row: from.1), in: area)
        selection.extend(to: Point(column: to.0, row: to.1))
        return selection.text(of: surface, pictures: pictures)
    }

    @Test func `part of a row is selected with the cells at both ends, in either direction`() {
        #expect(selected((5, 0), (9, 0)) == "first")
        #expect(selected((9, 0), (5, 0)) == "first")
    }

    @Test func `rows are whole within the frame, without the blanks at their ends`() {
        #expect(selected((5, 0), (8, 3)) == "first row\n狐 is a fox\n\nthe last")
        #expect(selected((8, 3), (5, 0)) == "first row\n狐 is a fox\n\nthe last")
    }

    @Test func `a pointer beyond the frame selects to its edge`() {
        #expect(selected((11, 0), (900, 0)) == "row")
        #expect(selected((5, 3), (-4, -9)) == "the first row\n狐 is a fox\n\nthe l")
        #expect(selected((1, 3), (200, 70)) == "the last")
    }

    @Test func `what begins outside, a shaking hand and blanks select nothing`() {
        #expect(selected((0, 0), (8, 0)) == "")
        #expect(selected((5, 0), (5, 0)) == "")
        #expect(selected((5, 0), (6, 0)) == "")
        #expect(selected((3, 2), (9, 2)) == "")
        var selection = ScreenSelection(from: Point(column: 5, row: 1), in: Self.inside)
        #expect(selection.rows.isEmpty)
        selection.extend(to: Point(column: 5, row: 2))
        #expect(selection.rows.count == 2)
    }

    @Test func `pictures are neither copied nor drawn over`() {
        let picture = Rect(column: 5, row: 0, width: 5, height: 2)
        #expect(selected((1, 0), (12, 1), pictures: [picture]) == "the  row\n狐 iox")
        var selection = ScreenSelection(from: Point(column: 1, row: 0), in: Self.inside)
        selection.extend(to: Point(column: 12, row: 1))
        var shown = surface
        selection.show(on: &shown, pictures: [picture])
        for row in 0..<4 {
            for column in 0..<17 {
                let point = Point(column: column, row: row)
                let isSelected = selection.rows.contains { $0.contains(point) } && !picture.contains(point)
                #expect(shown[column, row].style.attributes.contains(.reverse) == isSelected)
                #expect(shown[column, row].text == surface[column, row].text)
            }
        }
    }

    @Test func `the frame that was drawn last is the one that text is selected in`() {
        var map = ClickMap()
        map.add(frame: Rect(column: 0, row: 0, width: 40, height: 20))
        var dialog = ClickMap()
        dialog.add(frame: Rect(column: 10, row: 5, width: 20, height: 6))
        map.add(dialog)
        #expect(map.frameContent(at: Point(column: 12, row: 7)) == Rect(column: 11, row: 6, width: 18, height: 4))
        #expect(map.frameContent(at: Point(column: 2, row: 7)) == Rect(column: 1, row: 1, width: 38, height: 18))
        #expect(map.frameContent(at: Point(column: 50, row: 7)) == nil)
        map.removeAll()
        #expect(map.frameContent(at: Point(column: 12, row: 7)) == nil)
    }
}
