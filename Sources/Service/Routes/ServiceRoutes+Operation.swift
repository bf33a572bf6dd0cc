import Foundation
import HTTPTypes
import History
import Hummingbird
import ReplicateAPI

extension ServiceRoutes {
    func addOperation(to router: Router<ServiceContext>) {
        router.get("/") { request, _ in
            Response.text(Self.home(host: request.head.authority ?? "").utf8, type: "text/html; charset=utf-8")
        }
        router.get("/openapi.json") { _, _ in
            Response.text(PackageResources.openapi_json, type: "application/json")
        }
        router.get("/health") { _, _ in health() }
        router.get("/metrics") { _, _ in
            Response.text(metrics.text(await gauges()).utf8, type: PrometheusText.contentType)
        }
    }

    /// Always 200 while the process can answer: whether the API can be reached is told, and no reason to restart.
    private func health() -> Response {
        let reason = outage()
        let upstream = !hasToken ? "not configured" : reason == nil ? "ok" : "unreachable"
        return Response.json([
            "status": "ok", "upstream": .string(upstream),
            "queue_depth": .integer(Int64(generations.dispatcher.depth)),
            "runs_in_flight": .integer(Int64(generations.watch.inFlight)),
        ])
    }

    private func gauges() async -> ServiceMetrics.Gauges {
        ServiceMetrics.Gauges(
            queueDepth: generations.dispatcher.depth,
            queueLimit: live.current.queueLimit,
            runsInFlight: generations.watch.inFlight,
            isUpstreamReachable: outage() == nil,
            jobs: (try? await jobs.history.read { try $0.jobCounts() }) ?? [:]
        )
    }

    /// The page with curl lines that work where it was asked for. A host that could be anything but a host is left out.
    static func home(host: String) -> String {
        let isPlain =
            !host.isEmpty
            && host.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]")]
                        .contains(byte)
            }
        return String(decoding: PackageResources.home_html, as: UTF8.self)
            .replacing("{{host}}", with: isPlain ? host : "127.0.0.1:8000")
    }
}
