import Foundation
import Glibc
import History
import Money
import Synchronization

/// What the service has counted since it was started.
package final class ServiceMetrics: Sendable {
    private struct Request: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private struct Upstream: Hashable {
        let operation: String
        let outcome: String
    }

    private struct State {
        var requests: [Request: Int] = [:]
        var latencies: [String: Histogram] = [:]
        var generations: [String: [String: Int]] = ["image": [:], "video": [:]]
        var durations: [String: Histogram] = [
            "image": Histogram(bounds: Histogram.runs), "video": Histogram(bounds: Histogram.runs),
        ]
        var upstreamLatencies: [String: Histogram] = [:]
        var upstreamErrors: [Upstream: Int] = [:]
        var cacheHits = 0
        var cacheMisses = 0
        var rateLimited = 0
        var wrongKeys = 0
        var logLinesDropped = 0
        var reloads = ["accepted": 0, "refused": 0]
        var connections = 0
        var connectionsCut = 0
        var turnedAway = 0
        var spend = Money.zero
        var unknownCosts = 0
        var callbacks: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let startedAt = Date()

    /// All counters at zero.
    package init() {}

    // MARK: Counting

    func request(route: String, method: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[Request(route: route, method: method, status: status), default: 0] += 1
            state.latencies[route, default: Histogram(bounds: Histogram.requests)].observe(seconds)
        }
    }

    /// - Parameter outcome: `success`, `error`, `timeout` or `abandoned`.
    func generation(_ kind: GenerationResult.Kind, outcome: String, seconds: Double) {
        let name = kind.metricName
        state.withLock { state in
            state.generations[name]?[outcome, default: 0] += 1
            state.durations[name]?.observe(seconds)
        }
    }

    /// - Parameter error: what went wrong; nil when there was an answer that is none.
    package func upstream(operation: String, seconds: Double, error: String?) {
        state.withLock { state in
            state.upstreamLatencies[operation, default: Histogram(bounds: Histogram.requests)].observe(seconds)
            if let error { state.upstreamErrors[Upstream(operation: operation, outcome: error), default: 0] += 1 }
        }
    }

    func cache(isHit: Bool) {
        state.withLock { state in
            if isHit { state.cacheHits += 1 } else { state.cacheMisses += 1 }
        }
    }

    func rateLimited() { state.withLock { $0.rateLimited += 1 } }
    func reload(isAccepted: Bool) {
        state.withLock { $0.reloads[isAccepted ? "accepted" : "refused", default: 0] += 1 }
    }
    /// The log could not be written fast enough. From any thread.
    package func logLineDropped() { state.withLock { $0.logLinesDropped += 1 } }
    func wrongKey() { state.withLock { $0.wrongKeys += 1 } }
    func connectionOpened() { state.withLock { $0.connections += 1 } }
    func connectionClosed() { state.withLock { $0.connections -= 1 } }
    func connectionCut() { state.withLock { $0.connectionsCut += 1 } }
    func turnedAway() { state.withLock { $0.turnedAway += 1 } }
    func callback(outcome: String) { state.withLock { $0.callbacks[outcome, default: 0] += 1 } }

    /// To be called once a run, when it is settled.
    func spent(_ run: RunRecord) {
        state.withLock { state in
            if let money = run.cost?.money {
                state.spend = state.spend + money
            } else {
                state.unknownCosts += 1
            }
        }
    }

    // MARK: Telling

    /// What is measured at the moment of asking.
    struct Gauges {
        var queueDepth = 0
        var queueLimit = 0
        var runsInFlight = 0
        var isUpstreamReachable = true
        var jobs: [ServiceJob.Stage: Int] = [:]
    }

    func text(_ gauges: Gauges) -> String {
        let state = state.withLock { $0 }
        var page = PrometheusText()
        for kind in ["image", "video"] {
            let total = "replicate_\(kind)_requests_total"
            page.family(total, "counter", "Requests for \(kind == "image" ? "an image" : "a video") by outcome.")
            let outcomes = (state.generations[kind] ?? [:]).merging(["success": 0, "error": 0]) { own, _ in own }
            for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
                page.sample(total, [("status", outcome)], "\(count)")
            }
            let duration = "replicate_\(kind)_duration_seconds"
            page.family(duration, "histogram", "Seconds from request to result.")
            if let histogram = state.durations[kind] { page.histogram(duration, [], histogram) }
        }
        requests(state, &page)
        upstream(state, gauges, &page)
        work(state, gauges, &page)
        process(state, &page)
        return page.text
    }

    private func requests(_ state: State, _ page: inout PrometheusText) {
        page.family("darkroom_http_requests_total", "counter", "Requests answered.")
        let sorted = state.requests.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        for (request, count) in sorted {
            let labels = [("route", request.route), ("method", request.method), ("status", "\(request.status)")]
            page.sample("darkroom_http_requests_total", labels, "\(count)")
        }
        page.family("darkroom_http_request_duration_seconds", "histogram", "Seconds from request to answer.")
        for (route, histogram) in state.latencies.sorted(by: { $0.key < $1.key }) {
            page.histogram("darkroom_http_request_duration_seconds", [("route", route)], histogram)
        }
        page.single(
            "darkroom_rate_limited_total",
            "counter",
            "Requests refused because a client sent too many.",
            "\(state.rateLimited)"
        )
        page.single(
            "darkroom_wrong_keys_total",
            "counter",
            "Requests refused because their key was wrong, or because too many before it were.",
            "\(state.wrongKeys)"
        )
        page.single("darkroom_connections", "gauge", "Connections that are open.", "\(state.connections)")
        page.single(
            "darkroom_connections_cut_total",
            "counter",
            "Connections closed because nobody took the answers, or too many requests came at once.",
            "\(state.connectionsCut)"
        )
        page.single(
            "darkroom_queue_rejected_total",
            "counter",
            "Requests turned away because the queue was full.",
            "\(state.turnedAway)"
        )
    }

    private func upstream(_ state: State, _ gauges: Gauges, _ page: inout PrometheusText) {
        page.family("darkroom_upstream_request_duration_seconds", "histogram", "Seconds a call to the API took.")
        for (operation, histogram) in state.upstreamLatencies.sorted(by: { $0.key < $1.key }) {
            page.histogram("darkroom_upstream_request_duration_seconds", [("operation", operation)], histogram)
        }
        page.family("darkroom_upstream_errors_total", "counter", "Calls to the API that brought no result.")
        let errors = state.upstreamErrors.sorted {
            ($0.key.operation, $0.key.outcome) < ($1.key.operation, $1.key.outcome)
        }
        for (error, count) in errors {
            page.sample(
                "darkroom_upstream_errors_total",
                [("operation", error.operation), ("code", error.outcome)],
                "\(count)"
            )
        }
        page.single(
            "darkroom_upstream_up",
            "gauge",
            "Whether the API answers.",
            gauges.isUpstreamReachable ? "1" : "0"
        )
    }

    private func work(_ state: State, _ gauges: Gauges, _ page: inout PrometheusText) {
        page.single("darkroom_queue_depth", "gauge", "Requests that wait for their turn.", "\(gauges.queueDepth)")
        page.single("darkroom_queue_limit", "gauge", "Requests that may wait.", "\(gauges.queueLimit)")
        page.single("darkroom_runs_in_flight", "gauge", "Runs that have not ended.", "\(gauges.runsInFlight)")
        page.single(
            "darkroom_cache_hits_total",
            "counter",
            "Requests answered with a run that was there.",
            "\(state.cacheHits)"
        )
        page.single(
            "darkroom_cache_misses_total",
            "counter",
            "Requests that could have been and were not.",
            "\(state.cacheMisses)"
        )
        page.single(
            "darkroom_spend_usd_total",
            "counter",
            "US dollars that runs of known cost have cost.",
            "\(state.spend.amount)"
        )
        page.single(
            "darkroom_spend_unknown_total",
            "counter",
            "Runs whose cost is not known.",
            "\(state.unknownCosts)"
        )
        page.family("darkroom_jobs", "gauge", "Accepted jobs by where they stand.")
        for stage in ServiceJob.Stage.allCases {
            page.sample("darkroom_jobs", [("stage", stage.rawValue)], "\(gauges.jobs[stage] ?? 0)")
        }
        page.family("darkroom_callbacks_total", "counter", "Callbacks tried, by what came of it.")
        let outcomes = state.callbacks.merging(["delivered": 0, "failed": 0]) { own, _ in own }
        for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
            page.sample("darkroom_callbacks_total", [("outcome", outcome)], "\(count)")
        }
    }

    private func process(_ state: State, _ page: inout PrometheusText) {
        let reloads = "darkroom_configuration_reloads_total"
        page.family(reloads, "counter", "Times the config file was read again, by what came of it.")
        for (outcome, count) in state.reloads.sorted(by: { $0.key < $1.key }) {
            page.sample(reloads, [("outcome", outcome)], "\(count)")
        }
        page.single(
            "darkroom_log_lines_dropped_total",
            "counter",
            "Lines of the log that were lost because its reader was too slow.",
            "\(state.logLinesDropped)"
        )
        page.single(
            "process_start_time_seconds",
            "gauge",
            "When the process began, in seconds since 1970.",
            "\(startedAt.timeIntervalSince1970)"
        )
        if let bytes = ResidentMemory.bytes {
            page.single("process_resident_memory_bytes", "gauge", "Resident memory.", "\(bytes)")
        }
    }
}

extension GenerationResult.Kind {
    fileprivate var metricName: String {
        switch self {
        case .image: "image"
        case .video: "video"
        }
    }
}

enum ResidentMemory {
    /// nil where the system does not tell.
    static var bytes: Int? {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return fields.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
    }
}
