import Foundation
import ReplicateAPI
import Studio
import Terminal
import TestSupport
import Testing

@testable import StudioUI

/// Where things stand, at any size.
struct PlaceLayoutTests {
    private static let areas: [Rect] = {
        var random = SeededGenerator(seed: 9)
        return (0..<400).map { _ in
            Rect(
                column: Int.random(in: 0...20, using: &random),
                row: Int.random(in: 0...10, using: &random),
                width: Int.random(in: 1...200, using: &random),
                height: Int.random(in: 1...60, using: &random)
            )
        }
    }()

    @Test func `outputs beside a picture lie in the area, apart from each other and from the picture`() {
        for area in Self.areas {
            for count in [0, 1, 2, 4, 9, 40] {
                for selected in [0, 1, count / 2, max(0, count - 1)] {
                    let strip = OutputStrip(area: area, count: count, selected: selected)
                    #expect(strip.picture.intersection(area) == strip.picture)
                    if strip.outputs.isEmpty {
                        #expect(strip.picture == area, "nothing takes room from the picture")
                        continue
                    }
                    #expect(strip.outputs.contains(min(selected, count - 1)), "the shown one is among them")
                    #expect(strip.outputs.lowerBound >= 0 && strip.outputs.upperBound <= count)
                    #expect(strip.picture.height >= OutputStrip.tile.rows, "the picture is not smaller than a tile")
                    let places = strip.outputs.map { strip.rect($0) }
                    for (index, place) in places.enumerated() {
                        #expect(place.intersection(area) == place, "\(place) in \(area)")
                        #expect(place.intersection(strip.picture).isEmpty)
                        for other in places[..<index] { #expect(place.intersection(other).isEmpty) }
                        // The sign of the shown one stands beside its tile and on no other one.
                        let sign = strip.sign(strip.outputs.lowerBound + index, columns: OutputStrip.tile.columns)
                        #expect(area.contains(sign), "\(sign) in \(area)")
                        #expect(!places.contains { $0.contains(sign) })
                    }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 5])
    func `compared pictures have equal room, and what differs has a place`(count: Int) {
        for area in Self.areas where area.width >= 60 && area.height >= 16 {
            for differences in [0, 1, 4, 30] {
                let layout = ComparisonLayout(size: area.size, count: count, differences: differences)
                #expect(layout.columns.count == count)
                #expect(Set(layout.columns.map(\.size)).count == 1)
                for (index, column) in layout.columns.enumerated() {
                    #expect(column.intersection(Rect(origin: .zero, size: area.size)) == column)
                    for other in layout.columns[..<index] { #expect(column.intersection(other).isEmpty) }
                    // The last line is for keys.
                    #expect(column.bottom == area.height - 1)
                }
                #expect((1...ComparisonLayout.mostDifferences).contains(layout.captionRows))
                #expect(layout.picture.rows + layout.captionRows + 1 == area.height - 1)
                #expect(layout.picture.rows >= area.height / 2, "more of the picture than of words")
            }
        }
    }

    @Test func `how many outputs are not shown stands beside those that are`() throws {
        let column = OutputStrip(area: Rect(column: 0, row: 0, width: 90, height: 20), count: 9, selected: 0)
        let hidden = try #require(column.hidden(of: 9))
        #expect(hidden.text == "+\(9 - column.outputs.count)")
        #expect(!column.outputs.contains { column.rect($0).contains(hidden.at) })
        #expect(
            OutputStrip(area: Rect(column: 0, row: 0, width: 90, height: 20), count: 3, selected: 0).hidden(of: 3)
                == nil
        )
        for area in Self.areas {
            let strip = OutputStrip(area: area, count: 40, selected: 7)
            guard let hidden = strip.hidden(of: 40) else { continue }
            #expect(area.contains(hidden.at) && !strip.picture.contains(hidden.at))
        }
    }

    @Test func `frames of a film stand in a row below it`() {
        for area in Self.areas {
            let strip = FilmStripLayout(area: area, isFilm: true)
            #expect(FilmStripLayout(area: area, isFilm: false).film == area)
            guard strip.count > 0 else {
                #expect(strip.film == area)
                continue
            }
            let places = (0..<strip.count).map { strip.rect($0) }
            for (index, place) in places.enumerated() {
                #expect(place.intersection(area) == place && place.intersection(strip.film).isEmpty)
                for other in places[..<index] { #expect(place.intersection(other).isEmpty) }
            }
            #expect(strip.film.height >= 12)
        }
    }

    @Test func `tiles of the light table stay on the screen, and their pictures have the room of none of their words`()
    {
        for area in Self.areas where area.width >= 60 && area.height >= 13 {
            let layout = LightTableLayout(area: area, count: 10_000)
            for place in 0..<(layout.columns * layout.rows) {
                let tile = layout.rect(place)
                #expect(tile.intersection(area) == tile, "\(tile) in \(area)")
                #expect(tile.size == layout.tile)
            }
            #expect(layout.thumbnail.rows == layout.tile.rows - LightTableLayout.captionLines)
            #expect(layout.thumbnail.columns == layout.tile.columns)
            // A tile more in a row would not fit; narrower ones only where there is a second row of them.
            let least = layout.rows > 1 ? 22 : 26
            #expect((layout.columns + 1) * 26 + layout.columns * 2 > layout.area.width)
            #expect(layout.tile.columns >= min(least, layout.area.width))
        }
    }

    @Test func `a few tiles of the light table share the whole screen`() {
        func grid(_ width: Int, _ height: Int, _ count: Int) -> LightTableLayout {
            LightTableLayout(area: Rect(column: 0, row: 1, width: width, height: height), count: count)
        }
        let four = grid(140, 37, 4)
        #expect((four.columns, four.rows) == (2, 2))
        #expect(four.tile.columns * four.tile.rows * 4 > 140 * 37 * 8 / 10)
        #expect((grid(80, 21, 100).columns, grid(80, 21, 100).rows) == (3, 2))
        #expect((grid(120, 33, 100).columns, grid(120, 33, 100).rows) == (4, 2))
        for count in 1...40 {
            for (width, height) in [(80, 21), (140, 37), (200, 47)] {
                let layout = grid(width, height, count)
                #expect(layout.columns * layout.rows >= min(count, grid(width, height, 1_000).columns))
                #expect(layout.tile.columns >= grid(width, height, 1_000).tile.columns)
            }
        }
    }

    private func rows(_ count: Int, selected: Int) -> [InputRow] {
        var form = InputsForm(
            schema: InputSchema(
                fields: (0..<count).map {
                    InputField(name: "input_\($0)", kind: .integer(minimum: 0, maximum: 9), order: $0)
                }
            )
        )
        for _ in 0..<selected { form.moveSelection(by: 1) }
        return form.rows
    }

    @Test func `inputs stand in a grid within their pane, and the selected one is seen`() {
        for area in Self.areas.prefix(120) where area.width >= 20 && area.height >= 1 {
            for count in [1, 2, 7, 25] {
                for selected in [0, count / 2, count - 1] {
                    for (isZoomed, showsHelp) in [(false, false), (false, true), (true, true)] {
                        let rows = rows(count, selected: selected)
                        let grid = InputGrid(inner: area, rows: rows, isZoomed: isZoomed, showsHelp: showsHelp)
                        let seen = grid.visible(count)
                        #expect(seen.contains(selected), "\(selected) of \(seen) in \(area)")
                        let cells = seen.map { grid.cell(at: $0) }
                        for (index, cell) in cells.enumerated() {
                            #expect(cell.intersection(area) == cell, "\(cell) in \(area)")
                            for other in cells[..<index] { #expect(cell.intersection(other).isEmpty) }
                            if let help = grid.help { #expect(cell.intersection(help).isEmpty) }
                        }
                        if let help = grid.help { #expect(help.intersection(area) == help && showsHelp) }
                        #expect(grid.label < area.width)
                    }
                }
            }
        }
    }

    @Test func `a list to choose from keeps its parts inside of its frame, and its size while one types`() {
        for area in Self.areas where area.width >= 60 && area.height >= 16 {
            for kind in [Picker.Kind.models, .commands, .prompts, .choices("x"), .hardware] {
                let items = (0..<40).map { Picker.Item(value: "v\($0)", title: "title \($0)") }
                var picker = Picker(kind: kind, title: "List", items: items)
                let layout = PickerLayout(picker, size: area.size)
                let screen = Rect(origin: .zero, size: area.size)
                #expect(layout.box.intersection(screen) == layout.box)
                let parts = [layout.query, layout.list] + [layout.heading, layout.page].compactMap { $0 }
                for (index, part) in parts.enumerated() {
                    #expect(part.intersection(layout.box.inset(by: 1)) == part, "\(part) in \(layout.box)")
                    for other in parts[..<index] { #expect(part.intersection(other).isEmpty, "\(part) \(other)") }
                }
                #expect(layout.list.height >= 3)
                #expect((layout.heading != nil) == (kind == .models))
                #expect((layout.page != nil) == (kind == .models && PickerLayout.hasPage(area.size)))
                // The last line of the frame is for what is under way, which no row of the list hides.
                #expect(layout.list.bottom <= layout.box.bottom - 2)
                picker.query = TextEditor("nothing has this", isMultiline: false)
                #expect(PickerLayout(picker, size: area.size).box == layout.box)
            }
        }
    }

    @Test func `columns of the list of models fit its width, and the name is never lost`() {
        for width in 10...170 {
            let columns = ModelColumns(width: width)
            let shown = [columns.path, columns.kind, columns.price, columns.time, columns.takes].filter { $0 > 0 }
            let sum = shown.reduce(0, +) + 2 * (shown.count - 1)
            #expect(columns.path >= 8)
            if width >= 50 { #expect(sum <= width, "\(width): \(shown)") }
        }
    }
}
