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

    private func captions(_ runs: [RunItem], columns: Int = 60) -> [RunCaption] {
        RunCaption.of(runs, columns: columns, ellipsis: "…")
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

    @Test func `of one prompt several times the inputs that differ are shown`() {
        let found = captions([run("a red fox", seed: 1), run("a red fox", seed: 2)])
        #expect(found.map(\.difference) == ["seed 1", "seed 2"])
        #expect(found.map(\.text) == ["a red fox", ""])
        #expect(captions([run("a red fox"), run("a red fox")]).map(\.text) == ["a red fox", "a red fox"])
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
