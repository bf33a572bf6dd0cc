import Foundation
import Money
import Pricing
import ReplicateAPI
import Testing

struct PriceFileTests {
    private func read(_ yaml: String) throws(PriceBookError) -> PriceBook {
        try PriceBook(yaml: yaml, origin: "prices.yaml")
    }

    @Test func `a user's entry replaces the built-in one, and adds others`() throws {
        let own = try read(
            """
            hardware:
              gpu-mine: 0.01
            models:
              black-forest-labs/flux-schnell:
                prices:
                  - {amount: 0.002, per: image, source: my contract, read: 2026-11-20}
              acme/film:
                duration: length
                prices:
                  - {amount: [0.1, 0.2], per: second, when: {size: [hd, full hd]}}
            """
        )
        let book = PriceBook.builtIn.merging(own)
        func label(_ model: String, _ input: [String: String] = [:]) -> String {
            book.estimate(model: model, input: input.mapValues { .string($0) }, schema: nil, history: nil).label
        }
        #expect(label("black-forest-labs/flux-schnell") == "$0.002")
        #expect(label("acme/film", ["length": "5", "size": "HD"]) == "≈ $0.50–1.00")
        #expect(label("acme/film", ["length": "5", "size": "sd"]) == "?")
        #expect(label("google/imagen-4") == "$0.04")
        #expect(book["Black-Forest-Labs/flux-schnell"]?.origin == "prices.yaml")
        #expect(book.hardware["gpu-mine"]?.origin == "prices.yaml")
        #expect(book.hardware["gpu-mine"]?.rate == Money("0.01"))
    }

    @Test func `a community model can be priced by the second of compute`() throws {
        let book = try read(
            """
            models:
              lab/slow-diffusion:
                prices:
                  - {amount: 0.000975, per: compute-second}
            """
        )
        let history = RunHistory(runs: .lasting(8, 9, 10))
        let estimate = book.estimate(model: "lab/slow-diffusion", input: [:], schema: nil, history: history)
        #expect(estimate.label == "≈ $0.0078–0.0098")
        #expect(estimate.explanation == "8–10 s × $0.000975/s, your last 3 runs")
    }

    @Test(arguments: [
        ("prices: {}", 1, "a price book has no key prices (known: hardware, models)"),
        ("models:\n  flux: {prices: []}", 2, "flux must be owner/name"),
        ("models:\n  a/b: {prices: []}", 2, "prices must be a list"),
        ("models:\n  a/b:\n    seconds: 5", 3, "a/b has no prices"),
        ("models:\n  a/b:\n    prices:\n      - {per: image}", 4, "a price of a/b needs an amount"),
        ("models:\n  a/b:\n    prices:\n      - {amount: 1}", 4, "a price of a/b needs per: the unit"),
        ("models:\n  a/b:\n    prices:\n      - amount: 1\n        per: photo", 5, "per must be one of image, run"),
        ("models:\n  a/b:\n    prices:\n      - {amount: -1, per: image}", 4, "amount must be an amount in dollars"),
        ("models:\n  a/b:\n    prices:\n      - {amount: 1e9, per: image}", 4, "amount must be an amount in dollars"),
        ("models:\n  a/b:\n    prices:\n      - {amount: [2, 1], per: image}", 4, "begins with the lower one"),
        ("models:\n  a/b:\n    prices:\n      - {amount: 1, per: image, read: last May}", 4, "read must be a day"),
        ("models:\n  a/b:\n    prices:\n      - {amount: 1, per: image, read: 2026-02-30}", 4, "read must be a day"),
        ("models:\n  a/b:\n    prices:\n      - {amount: 1, per: image, sure: yes}", 4, "has no key sure"),
        ("models:\n  a/b:\n    prices:\n      - {amount: 1, per: image, confidence: D}", 4, "must be A, B or C"),
        ("models:\n  a/b:\n    seconds: [9, 2]\n    prices: []", 3, "begins with the lower one"),
        ("models:\n  a/b:\n    count-up-to: {when: {mode: many}}", 3, "count-up-to needs input"),
        ("models:\n  a/b:\n    count-up-to: {input: n, if: {mode: many}}", 3, "count-up-to has no key if"),
        ("models:\n  a/b:\n    quantity: {second: fps ×}\n    prices: []", 3, "fps × is no quantity"),
        ("models:\n  a/b:\n    quantity: {second: 5}\n    prices: []", 3, "5 is no quantity"),
        ("models:\n  a/b:\n    quantity: {day: n}\n    prices: []", 3, "not for day"),
        ("models:\n  a/b:\n    quantity: {second: n}\n    prices: [{amount: 1, per: image}]", 3, "no price per second"),
        ("models:\n  a/b:\n    quantity: {video: n}\n    prices: [{amount: 1, per: video}]", 3, "comes from no input"),
        ("models:\n  a/b:\n    duration: n\n    prices: [{amount: 1, per: video}]", 3, "no price per second"),
        ("models:\n  a/b:\n    count: n\n    prices: [{amount: 1, per: run}]", 3, "no price per image"),
        ("models:\n  a/b:\n    seconds: 5\n    prices: [{amount: 1, per: run}]", 3, "no price per second"),
        ("models:\n  a/b:\n    count-up-to: {input: n}\n    prices: [{amount: 1, per: run}]", 3, "no price per image"),
        ("models:\n  a/b:\n    count: n\n    quantity: {image: m}\n    prices: []", 4, "told twice"),
        ("models:\n  a/b:\n    duration: 5 s\n    prices: []", 3, "the name of an input"),
        ("models:\n  a/b:\n    ignores: n\n    prices: []", 3, "must be a list"),
        (
            "models:\n  a/b:\n    ignores: [n]\n    count: n\n    prices: [{amount: 1, per: image}]", 3,
            "cannot be ignored"
        ),
        ("models:\n  a/b:\n    prices: [{amount: 1, per: image, about: maybe}]", 3, "about must be true or false"),
        (
            "models:\n  a/b:\n    prices: [{amount: 1, per: run}]\n  A/B:\n    prices: [{amount: 1, per: run}]", 5,
            "A/B stands there twice"
        ),
        ("hardware:\n  cpu: dear", 2, "cpu must be an amount in dollars"),
        ("hardware:\n  cpu: {rate: 1}", 2, "cpu has no key rate"),
        ("hardware:\n  cpu: {source: page}", 2, "cpu needs an amount"),
        ("hardware:\n  cpu: 1\n  cpu: 2", 2, "cpu stands there twice"),
        ("hardware: [", 2, "this is no YAML"),
    ])
    func `a mistake is reported with its line and the reason`(yaml: String, line: Int, reason: String) {
        let error = #expect(throws: PriceBookError.self) { try read(yaml) }
        #expect(error?.origin == "prices.yaml")
        #expect(error?.line == line, "\(error?.description ?? "")")
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test(arguments: [
        ("2026-10-07", nil), ("2026-06-01", nil), ("2026-05-26", nil), ("2026-05", "6 months old"),
        ("2025-11", "12 months old"),
        ("2025", "22 months old"), ("2024", "2 years old"),
    ])
    func `a price states its age after half a year`(read: String, age: String?) throws {
        let today = Date(timeIntervalSince1970: 1_795_536_000)
        #expect(try #require(ReadDate(read)).staleness(on: today) == age)
    }
}
