import Foundation
import Money
import Testing

@testable import Search

struct RunQueryParsingTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "UTC")!
        return calendar
    }()

    private func parse(_ text: String) throws -> [RunQuery.Term] {
        try RunQuery(parsing: text, now: Self.now, calendar: Self.calendar).terms
    }

    private func issue(_ text: String) -> String? {
        do {
            _ = try parse(text)
            return nil
        } catch { return "\(error)" }
    }

    @Test func `words and terms are read one by one, each with its opposite`() throws {
        #expect(
            try parse("model:Flux status:failed cost:>0.1 tag:\"Big Fox\" key:SKU-1 fox \"Two  words\" -night")
                == [
                    .init(.model("flux")), .init(.status("failed")), .init(.cost(.more, Money("0.1")!)),
                    .init(.tag("big fox")), .init(.key("SKU-1")), .init(.word("fox")), .init(.word("two words")),
                    .init(.word("night"), isExcluded: true),
                ]
        )
        #expect(try parse("  ") == [])
        #expect(try parse("-status:done") == [.init(.status("succeeded"), isExcluded: true)])
        #expect(try parse("status:not-found status:running") == [.init(.status("not found")), .init(.isActive)])
        #expect(try parse("model:=A/B") == [.init(.wholeModel("a/b"))])
        #expect(try parse("fav: fav:no -fav:no").map(\.isExcluded) == [false, true, false])
        #expect(try parse("rating:>=4 rating:none") == [.init(.rating(.atLeast, 4)), .init(.isUnrated)])
        #expect(try parse("cost:unknown cost:$2") == [.init(.costIsUnknown), .init(.cost(.equal, Money("2")!))])
    }

    @Test func `a moment is counted back from now, or is a day`() throws {
        #expect(try parse("since:12h") == [.init(.since(Self.now.addingTimeInterval(-43_200)))])
        let day = Moment.day("2026-11-01", now: Self.now, calendar: Self.calendar)!
        #expect(try parse("until:2026-11-01") == [.init(.until(day))])
    }

    @Test(arguments: [
        ("16:9", "16:9"), ("https://h/x", "https://h/x"), ("-", "-"), ("\"model:flux\"", "model:flux"), ("a-b", "a-b"),
        ("\"open", "open"), ("ÄRGER", "ärger"),
    ])
    func `what is no term is a word`(text: String, word: String) throws {
        #expect(try parse(text) == [.init(.word(word))])
    }

    @Test(arguments: [
        ("colour:red", "no term colour:"), ("status:gone", "status: takes one of"), ("status:", "status: takes one of"),
        ("cost:cheap", "cost: takes dollars"), ("cost:>", "cost: takes dollars"), ("since:soon", "since: takes a day"),
        ("rating:9", "rating: takes 1 to 5"), ("rating:many", "rating: takes 1 to 5"), ("tag:", "tag: takes a tag"),
        ("key:", "key: takes"), ("model:", "model: takes"), ("fav:maybe", "fav: stands alone"),
    ])
    func `what makes no sense is a sentence that says what would`(text: String, words: String) throws {
        #expect(issue("fox \(text)")?.contains(words) == true, "\(issue(text) ?? "nothing")")
    }

    @Test func `folding makes case, accents' form and blanks equal, and leaves nothing that ends a part`() {
        #expect(SearchText.folded("  A\tRED\u{1}\n fox ") == "a red fox")
        #expect(Array(SearchText.folded("CAFE\u{301}").utf8) == Array("café".utf8))
        #expect(SearchText.folded("") == "")
        #expect(SearchText.folded(String(repeating: "ä", count: 100_000)).utf8.count <= SearchText.mostBytes + 4)
    }

    @Test func `a tag is found as a whole, and a word in everything`() throws {
        let text =
            SearchText.of(prompt: "A red fox", model: "lab/flux", files: ["/x/2026-fox.webp"])
            + SearchText.of(tags: ["Print", "big fox"], note: "For the Wall")
        let run = RunFacts(text: text, model: "lab/flux", status: "succeeded", createdAt: Self.now, cost: Money("0.2"))
        func matches(_ terms: String) throws -> Bool {
            try RunQuery(parsing: terms, now: Self.now, calendar: Self.calendar).matches(run)
        }
        for terms in [
            "", "fox", "RED wall", "tag:print", "tag:\"big fox\"", "2026-fox.webp", "cost:<0.3", "-owl", "flux",
        ] {
            #expect(try matches(terms), "\(terms)")
        }
        for terms in [
            "owl", "tag:big", "tag:fox", "\"fox lab\"", "cost:>0.2", "-fox", "status:failed", "fav:", "rating:5",
        ] {
            #expect(try !matches(terms), "\(terms)")
        }
    }
}
