package import Pixels

/// A film or an animation that is shown where its still picture was.
package struct Film: Hashable, Sendable {
    /// The still picture's.
    package let key: PreviewKey
    /// Size, length and frames a second, as far as the file says them.
    package let facts: PictureFacts
    /// False: a person paused it, or a single frame is shown.
    package internal(set) var isPlaying: Bool
    /// The moment that is seen, in seconds.
    package internal(set) var second: Double
    /// nil: the still picture is seen.
    package internal(set) var frame: RenderedPicture?
    /// A frame was ordered and has not come.
    var isWaiting = false
    /// A moment that was stepped to; nil: none is waited for.
    var wanted: Double?
    /// The next frame comes right after the one that is seen, rather than after the time that has passed.
    var isResumed = true

    init(key: PreviewKey, facts: PictureFacts, isPlaying: Bool = true, second: Double = 0) {
        self.key = key
        self.facts = facts
        self.isPlaying = isPlaying
        self.second = second
    }

    /// Seconds between two frames that are told apart.
    var step: Double { 1 / min(max(facts.framesPerSecond ?? Self.mostFrames, 1), Self.mostFrames) }

    /// Frames a second that are shown at most.
    package static let mostFrames = 12.0
}

/// One frame, drawn for the cells of its film's key.
package struct FilmFrame: Hashable, Sendable {
    /// In the size of the preview that asked for it.
    package let picture: RenderedPicture
    /// The moment in the film.
    package let second: Double
    /// The film had ended and is shown from its beginning.
    package let isRestart: Bool

    package init(picture: RenderedPicture, second: Double, isRestart: Bool) {
        self.picture = picture
        self.second = second
        self.isRestart = isRestart
    }
}
