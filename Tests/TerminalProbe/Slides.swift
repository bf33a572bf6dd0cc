import Foundation
import Terminal

/// Shows the drawings of a file one after the other.
@MainActor
struct Slides {
    /// One piece of text; a colour is empty, a palette entry, or red, green and blue.
    struct Stroke: Decodable {
        let column: Int
        let row: Int
        let text: String
        let foreground: [UInt8]
        let background: [UInt8]
        let attributes: UInt8
    }

    let screen: Screen
    private let drawings: [[Stroke]]

    init(screen: Screen, path: String) throws {
        self.screen = screen
        drawings = try JSONDecoder().decode([[Stroke]].self, from: Data(contentsOf: URL(filePath: path)))
    }

    func run(_ reader: inout InputReader) {
        for (number, drawing) in drawings.enumerated() {
            var surface = Surface(size: screen.size)
            for stroke in drawing {
                surface.write(
                    stroke.text,
                    at: Point(column: stroke.column, row: stroke.row),
                    style: Style(
                        foreground: color(stroke.foreground),
                        background: color(stroke.background),
                        attributes: TextAttributes(rawValue: stroke.attributes)
                    )
                )
            }
            screen.present(surface, cursor: nil)
            screen.setTitle("drawing \(number) shown")
            guard waitForKey(&reader) else { return }
        }
    }

    private func waitForKey(_ reader: inout InputReader) -> Bool {
        while true {
            for event in reader.wait().events {
                switch event {
                case .key: return true
                case .hangup: return false
                case .reply(let reply): screen.receive(reply)
                default: break
                }
            }
        }
    }

    private func color(_ parts: [UInt8]) -> Color {
        switch parts.count {
        case 1: .palette(parts[0])
        case 3: .rgb(parts[0], parts[1], parts[2])
        default: .standard
        }
    }
}
