import Glibc
import Pixels

/// Writes pictures piece by piece, as far as the terminal takes them at once, so that nothing waits for a slow line.
///
/// Within a piece nothing else may be written; between two pieces anything may.
@MainActor
final class PictureOutput {
    private let terminal: NonblockingTerminal
    /// Where pictures are written to.
    var descriptor: Int32 { terminal.descriptor }
    /// The job of which a part is written.
    private(set) var begun: PictureLayer.Job?
    private var nextPiece = 0
    /// The rest of a piece that the terminal has not taken.
    private var rest: ArraySlice<UInt8> = []

    init(terminal: Int32) {
        self.terminal = NonblockingTerminal(terminal, access: O_WRONLY)
    }

    func close() {
        terminal.close()
    }

    /// Whether a piece is written in part.
    var isInPiece: Bool { !rest.isEmpty }

    /// Writes on. Returns true when a piece has come to its end, false when the terminal takes no more for now, or nothing
    /// is left to be written of `job`.
    func advance(_ job: PictureLayer.Job) -> Bool {
        if rest.isEmpty {
            if begun != job { (begun, nextPiece) = (job, 0) }
            guard nextPiece < Self.pieceCount(job) else { return false }
            rest = Self.piece(nextPiece, of: job)[...]
            nextPiece += 1
        }
        while !rest.isEmpty {
            // Where there is no descriptor that does not wait, small parts wait least.
            if !terminal.isOwn, !isReady { return false }
            let count = rest.prefix(terminal.isOwn ? rest.count : 512).withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                return false
            } else if errno != EINTR {
                rest = []
            }
        }
        return true
    }

    private var isReady: Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&ready, 1, 0) > 0
    }

    /// Whether all of the job's pieces are written.
    func hasFinished(_ job: PictureLayer.Job) -> Bool {
        begun == job && rest.isEmpty && nextPiece >= Self.pieceCount(job)
    }

    /// Begins every job from its start.
    func reset() {
        begun = nil
        nextPiece = 0
    }

    /// What ends a piece in its middle: CAN, on which a terminal drops the sequence, and the end of a string for one that
    /// does not.
    func cutOff() -> [UInt8] {
        defer { rest = [] }
        return rest.isEmpty ? [] : [0x18, 0x1B, 0x5C]
    }

    private static func pieceCount(_ job: PictureLayer.Job) -> Int {
        switch job {
        case .upload(let graphic): graphic.upload.count
        case .paint(let placement): placement.graphic.paint.count
        }
    }

    private static func piece(_ index: Int, of job: PictureLayer.Job) -> [UInt8] {
        switch job {
        case .upload(let graphic): return graphic.upload[index]
        case .paint(let placement):
            let piece = placement.graphic.paint[index]
            let place = Point(column: placement.rect.left, row: placement.rect.top + piece.row)
            // What stood in for the picture would be seen where it does not fill its last cells.
            let blanks = index == 0 && !placement.isFrame ? CursorSequences.blanks(over: placement.rect) : []
            // A terminal may have been smaller when its margins were set: it would scroll at the lower one.
            return blanks + CursorSequences.at(place, piece.bytes, freesMargins: placement.graphic.isInCells)
        }
    }
}

/// Sequences that write somewhere and leave cursor and text style as they were.
enum CursorSequences {
    /// - Parameter freesMargins: the whole screen is between the margins from here on, as ncurses leaves it.
    static func at(_ point: Point, _ bytes: [UInt8], freesMargins: Bool = false) -> [UInt8] {
        save + (freesMargins ? Array("\u{1B}[r".utf8) : []) + move(to: point) + bytes + restore
    }

    /// Blanks in the terminal's own colours: blanks erase pictures where erasing lines does not.
    static func blanks(over rect: Rect) -> [UInt8] {
        let blank = Array(repeating: UInt8(ascii: " "), count: rect.width)
        return save + Array("\u{1B}[m".utf8)
            + (rect.top..<rect.bottom).flatMap { move(to: Point(column: rect.left, row: $0)) + blank } + restore
    }

    private static let save = Array("\u{1B}7".utf8)
    private static let restore = Array("\u{1B}8".utf8)

    private static func move(to point: Point) -> [UInt8] {
        Array("\u{1B}[\(point.row + 1);\(point.column + 1)H".utf8)
    }
}
