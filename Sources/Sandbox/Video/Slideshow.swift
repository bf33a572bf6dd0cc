import Foundation

/// Pictures shown one after the other, each with a slow camera movement, each fading into the next.
struct Slideshow {
    static let framesPerSecond = 12

    let slides: [Slide]
    let width: Int
    let height: Int
    /// Frames a picture is shown.
    let framesPerSlide: Int

    /// `duration` is that of the whole, in seconds; the size follows the first picture, at most `longSide` on a side and even.
    init?(pictures: [PixelCanvas], duration: Double, aspect: Double?, longSide: Double = 480) {
        guard let first = pictures.first else { return nil }
        let ratio = min(3, max(1.0 / 3, aspect ?? Double(first.width) / Double(first.height)))
        width = Self.even(ratio >= 1 ? longSide : longSide * ratio)
        height = Self.even(ratio >= 1 ? longSide / ratio : longSide)
        let total = max(pictures.count, Int((duration * Double(Self.framesPerSecond)).rounded()))
        framesPerSlide = max(1, total / pictures.count)
        let size = (width, height)
        slides = pictures.map { Slide($0, width: size.0, height: size.1) }
    }

    /// Every frame as a JPEG, in order. Stops early when the task is cancelled.
    @concurrent
    func frames() async -> [Data] {
        let total = framesPerSlide * slides.count
        let workers = 4
        return await withTaskGroup(of: (Int, [Data]).self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let range = (total * worker / workers)..<(total * (worker + 1) / workers)
                    return (worker, range.compactMap { Task.isCancelled ? nil : frame($0) })
                }
            }
            var parts: [Int: [Data]] = [:]
            for await (worker, part) in group { parts[worker] = part }
            return (0..<workers).flatMap { parts[$0] ?? [] }
        }
    }

    /// Every frame, in order.
    func canvases() -> [PixelCanvas] { (0..<(framesPerSlide * slides.count)).map { canvas($0) } }

    private func frame(_ number: Int) -> Data { canvas(number).encoded(.jpg, quality: 82) ?? Data() }

    private func canvas(_ number: Int) -> PixelCanvas {
        let canvas = PixelCanvas(width: width, height: height)
        let index = number / framesPerSlide
        let place = number % framesPerSlide
        slides[index].draw(on: canvas, progress: Double(place) / Double(framesPerSlide), direction: index, alpha: 256)
        let fade = min(Self.framesPerSecond / 2, framesPerSlide / 3)
        let left = framesPerSlide - place
        if left <= fade, index + 1 < slides.count {
            let alpha = 256 * (fade - left + 1) / (fade + 1)
            let lead = -Double(left) / Double(framesPerSlide)
            slides[index + 1].draw(on: canvas, progress: lead, direction: index + 1, alpha: alpha)
        }
        return canvas
    }

    private static func even(_ value: Double) -> Int { max(16, Int(value / 2) * 2) }
}
