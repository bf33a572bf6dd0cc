import Foundation
import Terminal

/// Shows each event on a line of its own, the newest last, below a line that describes the screen.
@MainActor
struct EventLog {
    let screen: Screen
    private var lines: [String] = []

    init(screen: Screen) {
        self.screen = screen
    }

    mutating func run(_ reader: inout InputReader) {
        draw()
        while true {
            let batch = reader.wait()
            for event in batch.events {
                if !handle(event) { return }
            }
            if batch.signals.contains(.stopRequested) { screen.stopProcess() }
            if batch.signals.contains(.terminated) { return }
            draw()
        }
    }

    /// Returns false when it is time to leave.
    private mutating func handle(_ event: InputEvent) -> Bool {
        switch event {
        case .hangup:
            return false
        case .resize:
            _ = screen.refreshSize()
        case .reply(let reply):
            screen.receive(reply)
        case .key(let key):
            lines.append("key \(key.notation)")
            return command(key)
        default:
            lines.append("\(event)")
        }
        return true
    }

    private mutating func command(_ key: Key) -> Bool {
        switch key.notation {
        case "q": return false
        case "ctrl+z": screen.stopProcess()
        case "ctrl+l": screen.redrawAll()
        case "ctrl+t": screen.setTitle("probe \u{1B}]2;x")
        case "ctrl+g": screen.call("called")
        case "ctrl+k": fatalError("asked to crash")
        case "ctrl+e":
            FileHandle.standardError.write(Data("noise on standard error".utf8))
        case "ctrl+r":
            screen.suspend()
            let script = "echo child sees TERM=$TERM TERMINFO=$TERMINFO; read line"
            if let status = try? ForegroundCommand(["/bin/sh", "-c", script]).run() { lines.append("child \(status)") }
            screen.resume()
        default: break
        }
        return true
    }

    private func draw() {
        var surface = Surface(size: screen.size)
        surface.write(
            "\(screen.size.columns)x\(screen.size.rows) \(screen.depth) unicode=\(screen.isUnicode) "
                + "synchronized=\(screen.synchronizesOutput)",
            at: .zero,
            style: Style(foreground: .rgb(10, 200, 30), attributes: .bold)
        )
        for (row, line) in lines.suffix(screen.size.rows - 1).enumerated() {
            surface.write(line, at: Point(column: 0, row: row + 1), style: Style())
        }
        screen.present(surface, cursor: .shown(Point(column: 3, row: 0)))
    }
}
