package import Foundation
package import Money

/// The estimate by the formula of the service that this program replaces: $0.003 for an image and $0.10 for a second of
/// video.
package struct ReferenceEstimate: Hashable, Sendable {
    /// Dollars for one image.
    package static let image = Money("0.003")!
    /// Dollars for one second of video.
    package static let videoSecond = Money("0.10")!
    /// Seconds of video for each image URL.
    package static let secondsPerImage = 2

    /// Dollars for all images.
    package let images: Money
    /// Dollars for all seconds of video.
    package let video: Money

    /// The estimate for this many images and seconds.
    package init(images count: Int, videoSeconds: Decimal) {
        images = Self.image * Decimal(count)
        video = Self.videoSecond * videoSeconds
    }

    /// Dollars for everything.
    package var total: Money { images + video }
}
