import Foundation
import Money
import TestSupport
import Testing

@testable import Search

struct RunQueryMatchingTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)

    private static func run(
        model: String = "lab/flux",
        status: String = "succeeded",
        createdAt: Date = now,
        cost: Money? = nil,
        key: String? = nil,
        isFavourite: Bool = false,
        rating: Int? = nil
    ) -> RunFacts {
        RunFacts(
            text: SearchText.of(prompt: "A red fox", model: model, files: ["/pictures/2026-fox.webp"])
                + SearchText.of(tags: ["big print"], note: "for the wall"),
            model: model,
            status: status,
            createdAt: createdAt,
            cost: cost,
            key: key,
            isFavourite: isFavourite,
            rating: rating
        )
    }

    static let cases: [(RunQuery.Condition, RunFacts, Bool)] = [
        (.word("red fox"), run(), true), (.word("fox red"), run(), false), (.word("wall"), run(), true),
        // No word is found across the border of two parts.
        (.word("fox lab"), run(), false), (.word("pictures"), run(), false), (.word("2026-fox.webp"), run(), true),
        (.tag("big print"), run(), true), (.tag("big"), run(), false), (.tag("print"), run(), false),
        (.model("flux"), run(), true), (.model("b/f"), run(), true), (.model("owl"), run(), false),
        (.model("flux:abc"), run(model: "Lab/Flux:ABC"), true),
        (.wholeModel("lab/flux"), run(), true), (.wholeModel("lab/flux"), run(model: "Lab/Flux:abc"), true),
        (.wholeModel("lab/flux"), run(model: "lab/flux-pro"), false), (.wholeModel("flux"), run(), false),
        (.wholeModel("lab/flux:abc"), run(model: "lab/flux:abc"), true),
        (.wholeModel("lab/flux:ab"), run(model: "lab/flux:abc"), false),
        (.status("succeeded"), run(), true), (.status("failed"), run(), false),
        (.isActive, run(status: "succeeded"), false), (.isActive, run(status: "processing"), true),
        (.isActive, run(status: "forgotten"), false), (.isActive, run(status: "a word of next year"), true),
        (.cost(.equal, Money("0.2")!), run(cost: Money("0.20")!), true),
        (.cost(.more, Money("0.2")!), run(cost: Money("0.2")!), false),
        (.cost(.atLeast, Money("0.2")!), run(cost: Money("0.2")!), true),
        (.cost(.less, Money("0.2")!), run(cost: Money("0.19")!), true),
        (.cost(.atMost, Money("0.2")!), run(cost: Money("0.21")!), false),
        // An unknown cost is neither more nor less than anything, not even than nothing.
        (.cost(.atLeast, .zero), run(), false), (.cost(.less, Money("9")!), run(), false),
        (.cost(.equal, .zero), run(cost: .zero), true),
        (.costIsUnknown, run(), true), (.costIsUnknown, run(cost: .zero), false),
        (.since(now), run(), true), (.since(now.addingTimeInterval(0.001)), run(), false),
        (.until(now), run(), false), (.until(now.addingTimeInterval(0.001)), run(), true),
        (.key("SKU-1"), run(key: "SKU-1"), true), (.key("sku-1"), run(key: "SKU-1"), false),
        (.key("SKU-1"), run(), false),
        (.isFavourite, run(isFavourite: true), true), (.isFavourite, run(), false),
        (.rating(.atLeast, 4), run(rating: 4), true), (.rating(.more, 4), run(rating: 4), false),
        (.rating(.less, 3), run(rating: 2), true), (.rating(.less, 3), run(), false),
        (.rating(.atLeast, 0), run(), false), (.isUnrated, run(), true), (.isUnrated, run(rating: 1), false),
    ]

    @Test(arguments: cases)
    func `a condition holds or its opposite does`(condition: RunQuery.Condition, run: RunFacts, holds: Bool) {
        #expect(RunQuery([.init(condition)]).matches(run) == holds, "\(condition)")
        #expect(RunQuery([.init(condition, isExcluded: true)]).matches(run) != holds, "not \(condition)")
    }

    @Test func `of several terms each has to hold, in any order`() {
        var random = SeededGenerator(seed: 3)
        let runs = Self.cases.map(\.1)
        for _ in 0..<500 {
            let terms = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                RunQuery.Term(Self.cases.randomElement(using: &random)!.0, isExcluded: .random(using: &random))
            }
            let run = runs.randomElement(using: &random)!
            let all = terms.allSatisfy { RunQuery([$0]).matches(run) }
            #expect(RunQuery(terms).matches(run) == all)
            #expect(RunQuery(terms.shuffled(using: &random)).matches(run) == all)
            // Adding one by one, or a whole query, makes the same one.
            var added = RunQuery()
            for term in terms.prefix(2) { added.add(term.condition, isExcluded: term.isExcluded) }
            added.add(RunQuery(Array(terms.dropFirst(2))))
            #expect(added == RunQuery(terms))
            #expect(added.isEmpty == terms.isEmpty)
        }
    }

    @Test func `no status is both active and ended, and each of them can be asked for`() throws {
        #expect(Set(RunQuery.activeWords).isDisjoint(with: RunQuery.endedWords))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for word in RunQuery.activeWords + RunQuery.endedWords {
            let text = "status:\(word.replacing(" ", with: "-").uppercased())"
            let query = try RunQuery(parsing: text, now: Self.now, calendar: calendar)
            #expect(query.matches(Self.run(status: word)), "\(word)")
            #expect(!query.matches(Self.run(status: "another")), "\(word)")
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `any text is a query or a sentence that says why not`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "model:", "status:", "cost:", "since:", "until:", "tag:", "key:", "fav:", "rating:", "-", "\"", " ", "\t",
            "fox", "=", ">", "<=", "0.1", "$2", "7d", "yes", "no", "unknown", "none", "://", ":", "漢", "\u{1}",
            "e\u{301}",
        ]
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            do {
                let query = try RunQuery(parsing: text, now: Self.now, calendar: calendar)
                for term in query.terms {
                    // No term without content, which would mean every run.
                    switch term.condition {
                    case .word(let word), .tag(let word), .model(let word), .key(let word), .wholeModel(let word):
                        #expect(!word.isEmpty, "\(text)")
                    default: break
                    }
                }
            } catch {
                #expect(error.description.count > 10 && error.description.first?.isWhitespace == false, "\(text)")
            }
        }
    }
}
