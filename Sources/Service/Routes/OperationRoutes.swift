import Foundation
import HTTPTypes
import History
import Hummingbird
import ReplicateAPI

/// The routes for people and machines that operate the service.
struct OperationRoutes: Sendable {
    let live: LiveConfiguration
    let history: AsyncHistory
    let dispatcher: Dispatcher
    let watch: RunWatch
    let metrics: ServiceMetrics
    /// Whether there is a token for the API.
    let hasToken: Bool
    /// Why the API takes no work; nil while it does, and before anything was asked.
    let outage: @Sendable () -> APIError?

    func add(to router: Router<ServiceContext>) {
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

    /// Always 200 while the process can answer. An API that cannot be reached is reported, but a restart would not help.
    private func health() -> Response {
        let upstream =
            if !hasToken { "not configured" } else if let outage = outage() {
                outage.refusesToken ? "token refused" : "unreachable"
            } else { "ok" }
        return Response.json([
            "status": "ok", "upstream": .string(upstream),
            "queue_depth": .integer(Int64(dispatcher.depth)),
            "runs_in_flight": .integer(Int64(watch.inFlight)),
        ])
    }

    private func gauges() async -> ServiceMetrics.Gauges {
        ServiceMetrics.Gauges(
            queueDepth: dispatcher.depth,
            queueLimit: live.current.queueLimit,
            runsInFlight: watch.inFlight,
            isUpstreamReachable: outage() == nil,
            jobs: (try? await history.read { try $0.jobs.counts() }) ?? [:]
        )
    }

    /// The start page, with curl lines for the host that was asked. A host with other characters than those of a name is
    /// replaced, because it would become a part of the page.
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
