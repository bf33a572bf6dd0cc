package import Foundation
package import Money

/// The estimate of the service that this program replaces: $0.003 an image and $0.10 a second of video.
package struct ReferenceEstimate: Hashable, Sendable {
    package static let image = Money("0.003")!
    package static let videoSecond = Money("0.10")!
    /// Seconds of video that an image URL makes.
    package static let secondsPerImage = 2

    package let images: Money
    package let video: Money

    package init(images count: Int, videoSeconds: Decimal) {
        images = Self.image * Decimal(count)
        video = Self.videoSecond * videoSeconds
    }

    package var total: Money { images + video }
}
