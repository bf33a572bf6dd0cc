/// The frames of a film or an animation, in the order in which they are asked for. All methods block; one thread at a time.
protocol FilmFrames: AnyObject {
    /// The frame that is seen at a moment, in seconds from the beginning; nil: the film is over by then.
    func frame(at second: Double) throws(PictureError) -> Bitmap?
}
