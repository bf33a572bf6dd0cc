import Pixels
import Studio

/// Where a film stands, in words.
enum FilmText {
    /// `▶ 1.2 of 5.0 s`; the second sign stands for a film that stands still.
    static func position(of film: Film, _ glyphs: Glyphs) -> String {
        let sign = film.isPlaying ? glyphs.playing : glyphs.paused
        let second = Seconds.text(film.second)
        guard let duration = film.facts.duration else { return "\(sign) \(second)" }
        return "\(sign) \(second) of \(Seconds.text(duration))"
    }
}
