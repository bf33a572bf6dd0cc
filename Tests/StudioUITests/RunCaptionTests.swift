import Foundation
import Money
import ReplicateAPI
import Studio
import Testing

@testable import StudioUI

struct RunCaptionTests {
    private func run(_ prompt: String, at seconds: Double = 0, model: String = "a/b", seed: Int64? = nil) -> RunItem {
        RunItem(
            id: .init(rawValue: UUID().uuidString),
            model: model,
            prompt: prompt,
            input: seed.map { ["prompt": .string(prompt), "seed": .integer($0)] } ?? ["prompt": .string(prompt)],
            stage: .succeeded,
            createdAt: Date(timeIntervalSince1970: 1_795_000_000 + seconds),
            estimate: .unknown(reason: "")
        )
    }

    private func captions(_ runs: [RunItem], rows: Range<Int>? = nil, columns: Int = 60) -> [RunCaption] {
        RunCaption.of(runs, rows: rows ?? runs.indices, columns: columns, ellipsis: "…")
    }

    @Test func `runs of one submission show what differs, under the place where it differs`() {
        let prompts = ["a lighthouse in a storm, oil painting", "a lighthouse in a storm, watercolour"]
        let found = captions(prompts.map { run($0) })
        #expect(found[0] == RunCaption(text: prompts[0]))
        #expect(found[1] == RunCaption(indent: 25, text: "watercolour"))
    }

    @Test func `a long beginning is cut so that what differs is seen`() {
        let beginning = String(repeating: "very long words ", count: 10)
        let found = captions([run(beginning + "summer"), run(beginning + "winter")], columns: 40)
        #expect(found[0].text.hasSuffix("… summer"))
        #expect(found[0].text.count <= 40)
        #expect(found[1].text == "winter")
        #expect(found[1].indent == found[0].text.count - "summer".count)
    }

    @Test func `where what differs does not fit, what all have is left out of it`() {
        let prompts = ["pastel", "oil"].flatMap { way in
            ["white", "red"].map {
                "a very long description of a lighthouse, \(way) painting of the coast, with a \($0) boat"
            }
        }
        let found = captions(prompts.map { run($0) }, columns: 40)
        #expect(Set(found.map(\.text)).count == 4)
        #expect(found[0].text.hasSuffix(" pastel … white"))
        #expect(found.dropFirst().map(\.text) == ["pastel … red", "oil … white", "oil … red"])
        #expect(found.allSatisfy { $0.indent + $0.text.count <= 40 })
    }

    @Test func `in another order too a long beginning that neighbours share is cut`() {
        let beginning = String(repeating: "very long words ", count: 10)
        let runs = [run(beginning + "summer"), run("short"), run(beginning + "winter"), run(beginning + "spring")]
        let found = RunCaption.of(runs, rows: runs.indices, isByTime: false, columns: 40, ellipsis: "…")
        #expect(found[2].text.hasSuffix("… winter") && found[3].text.hasSuffix("… spring"))
        #expect(found[1] == RunCaption(text: "short"))
        #expect(!found[0].text.hasSuffix("summer"), "nothing beside it begins so")
        #expect(found.allSatisfy { $0.indent == 0 })
    }

    @Test func `of one prompt several times seeds are counted, other inputs shown`() {
        let found = captions([run("a red fox", seed: 1), run("a red fox", seed: 2)])
        #expect(found.map(\.difference) == ["1 of 2", "2 of 2"])
        #expect(found.map(\.text) == ["a red fox", ""])
        #expect(found.map(\.indent) == [0, 9])
        #expect(captions([run("a fox"), run("a fox")]).map(\.difference) == ["1 of 2", "2 of 2"])
        var wide = run("a red fox", seed: 3)
        wide.input["aspect_ratio"] = "16:9"
        let both = captions([run("a red fox", seed: 1), wide])
        #expect(both.map(\.difference) == ["aspect_ratio —", "aspect_ratio 16:9"])
    }

    @Test func `what differs stands in one column after a long prompt, which has the rest`() {
        let prompt = String(repeating: "very long words ", count: 10)
        let found = captions([run(prompt, seed: 1), run(prompt, seed: 2), run(prompt, seed: 3)], columns: 40)
        #expect(found.map(\.difference) == ["1 of 3", "2 of 3", "3 of 3"])
        #expect(found[0].text.count == 40 - " · 1 of 3".count)
        #expect(found[0].text.hasSuffix("…"))
        #expect(Set(found.dropFirst().map(\.indent)) == [found[0].text.count])
    }

    @Test func `runs that are scrolled out of sight are counted`() {
        let runs = (1...5).map { run("a red fox", seed: $0) }
        let found = captions(runs, rows: 2..<4)
        #expect(found.map(\.difference) == ["3 of 5", "4 of 5"])
        #expect(found.map(\.text) == ["a red fox", ""])
    }

    @Test func `without a prompt a row says what it was made from`() {
        let runs = [run("", seed: 1), run("a ship", at: 60)]
        let found = RunCaption.of(runs, rows: runs.indices, columns: 40, ellipsis: "…") { _ in "from fox.png" }
        #expect(found == [RunCaption(text: "from fox.png", isSubject: true), RunCaption(text: "a ship")])
    }

    @Test(arguments: [
        // Another time, another model, another beginning, a beginning that is too short.
        (0.0, 60.0, "a/b", "a lighthouse, watercolour"), (0, 0, "c/d", "a lighthouse, watercolour"),
        (0, 0, "a/b", "the same lighthouse"), (0, 0, "a/b", "a ship"),
    ])
    func `other runs keep their whole prompt`(first: Double, second: Double, model: String, prompt: String) {
        let found = captions([run("a lighthouse, oil", at: first), run(prompt, at: second, model: model)])
        #expect(found == [RunCaption(text: "a lighthouse, oil"), RunCaption(text: prompt)])
    }

    @Test func `decimal points stand in one column, and words at the right edge`() {
        let amounts = ["$0.003", "$0.16", "≈ $12.00", "free", "?"]
        let column = AmountColumn(amounts, most: 20)
        let lines = amounts.map { column.text(of: $0, ellipsis: "…") }
        #expect(lines == ["   $0.003", "   $0.16 ", "≈ $12.00 ", "     free", "        ?"])
        #expect(Set(lines.map(\.count)) == [column.width])
    }
}
