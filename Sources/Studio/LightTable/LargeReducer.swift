package import Pixels

/// Zooms and moves in the picture that has the whole screen.
enum LargeReducer {
    /// Steps in percent of a pixel of the screen for a pixel of the picture.
    static let steps = [25, 50, 100, 200, 400, 800]

    static func reduce(_ command: LargeCommand, _ state: inout StudioState) {
        guard state.isLarge || state.comparison != nil else { return }
        switch command {
        case .zoomIn: zoom(to: steps.first { $0 > current(state) } ?? current(state), &state)
        case .zoomOut:
            // Smaller than what fits would only waste room.
            guard let step = steps.last(where: { $0 < current(state) && $0 > fitting(state) }) else {
                state.detail.crop = nil
                return
            }
            zoom(to: step, &state)
        case .realPixels: zoom(to: 100, &state)
        case .fit: state.detail.crop = nil
        case .left: pan(-1, 0, &state)
        case .right: pan(1, 0, &state)
        case .up: pan(0, -1, &state)
        case .down: pan(0, 1, &state)
        }
    }

    private static func zoom(to percent: Int, _ state: inout StudioState) {
        guard let facts = state.shownFacts else { return }
        let before = state.detail.crop
        let crop = PictureCrop(
            percent: percent,
            x: before?.x ?? facts.width / 2,
            y: before?.y ?? facts.height / 2
        )
        state.detail.crop = bounded(crop, state)
    }

    private static func pan(_ right: Int, _ down: Int, _ state: inout StudioState) {
        guard var crop = state.detail.crop else {
            // All of it is seen: sideways goes to another output.
            if state.isLarge { TableReducer.turnOutput(by: right, &state) }
            return
        }
        let part = crop.part(of: state.pictureRoom)
        crop.x += right * max(part.width / 4, 1)
        crop.y += down * max(part.height / 4, 1)
        state.detail.crop = bounded(crop, state)
    }

    /// No further than to the edges of the picture.
    private static func bounded(_ crop: PictureCrop, _ state: StudioState) -> PictureCrop {
        guard let facts = state.shownFacts else { return crop }
        let part = crop.part(of: state.pictureRoom)
        func inside(_ center: Int, _ length: Int, _ whole: Int) -> Int {
            length >= whole ? whole / 2 : min(max(center, length / 2), whole - (length + 1) / 2)
        }
        var crop = crop
        crop.x = inside(crop.x, part.width, facts.width)
        crop.y = inside(crop.y, part.height, facts.height)
        return crop
    }

    /// Percent at which the picture is seen now.
    private static func current(_ state: StudioState) -> Int { state.detail.crop?.percent ?? fitting(state) }

    /// Percent at which all of it is seen.
    private static func fitting(_ state: StudioState) -> Int {
        guard let facts = state.shownFacts, facts.width > 0, facts.height > 0 else { return 100 }
        let room = state.pictureRoom
        return min(room.width * 100 / facts.width, room.height * 100 / facts.height)
    }
}

extension StudioState {
    /// Whether the picture has the whole screen.
    package var isLarge: Bool {
        isZoomed && focus == .detail && detail.tab == .preview && shownOutput?.path != nil && shownCard == nil
    }

    /// Why the preview shows no picture; nil: it shows one, or will.
    package var pictureFailure: String? {
        guard let preview, case .failed(let reason) = preview.progress else { return nil }
        return reason
    }

    /// What is told in place of the picture of the shown output; nil: it is one, or not known yet.
    package var shownCard: FileCard? {
        guard let preview, preview.key.path == shownOutput?.path, case .card(let card) = preview.progress else {
            return nil
        }
        return card
    }

    /// What is known of the file that is shown; nil before it was read.
    package var shownFacts: PictureFacts? {
        if let comparison {
            return comparison.tiles.lazy.compactMap { comparisonFacts[$0] }.first
        }
        return preview.flatMap { pictures[$0.key]?.facts } ?? knownFacts
    }

    /// The pixels that a picture has room for.
    var pictureRoom: (width: Int, height: Int) {
        let cell = display.method == .symbols ? (width: 1, height: 2) : (display.cell.width, display.cell.height)
        if comparison != nil { return (viewport.comparisonColumns * cell.0, viewport.comparisonRows * cell.1) }
        return (viewport.pictureColumns * cell.0, viewport.pictureRows * cell.1)
    }
}
