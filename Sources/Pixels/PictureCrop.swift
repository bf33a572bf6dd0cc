/// A part of a picture at a scale of its own, instead of all of it as large as it fits.
package struct PictureCrop: Hashable, Sendable {
    /// Pixels of the screen, in percent, for one of the picture: at 100 they are the same.
    package var percent: Int
    /// The pixel of the picture that is in the middle.
    package var x: Int
    package var y: Int

    package init(percent: Int, x: Int, y: Int) {
        self.percent = percent
        self.x = x
        self.y = y
    }

    /// The pixels of the picture that `room` pixels of the screen show.
    package func part(of room: (width: Int, height: Int)) -> (width: Int, height: Int) {
        (max(room.width * 100 / max(percent, 1), 1), max(room.height * 100 / max(percent, 1), 1))
    }
}
