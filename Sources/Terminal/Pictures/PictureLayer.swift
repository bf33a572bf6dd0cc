import Pixels

/// What has to be written so that pictures are where a frame has them: decided here, written by ``PictureOutput``. A value
/// without a terminal.
///
/// A picture is uploaded once and kept by the terminal, as long as there is room; painted where a frame has it; taken away
/// where it has it no longer. While it cannot be seen yet, the cells below it are.
struct PictureLayer {
    /// What is to be written before the cells of a frame are drawn.
    struct Clearing: Equatable {
        /// Sequences that take pictures off the screen.
        var removals: [UInt8] = []
        /// Where cells must be blanked and then drawn again: a picture was painted over them, and they were blanked for it.
        var blanked: [Rect] = []

        var isEmpty: Bool { removals.isEmpty && blanked.isEmpty }

        fileprivate mutating func take(off placement: PicturePlacement) {
            removals += placement.graphic.removal
            if !placement.graphic.paint.isEmpty { blanked.append(placement.rect) }
        }
    }

    /// Something to be written between frames.
    enum Job: Equatable {
        case upload(PictureGraphic)
        case paint(PicturePlacement)

        var graphic: PictureGraphic {
            switch self {
            case .upload(let graphic): graphic
            case .paint(let placement): placement.graphic
            }
        }
    }

    /// Bytes of pictures that a terminal is asked to keep.
    static let mostKept = 48 << 20
    /// How many pictures it is asked to keep.
    static let mostPictures = 64

    /// What the last frame has.
    private(set) var wanted: [PicturePlacement] = []
    /// On the screen now.
    private(set) var shown: [PicturePlacement] = []
    /// Perhaps still on the screen: it was erased in a way that some terminals do not extend to pictures.
    private var unsure: [PicturePlacement] = []
    /// What the terminal keeps, the one that was used longest ago first.
    private(set) var kept: [PictureGraphic] = []
    /// What the last frame has and the terminal does not show yet, in order.
    private(set) var jobs: [Job] = []
    /// What the terminal has lost once, and was sent again.
    private var resent: Set<PictureGraphic> = []
    /// What is to be freed before it is sent again.
    private var doubtful: [PictureGraphic] = []

    /// Whether the terminal keeps something that would outlive this program.
    var keepsAnything: Bool { !kept.isEmpty || !shown.isEmpty || !unsure.isEmpty }

    /// Whether the terminal has all of the picture, so that cells can show it.
    func isUploaded(_ graphic: PictureGraphic) -> Bool { kept.contains(graphic) }

    /// Takes over what a frame has.
    ///
    /// - Parameters:
    ///   - lastRow: a picture in the cells that reaches this row could scroll the screen, and is left out.
    ///   - begun: the job of which a part is written. It goes on unless the frame has no use for it.
    mutating func show(_ placements: [PicturePlacement], lastRow: Int, begun: Job? = nil) -> Clearing {
        wanted = placements.filter { !$0.graphic.isInCells || $0.rect.bottom <= lastRow }
        var clearing = Clearing()
        for placement in unsure where !wanted.contains(placement) { clearing.take(off: placement) }
        for placement in shown where !wanted.contains(placement) && !hasHeir(placement) {
            clearing.take(off: placement)
        }
        clearing.removals += doubtful.flatMap(\.release)
        doubtful = []
        unsure = []
        shown = shown.filter { wanted.contains($0) || hasHeir($0) }
        jobs = []
        for placement in wanted where !shown.contains(placement) {
            let graphic = placement.graphic
            if !graphic.upload.isEmpty, !isUploaded(graphic), !jobs.contains(.upload(graphic)) {
                jobs.append(.upload(graphic))
            }
            if !graphic.paint.isEmpty { jobs.append(.paint(placement)) }
        }
        if let begun, !jobs.contains(begun) {
            switch begun {
            case .upload(let graphic): clearing.removals += graphic.abandonment
            case .paint(let placement): clearing.take(off: placement)
            }
        }
        for placement in wanted { noteUse(of: placement.graphic) }
        return clearing
    }

    /// Notes that a job is done. Returns sequences that free what the terminal no longer has to keep.
    mutating func finish(_ job: Job) -> [UInt8] {
        jobs.removeAll { $0 == job }
        switch job {
        case .paint(let placement):
            let before = shown.filter { Self.isFrame($0, before: placement) }
            shown.removeAll { before.contains($0) }
            shown.append(placement)
            return before.flatMap(\.graphic.removal)
        case .upload(let graphic):
            kept.append(graphic)
            return freeOldest()
        }
    }

    /// Whether a film's frame is painted in this place.
    func showsFrame(in rect: Rect) -> Bool { shown.contains { $0.isFrame && $0.rect == rect } }

    /// Whether it stays until the next frame of its film is painted over it.
    private func hasHeir(_ placement: PicturePlacement) -> Bool {
        wanted.contains { Self.isFrame(placement, before: $0) }
    }

    private static func isFrame(_ placement: PicturePlacement, before next: PicturePlacement) -> Bool {
        placement.isFrame && next.isFrame && placement != next && placement.rect == next.rect
            && !placement.graphic.paint.isEmpty && !next.graphic.paint.isEmpty
    }

    private mutating func noteUse(of graphic: PictureGraphic) {
        guard let place = kept.firstIndex(of: graphic) else { return }
        kept.append(kept.remove(at: place))
    }

    private mutating func freeOldest() -> [UInt8] {
        var bytes: [UInt8] = []
        let used = Set(wanted.map(\.graphic))
        var size = kept.reduce(0) { $0 + $1.byteCount }
        for graphic in kept where size > Self.mostKept || kept.count > Self.mostPictures {
            guard !used.contains(graphic) else { continue }
            bytes += graphic.release
            size -= graphic.byteCount
            kept.removeAll { $0 == graphic }
        }
        return bytes
    }

    /// The screen was erased: what is painted has to be painted again.
    mutating func forgetPaint() {
        unsure += shown
        shown = []
    }

    /// Everything is to be sent again, whatever the terminal still has.
    mutating func forgetAll() {
        forgetPaint()
        doubtful += kept
        kept = []
    }

    /// The terminal says that it does not have a picture: the next frame sends it again, once, because a terminal that
    /// refuses it must not be sent it for ever.
    ///
    /// - Parameter name: ``Pixels/PictureGraphic/name``.
    mutating func lost(_ name: String) {
        guard let graphic = kept.first(where: { $0.name == name }), resent.insert(graphic).inserted else { return }
        kept.removeAll { $0 == graphic }
        shown.removeAll { $0.graphic == graphic }
    }

    /// Frees everything. Returns what has to be written for it.
    mutating func freeAll() -> [UInt8] {
        let bytes = (shown + unsure).flatMap(\.graphic.removal) + kept.flatMap(\.release)
        self = PictureLayer()
        return bytes
    }
}
