import Glibc
import Pixels
import Testing

@testable import Terminal
@testable import TestSupport

/// A picture's bytes on their way to a terminal that takes only so many at once.
@MainActor
struct PictureOutputTests {
    /// A pipe instead of a terminal: it takes 64 KiB, and then nothing until somebody reads.
    private struct Line {
        let reading: Int32
        let writing: Int32

        init() {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            (reading, writing) = (ends[0], ends[1])
            _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        }

        func read() -> [UInt8] {
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 16 << 10)
            while true {
                let count = Glibc.read(reading, &buffer, buffer.count)
                guard count > 0 else { return all }
                all += buffer[..<count]
            }
        }

        func close() { for end in [reading, writing] { Glibc.close(end) } }
    }

    private func sixel(_ pieces: [[UInt8]]) -> PictureLayer.Job {
        let graphic = PictureGraphic(
            columns: 4,
            rows: 3,
            paint: pieces.enumerated().map { .init(row: $0.offset, bytes: $0.element) },
            isInCells: true
        )
        return .paint(PicturePlacement(rect: Rect(column: 2, row: 5, width: 4, height: 3), graphic: graphic))
    }

    private func write(_ job: PictureLayer.Job) -> String {
        let line = Line()
        defer { line.close() }
        let output = PictureOutput(terminal: line.writing)
        defer { output.close() }
        while output.advance(job) {}
        #expect(output.hasFinished(job))
        return String(decoding: line.read(), as: UTF8.self)
    }

    @Test func `a picture in the cells frees the margins after the cursor is saved and before it is moved`() {
        let written = write(sixel([Array("PICTURE".utf8)]))
        // Setting margins moves the cursor: the place of the picture has to come after.
        #expect(written.hasSuffix("\u{1B}7\u{1B}[r\u{1B}[6;3HPICTURE\u{1B}8"))
        // Blanks first, over what stood in for it.
        let blank = (6...8).map { "\u{1B}[\($0);3H    " }.joined()
        #expect(written.hasPrefix("\u{1B}7\u{1B}[m\(blank)\u{1B}8"))
    }

    @Test func `each piece is written at its own row, and blanks come once`() {
        let written = write(sixel([Array("ONE".utf8), Array("TWO".utf8)]))
        #expect(written.contains("\u{1B}[6;3HONE\u{1B}8\u{1B}7\u{1B}[r\u{1B}[7;3HTWO\u{1B}8"))
        #expect(written.split(separator: "\u{1B}[m").count == 2)
    }

    @Test func `a picture that does not lie in the cells leaves the margins alone`() {
        let graphic = PictureGraphic(
            columns: 4,
            rows: 3,
            upload: [[1]],
            paint: [.init(bytes: Array("PICTURE".utf8))],
            isInCells: false
        )
        let place = PicturePlacement(rect: Rect(column: 2, row: 5, width: 4, height: 3), graphic: graphic)
        let written = write(.paint(place))
        #expect(!written.contains("\u{1B}[r"))
        #expect(written.hasSuffix("\u{1B}7\u{1B}[6;3HPICTURE\u{1B}8"))
        // Uploads are written as they are, wherever the cursor is.
        #expect(write(.upload(graphic)) == "\u{1}")
    }

    /// Painting a sixel picture ends every line of pixels with a new line, as a text of as many lines does.
    @Test(arguments: [(10, 24), (5, 12), (23, 24)])
    func `a terminal that was smaller when its margins were set does not scroll under a picture`(before: Int, rows: Int)
    {
        let terminal = Emulator(columns: 20, rows: before)
        // What a program, or the terminal itself, has set for the smaller screen.
        terminal.write(Array("\u{1B}[1;\(before)r".utf8))
        terminal.resize(columns: 20, rows: rows)
        terminal.write(Array("\u{1B}[2J\u{1B}[1;1Hthe first line\u{1B}[\(rows);1Hthe last line".utf8))
        let cursor = terminal.frame().cursor
        let graphic = PictureGraphic(
            columns: 3,
            rows: 4,
            paint: [.init(bytes: Array("xxx\r\nxxx\r\nxxx\r\nxxx".utf8))],
            isInCells: true
        )
        // Over the lower margin of then, and above the last line of now.
        let top = min(before - 2, rows - 5)
        let rect = Rect(column: 0, row: top, width: 3, height: 4)
        let bytes = write(.paint(PicturePlacement(rect: rect, graphic: graphic)))
        terminal.write(Array(bytes.utf8))
        let frame = terminal.frame()
        #expect(frame.lines[0].hasPrefix("the first line"))
        #expect(frame.lines[rows - 1].hasPrefix("the last line"))
        for row in rect.top..<rect.bottom { #expect(frame.lines[row].hasPrefix("xxx"), "row \(row)") }
        #expect(frame.cursor == cursor)
        // Without the margins freed the same bytes would scroll: the terminal of this test can tell.
        let other = Emulator(columns: 20, rows: before)
        other.write(Array("\u{1B}[1;\(before)r".utf8))
        other.resize(columns: 20, rows: rows)
        other.write(Array("\u{1B}[1;\(before)r\u{1B}[1;1Hthe first line".utf8))
        other.write(Array(bytes.replacing("\u{1B}[r", with: "").utf8))
        if rect.bottom > before { #expect(!other.frame().lines[0].hasPrefix("the first line")) }
    }

    @Test func `what the terminal does not take at once follows later, and nothing is lost or doubled`() {
        let line = Line()
        defer { line.close() }
        let output = PictureOutput(terminal: line.writing)
        defer { output.close() }
        let pieces = (1...3).map { [UInt8](repeating: UInt8(64 + $0), count: 150_000) }
        let graphic = PictureGraphic(columns: 4, rows: 3, upload: pieces, isInCells: false)
        let job = PictureLayer.Job.upload(graphic)
        var received: [UInt8] = []
        var stops = 0
        while !output.hasFinished(job) {
            if output.advance(job) { continue }
            stops += 1
            #expect(output.isInPiece)
            let some = line.read()
            #expect(!some.isEmpty && some.count <= 64 << 10)
            received += some
        }
        received += line.read()
        #expect(stops >= 6)
        #expect(received == pieces.flatMap { $0 })
        #expect(!output.isInPiece)
        #expect(!output.advance(job))
    }

    @Test func `a piece in its middle is cut off by what ends any sequence, and one that is whole is not`() {
        let line = Line()
        defer { line.close() }
        let output = PictureOutput(terminal: line.writing)
        defer { output.close() }
        #expect(output.cutOff() == [])
        let long = PictureGraphic(
            columns: 1,
            rows: 1,
            upload: [[UInt8](repeating: 65, count: 200_000), [66]],
            isInCells: false
        )
        #expect(!output.advance(.upload(long)))
        #expect(output.cutOff() == [0x18, 0x1B, 0x5C])
        #expect(output.cutOff() == [])
        _ = line.read()
        // Begun again it starts from the first piece.
        output.reset()
        #expect(output.begun == nil)
        #expect(!output.advance(.upload(long)))
        #expect(line.read().allSatisfy { $0 == 65 })
    }

    @Test func `another job begins at its own first piece`() {
        let line = Line()
        defer { line.close() }
        let output = PictureOutput(terminal: line.writing)
        defer { output.close() }
        let (one, two) = (
            PictureGraphic(columns: 1, rows: 1, upload: [[1], [2]], isInCells: false),
            PictureGraphic(columns: 1, rows: 1, upload: [[3], [4]], isInCells: false)
        )
        #expect(output.advance(.upload(one)))
        #expect(output.begun == .upload(one) && !output.hasFinished(.upload(one)))
        #expect(output.advance(.upload(two)) && output.advance(.upload(two)))
        #expect(output.hasFinished(.upload(two)) && !output.hasFinished(.upload(one)))
        #expect(line.read() == [1, 3, 4])
    }

    @Test func `a terminal that is gone ends the piece instead of holding the program`() {
        signal(SIGPIPE, SIG_IGN)
        let line = Line()
        let output = PictureOutput(terminal: line.writing)
        defer { output.close() }
        Glibc.close(line.reading)
        defer { Glibc.close(line.writing) }
        let graphic = PictureGraphic(columns: 1, rows: 1, upload: [[1], [2]], isInCells: false)
        #expect(output.advance(.upload(graphic)) && output.advance(.upload(graphic)))
        #expect(output.hasFinished(.upload(graphic)))
    }
}
