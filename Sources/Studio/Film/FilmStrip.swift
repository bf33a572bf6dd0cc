package import Pixels

/// Small frames of a film, one beside the other below it, evenly over its length.
package struct FilmStrip: Hashable, Sendable {
    /// Of one frame: the film's file, and the cells that a frame has.
    package let key: PreviewKey
    /// How many there will be.
    package let count: Int
    /// Those that have come, from the first on.
    package internal(set) var frames: [RenderedPicture] = []

    init(key: PreviewKey, count: Int) {
        self.key = key
        self.count = count
    }
}
