import Foundation
import Money
import Pricing
import Testing

struct ReferenceEstimateTests {
    @Test func `the reference's estimate is unchanged`() {
        let estimate = ReferenceEstimate(images: 10, videoSeconds: 30)
        #expect("\(estimate.total.amount)" == "3.03")
        #expect("\(estimate.images.amount)" == "0.03")
        #expect("\(estimate.video.amount)" == "3")
    }
}
