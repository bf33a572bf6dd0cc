import Foundation
import Predictions
import ReplicateAPI
import Testing

struct ReconciliationTests {
    private static let sentAt = Date(timeIntervalSince1970: 1_795_536_988)
    private static let input: JSONObject = ["prompt": "a fjord", "seed": 7]

    /// - Parameters:
    ///   - noticed: seconds from the journaled time to the loss, by this machine's clock, which is the server's.
    ///   - skews: what was known of the server's clock when it was sent, and when it is looked for.
    private func search(
        _ input: JSONObject = input,
        model: String = "a/b",
        noticed: Double = 1,
        skews: (sent: Double?, now: Double?) = (0, 0)
    ) -> Reconciliation {
        Reconciliation(
            SentCreation(model: model, input: input),
            within: CreationWindow(
                sentAt: Self.sentAt.addingTimeInterval(skews.sent ?? 0),
                sentSkew: skews.sent,
                noticedAt: Self.sentAt.addingTimeInterval(noticed),
                skew: skews.now,
                answerTimeout: .seconds(30)
            )
        )
    }

    private func prediction(
        _ id: String,
        model: String = "a/b",
        input: JSONObject = input,
        after seconds: Double = 1,
        source: String = "api"
    ) throws -> Prediction {
        let created = Self.sentAt.addingTimeInterval(seconds).formatted(.iso8601)
        return try #require(
            Prediction(
                json: [
                    "id": .string(id), "model": .string(model), "input": .object(input), "status": "starting",
                    "source": .string(source), "created_at": .string(created),
                ]
            )
        )
    }

    /// What is said in the end where every look finds the same.
    private func end(_ search: Reconciliation, _ listing: Reconciliation.Listing) -> Reconciliation.Verdict {
        var search = search
        for _ in Reconciliation.waits.dropFirst() {
            let verdict = search.judge(listing, owned: [])
            guard case .lookAgain = verdict else { return verdict }
        }
        return search.judge(listing, owned: [])
    }

    @Test func `the only one of the model with this input and time is it, with what the server added`() throws {
        var search = search()
        let ours = try prediction("p", input: Self.input.merging(["go_fast": true]) { $1 })
        let other = try prediction("q", model: "a/c")
        #expect(search.judge(.init([ours, other]), owned: []) == .adopt(ours))
    }

    @Test func `what was made elsewhere, belongs to another record or differs anywhere is not it`() throws {
        var search = search()
        let others = [
            try prediction("owned"), try prediction("web", source: "web"),
            try prediction("seed", input: ["prompt": "a fjord", "seed": 8]), try prediction("model", model: "a/bb"),
            try prediction("early", after: -61), try prediction("late", after: 91),
        ]
        for wait in Reconciliation.waits.dropFirst() {
            #expect(search.judge(.init(others), owned: [Prediction.ID("owned")]) == .lookAgain(after: wait))
        }
        #expect(search.judge(.init(others), owned: [Prediction.ID("owned")]) == .absent)
    }

    @Test(arguments: [110.0, 3_600])
    func `a request that left long after the journal said so is found up to the moment when the loss was noticed`(
        late: Double
    ) throws {
        var search = search(noticed: late)
        let ours = try prediction("p", after: late - 1)
        #expect(search.judge(.init([ours]), owned: []) == .adopt(ours))
    }

    /// The server's clock as it was known when the run was sent, and as it is known when it is looked for.
    private static let jumps: [(sent: Double?, now: Double?)] = [
        (-3_600, 0), (3_600, 0), (0, -3_600), (0, 3_600), (0, nil), (nil, nil), (nil, -3_600),
    ]

    @Test(arguments: jumps.indices)
    func `where the server's clock has changed since it was sent, nothing is said to be absent, and it is still found`(
        index: Int
    ) throws {
        let skews = Self.jumps[index]
        #expect(end(search(skews: skews), .init([])) == .untold)
        // The server's true time is this machine's, whatever the readings were.
        let ours = try prediction("p")
        #expect(end(search(skews: skews), .init([ours])) == .adopt(ours))
    }

    @Test func `a clock that changes between two looks and back is no clock to go by`() {
        var search = search()
        for wait in Reconciliation.waits.dropFirst() {
            #expect(search.judge(.init([]), owned: []) == .lookAgain(after: wait))
        }
        search.window.learn(-3_600)
        search.window.learn(0)
        #expect(search.judge(.init([]), owned: []) == .untold)
    }

    @Test func `a second of difference between two readings of the clock is none`() {
        #expect(end(search(skews: (0.4, -0.6)), .init([])) == .absent)
        // A record of an older version did not keep its reading.
        #expect(end(search(skews: (nil, 0)), .init([])) == .absent)
    }

    @Test func `twins that nothing tells apart are a person's to choose`() throws {
        var search = search()
        let twins = [try prediction("p"), try prediction("q")]
        #expect(search.judge(.init(twins), owned: []) == .ambiguous(twins))
    }

    @Test func `a prediction that the list names twice is one`() throws {
        var search = search()
        let ours = try prediction("p")
        #expect(search.judge(.init([ours, ours, ours]), owned: []) == .adopt(ours))
        // Also where the second row says more than the first.
        var second = self.search()
        let later = try prediction("p", input: Self.input.merging(["go_fast": true]) { $1 })
        #expect(second.judge(.init([ours, later]), owned: []) == .adopt(ours))
    }

    @Test func `one that shows up late is still found, and only after the last look there is none`() throws {
        var search = search()
        for wait in Reconciliation.waits.dropFirst() {
            #expect(search.judge(.init([]), owned: []) == .lookAgain(after: wait))
        }
        var other = search
        #expect(search.judge(.init([]), owned: []) == .absent)
        let late = try prediction("p")
        #expect(other.judge(.init([late]), owned: []) == .adopt(late))
    }

    @Test func `a list that was not read completely proves nothing`() throws {
        #expect(end(search(), .init([], isComplete: false)) == .untold)
        let ours = try prediction("p")
        #expect(end(search(), .init([ours], isComplete: false)) == .adopt(ours))
    }

    @Test func `what the server no longer says is a person's to judge, even where it is the only one`() throws {
        let removed = try prediction("p", input: [:])
        #expect(end(search(), .init([removed])) == .ambiguous([removed]))
        let less = try prediction("q", input: ["prompt": "a fjord"])
        #expect(end(search(), .init([less])) == .ambiguous([less]))
        // One that says all of it wins at once.
        var search = search()
        let ours = try prediction("r")
        #expect(search.judge(.init([removed, ours, less]), owned: []) == .adopt(ours))
    }

    private static let words: [(JSONObject, JSONObject)] = [
        (["x": 7.0], ["x": 7]), (["x": 7], ["x": 7.0]), (["x": 1e3], ["x": 1000]), (["x": "7"], ["x": 7]),
        (["x": 7], ["x": "7"]), (["x": true], ["x": "true"]), (["x": " a\r\nb "], ["x": "a\nb"]),
        (["x": "e\u{301}"], ["x": "\u{e9}"]), (["x": .null], [:]), (["x": .null], ["x": 5]),
        (["x": "data:image/png;base64,AA=="], ["x": "https://replicate.delivery/a"]), (["x": "data:,a"], [:]),
        (["x": "https://api.replicate.com/v1/files/a"], ["x": "https://replicate.delivery/b"]),
        (["x": ["data:,a", "https://h/b"]], ["x": ["https://replicate.delivery/a", "https://h/b"]]),
        (["x": [1.0, ["y": 2]]], ["x": [1, ["y": 2.0, "z": 3]]]),
    ]

    @Test(arguments: words.indices)
    func `an input in the server's own words is known again`(index: Int) throws {
        let (sent, listed) = Self.words[index]
        var search = search(Self.input.merging(sent) { $1 })
        let ours = try prediction("p", input: Self.input.merging(listed) { $1 })
        #expect(search.judge(.init([ours]), owned: []) == .adopt(ours))
    }

    private static let differences: [(JSONValue, JSONValue)] = [
        (7, 8), (7.5, 7), (true, false), ("a", "b"), (["a"], ["a", "b"]), (["a"], "a"), (["y": 1], ["y": 2]),
        (9_007_199_254_740_993, 9_007_199_254_740_992),
    ]

    @Test(arguments: differences.indices)
    func `another value is another run`(index: Int) throws {
        let (sent, listed) = Self.differences[index]
        let other = try prediction("p", input: Self.input.merging(["x": listed]) { $1 })
        #expect(end(search(Self.input.merging(["x": sent]) { $1 }), .init([other])) == .absent)
    }

    @Test func `of two addresses that differ a person has to say whether they are the same file`() throws {
        let sent = search(Self.input.merging(["image": "https://h/a.png"]) { $1 })
        let copy = try prediction("p", input: Self.input.merging(["image": "https://replicate.delivery/x"]) { $1 })
        #expect(end(sent, .init([copy])) == .ambiguous([copy]))
        let exact = try prediction("q", input: Self.input.merging(["image": "https://h/a.png"]) { $1 })
        #expect(end(sent, .init([copy, exact])) == .adopt(exact))
    }

    @Test func `a secret is not repeated, and says neither yes nor no`() throws {
        let sent = SentCreation(
            model: "a/b",
            input: Self.input.merging(["key": "hunter2"]) { $1 },
            unrepeated: ["key"]
        )
        for shown in [[:], ["key": "***"], ["key": .null]] as [JSONObject] {
            #expect(sent.likeness(to: try prediction("p", input: Self.input.merging(shown) { $1 })) == .certain)
        }
    }

    @Test func `a model is known by its name in any spelling, and a version by itself`() throws {
        let ours = try prediction("p", model: "Black-Forest-Labs/FLUX-schnell")
        #expect(end(search(model: "black-forest-labs/flux-schnell"), .init([ours])) == .adopt(ours))
        let version = String(repeating: "a", count: 64)
        let pinned = try prediction("p")
        #expect(end(search(model: "a/b:\(version)"), .init([pinned])) == .adopt(pinned))
        let other = Prediction(
            json: .object(
                (pinned.raw.object ?? [:]).merging(["version": .string(String(repeating: "b", count: 64))]) { $1 }
            )
        )
        #expect(end(search(model: "a/b:\(version)"), .init([try #require(other)])) == .absent)
        let nameless = try prediction("p", model: "")
        #expect(end(search(), .init([nameless])) == .ambiguous([nameless]))
    }

    @Test func `a deployment's run is known by the deployment`() throws {
        let plain = try prediction("p", model: "x/y")
        let ours = try #require(
            Prediction(json: .object((plain.raw.object ?? [:]).merging(["deployment": "Acme/Fast"]) { $1 }))
        )
        #expect(end(search(model: "deployments/acme/fast"), .init([ours, plain])) == .adopt(ours))
    }

    @Test func `an input of which nothing can be said is never taken for certain`() throws {
        let sent = search(["image": "data:,a"])
        let found = try prediction("p", input: ["image": "https://replicate.delivery/x"])
        #expect(end(sent, .init([found])) == .ambiguous([found]))
        // With no input at all, model and time are all there is.
        let bare = try prediction("q", input: [:])
        #expect(end(search([:]), .init([bare])) == .adopt(bare))
    }
}
