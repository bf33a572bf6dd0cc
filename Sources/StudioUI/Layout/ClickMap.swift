package import Studio
package import Terminal

/// What stands where on a frame, for clicks.
package struct ClickMap: Sendable {
    private var zones: [(area: Rect, target: ClickTarget)] = []

    package init() {}

    /// What is added later stands above what was added before.
    mutating func add(_ area: Rect, _ target: ClickTarget) { zones.append((area, target)) }

    /// Those of another map stand above these.
    mutating func add(_ other: ClickMap) { zones += other.zones }

    mutating func removeAll() { zones.removeAll(keepingCapacity: true) }

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
