package import Studio
package import Terminal

/// What stands where on a frame, for clicks.
package struct ClickMap: Sendable {
    private var zones: [(area: Rect, target: ClickTarget)] = []
    private var frames: [Rect] = []

    package init() {}

    /// What is added later stands above what was added before.
    mutating func add(_ area: Rect, _ target: ClickTarget) { zones.append((area, target)) }

    /// Those of another map stand above these.
    mutating func add(_ other: ClickMap) {
        zones += other.zones
        frames += other.frames
    }

    /// A frame whose text can be selected.
    mutating func add(frame: Rect) { frames.append(frame) }

    mutating func removeAll() {
        zones.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
    }

    /// The inside of the frame at this place; nil: there is none.
    package func frameContent(at point: Point) -> Rect? {
        frames.last { $0.contains(point) }?.inset(by: 1)
    }

    /// All targets, the lowest first.
    package var all: [ClickTarget] { zones.map(\.target) }

    /// The click that a press at this place is; nil: nothing stands there.
    package func click(at point: Point, isDouble: Bool = false) -> Click? {
        guard let zone = zones.last(where: { $0.area.contains(point) }) else { return nil }
        return Click(
            zone.target,
            column: point.column - zone.area.left,
            row: point.row - zone.area.top,
            isDouble: isDouble
        )
    }
}
