import Foundation
import GRDB
import Logging
import Money
import Pricing
import ReplicateAPI
import ReplicateClient
import Synchronization

@testable import History
@testable import Predictions

/// A runner on a journal in a file, before an API that answers what it is told to.
final class JournalBench: Sendable {
    /// What came, as it came.
    final class API: Transport {
        /// Called with the number of the creation, from 1, before it is answered. Throws to have its answer lost.
        private let onCreation: @Sendable (Int) async throws -> Void
        private let bodies = Mutex<[JSONValue]>([])
        /// What the list of predictions holds.
        private let listed: [JSONValue]

        init(listed: [JSONValue], onCreation: @escaping @Sendable (Int) async throws -> Void) {
            self.listed = listed
            self.onCreation = onCreation
        }

        var creations: [JSONValue] { bodies.withLock { $0 } }

        private let down = Mutex(false)

        /// Nothing gets through.
        var isDown: Bool {
            get { down.withLock { $0 } }
            set { down.withLock { $0 = newValue } }
        }

        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            if isDown { throw .notSent(reason: "as the test wants it") }
            if request.method == "POST", request.url.hasSuffix("/predictions"), case .bytes(let data, _) = request.body
            {
                let body = (try? JSONValue(parsing: data)) ?? .null
                let number = bodies.withLock { bodies in
                    bodies.append(body)
                    return bodies.count
                }
                do { try await onCreation(number) } catch { throw .interrupted(reason: "as the test wants it") }
                return Self.answer(Self.prediction(number, body["input"] ?? [:]))
            }
            if request.url.hasSuffix("/models/a/b") {
                return Self.answer(["owner": "a", "name": "b", "is_official": true])
            }
            return Self.answer(["results": .array(listed), "next": .null])
        }

        func download(
            _ request: HTTPRequest,
            to sink: @escaping @Sendable (DownloadEvent) throws -> Void
        ) async throws(TransportError) -> HTTPResponse {
            throw .notSent(reason: "nothing is to be fetched")
        }

        private static func answer(_ json: JSONValue) -> HTTPResponse {
            HTTPResponse(
                status: 200,
                headers: ["date": "Tue, 24 Nov 2026 14:12:11 GMT"],
                body: json.serialized()
            )
        }

        static func prediction(_ number: Int, _ input: JSONValue) -> JSONValue {
            [
                "id": .string("p\(number)"), "model": "a/b", "status": "succeeded", "input": input, "output": "words",
                "created_at": "2026-11-24T14:12:11Z", "completed_at": "2026-11-24T14:12:11Z", "logs": "",
                "metrics": ["predict_time": 0.1], "urls": [:],
            ]
        }
    }

    let path: String
    let store: HistoryStore
    let api: API
    let client: APIClient
    let runner: PredictionRunner
    private let seen = Mutex<[RunRecord]>([])
    private let folder: URL

    private let lost = Mutex<[String]>([])

    /// Runs that the runner has said to be another's.
    var takenOver: [String] { lost.withLock { $0 } }

    /// What the runner has told, in order.
    var told: [RunRecord] { seen.withLock { $0 } }

    init(
        spending: SpendingPolicy = SpendingPolicy(),
        mostCreations: Int = 64,
        listed: [JSONValue] = [],
        knowsModel: Bool = true,
        onCreation: @escaping @Sendable (Int) async throws -> Void = { _ in }
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "history.sqlite").path
        store = try HistoryStore.open(path: path)
        api = API(listed: listed, onCreation: onCreation)
        client = APIClient(
            configuration: ClientConfiguration(
                baseURL: URL(string: ClientConfiguration.official)!,
                token: Token("r8_test")
            ),
            transport: api
        )
        let feed = RunFeed()
        runner = PredictionRunner(
            store: store,
            client: client,
            prices: .builtIn,
            saver: OutputSaver(client: client, folder: folder),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            configuration: RunnerConfiguration(
                spending: spending,
                mostCreations: mostCreations,
                sleep: { try await Task.sleep(for: $0 / 200) }
            ),
            onUpdate: { feed.post($0) }
        )
        feed.connect { [weak self] update in
            switch update {
            case .run(let run): self?.seen.withLock { $0.append(run) }
            case .takenOver(let id): self?.lost.withLock { $0.append(id) }
            case .deleted, .refused, .online, .offline, .noticed: break
            }
        }
        // What is known needs no question: runs may go at once.
        if knowsModel { _ = try await runner.model(ModelReference("a/b")!) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func draft(_ prompt: String, id: String? = nil, estimate: Estimate = .unknown(reason: "")) -> RunDraft {
        RunDraft(
            model: "a/b",
            prompt: prompt,
            input: ["prompt": .string(prompt)],
            origin: .command,
            estimate: estimate,
            savesOutputs: false,
            id: id
        )
    }

    /// Another process' view of the journal: what is on the disk.
    func onDisk(_ id: String) throws -> RunRecord? { try HistoryStore.open(path: path).run(id) }

    /// Another process takes the run over, as if this one's lock had been lost: over NFS, or by a hand that deletes files.
    func takeAway(_ id: String, _ change: @Sendable (inout RunRecord) -> Void) throws -> HistoryStore {
        try FileManager.default.removeItem(atPath: "\(path)-owners/\(store.owner().text)")
        let other = try HistoryStore.open(path: path)
        _ = try other.claim(id) { run, _ in
            change(&run)
            return true
        }
        return other
    }

    /// Every write to the table of runs fails from now on, as on a disk that is full.
    func fillDisk() throws {
        try execute(
            """
            CREATE TRIGGER full_insert BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
            CREATE TRIGGER full_update BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;
            """
        )
    }

    func emptyDisk() throws { try execute("DROP TRIGGER full_insert; DROP TRIGGER full_update;") }

    private func execute(_ sql: String) throws { try DatabaseQueue(path: path).write { try $0.execute(sql: sql) } }
}

extension PredictionRunner {
    /// Does something in one go, with nothing in between.
    func atOnce<Value: Sendable>(_ body: @Sendable (isolated PredictionRunner) throws -> Value) rethrows -> Value {
        try body(self)
    }
}

extension RunnerState {
    /// As if the run had been taken in from the journal, had stood in line, and its version were known now.
    mutating func ready(_ run: RunRecord, version: String) {
        let now = Date()
        _ = resume(run, now: now)
        _ = begin(now: now)
        _ = take(.versionFound(version), of: run.id, now: now)
    }
}
