import Foundation
import History
import ReplicateClient
import Testing

@testable import Service

struct MetricsTests {
    @Test func `a histogram counts up to each bound`() {
        var histogram = Histogram(bounds: [1, 5])
        for seconds in [0.5, 1, 3, 9] { histogram.observe(seconds) }
        #expect(histogram.cumulative.map(\.count) == [2, 3])
        #expect(histogram.count == 4)
        #expect(histogram.sum == 13.5)
    }

    @Test func `the page names what the reference named, and every family once`() {
        let metrics = ServiceMetrics()
        metrics.generation(.image, outcome: "success", seconds: 2)
        metrics.upstream(operation: "create", seconds: 0.1, error: "429")
        metrics.request(route: "/x\"\\\n", method: "GET", status: 200, seconds: 0.1)
        let page = metrics.text(ServiceMetrics.Gauges(queueDepth: 3, queueLimit: 9, jobs: [.accepted: 2]))
        for line in [
            #"replicate_image_requests_total{status="success"} 1"#,
            #"replicate_image_duration_seconds_bucket{le="2.5"} 1"#, "replicate_image_duration_seconds_sum 2.0",
            "darkroom_queue_depth 3", #"darkroom_upstream_errors_total{operation="create",code="429"} 1"#,
            #"darkroom_jobs{stage="accepted"} 2"#, #"route="/x\"\\\n""#, "darkroom_spend_usd_total 0",
        ] {
            #expect(page.contains(line), "\(line)")
        }
        let families = page.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
        #expect(Set(families).count == families.count)
    }

    @Test func `every metric that an alert looks at is there`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let rules = try String(contentsOf: root.appending(path: "docs/service/alerts.yml"), encoding: .utf8)
        let names = rules.matches(of: /(?:darkroom|replicate)_[a-z_]+/).map { String($0.output) }
        #expect(names.count > 10)
        let page = ServiceMetrics().text(ServiceMetrics.Gauges())
        let families = page.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
        for name in names { #expect(families.contains(name[...]), "\(name)") }
    }

    @Test(arguments: [
        ("POST", "https://api.replicate.com/v1/predictions", "create"),
        ("POST", "https://api.replicate.com/v1/predictions/abc/cancel", "cancel"),
        ("GET", "https://api.replicate.com/v1/predictions?created_after=x", "list"),
        ("GET", "https://api.replicate.com/v1/predictions/abc", "get"),
        ("GET", "https://api.replicate.com/v1/models/a/b", "model"),
        ("GET", "https://api.replicate.com/v1/account", "other"),
        ("GET", "https://replicate.delivery/x/out.webp", "download"),
    ])
    func `a call to the API is named by what it is for`(method: String, url: String, name: String) {
        #expect(MeasuredTransport.operation(HTTPRequest(method: method, url: url)) == name)
    }
}
