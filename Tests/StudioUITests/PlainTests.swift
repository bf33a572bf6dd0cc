import Foundation
import Money
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

struct PlainCommandTests {
    @Test(arguments: [
        ("a red fox", PlainCommand.prompt("a red fox")), ("prompt run away", .prompt("run away")),
        ("  run  ", .run), ("run away from home", .prompt("run away from home")), ("Model a/b", .model("a/b")),
        ("models", .models("")), ("models flux dev", .models("flux dev")), ("no image", .removeImages),
        ("image /tmp/my pic.png", .image("/tmp/my pic.png")), ("image 'a b.png'", .image("a b.png")),
        ("image of a fox", .prompt("image of a fox")), ("a modest fox", .prompt("a modest fox")),
        ("model railway at night", .prompt("model railway at night")), ("no images", .removeImages),
        ("no image of a fox", .prompt("no image of a fox")), ("set seed 42", .set(name: "seed", text: "42")),
        ("set seed = 42", .set(name: "seed", text: "42")), ("set seed", .set(name: "seed", text: "")),
        ("count 3", .count(3)), ("count the stars", .prompt("count the stars")), ("cancel 2", .cancel(2)),
        ("help me up the hill", .prompt("help me up the hill")), ("quit", .quit),
    ])
    func `a line is a command where it begins with its word, and the prompt otherwise`(
        line: String,
        command: PlainCommand
    ) {
        #expect(PlainCommand(line: line, question: nil) == command)
    }

    @Test(arguments: [
        "runs now", "run away", "show 0", "show all", "count three", "modles", "rnus", "imag", "help run",
    ])
    func `a short line that looks like a command is never a prompt that is paid for`(line: String) {
        guard case .mistake(let sentence)? = PlainCommand(line: line, question: nil) else {
            Issue.record("\(line) was taken")
            return
        }
        #expect(sentence.contains("help lists") && sentence.contains("Type prompt before it"))
    }

    @Test func `while a question is open only yes and no are answers`() {
        #expect(PlainCommand(line: "YES", question: .yesOrNo) == .answer(true))
        #expect(PlainCommand(line: "n", question: .yesOrNo) == .answer(false))
        for line in ["run", "yes please", "a fox", "1"] {
            guard case .mistake = PlainCommand(line: line, question: .yesOrNo) else {
                Issue.record("\(line) was taken for an answer")
                continue
            }
        }
        #expect(PlainCommand(line: " ", question: .yesOrNo) == nil)
    }

    @Test func `every command of the manual is read as one`() {
        for (usage, _) in PlainCommand.manual where usage != "prompt TEXT" {
            let line = usage.replacing("OWNER/NAME", with: "a/b").replacing(" N", with: " 1")
            if case .prompt? = PlainCommand(line: line, question: nil) {
                Issue.record("\(usage) is taken for a prompt")
            }
        }
    }
}

struct PlainAnnouncerTests {
    private static let size = Size(columns: 120, rows: 36)

    private func run(_ stage: RunItem.Stage, path: String? = nil, age: Double = 1) -> RunItem {
        RunItem(
            id: .init(rawValue: "one"),
            model: "a/b",
            prompt: "a fox",
            stage: stage,
            createdAt: SampleStudio.now.addingTimeInterval(-age),
            estimate: .exact(Money("0.003")!, because: ""),
            cost: stage == .succeeded ? .counted(Money("0.003")!, because: "") : nil,
            outputs: stage == .succeeded ? [RunOutput(url: "https://example.org/a.webp", path: path)] : [],
            isSettled: path != nil
        )
    }

    /// What is said while these runs come one after the other, at these seconds.
    private func told(_ changes: [(RunItem, Double)]) -> [String] {
        var state = SampleStudio.opened(size: Self.size)
        var announcer = PlainAnnouncer()
        var said: [String] = []
        for (item, second) in changes {
            let before = state
            SampleStudio.send(.ticked(SampleStudio.now.addingTimeInterval(second)), to: &state)
            SampleStudio.send(.runChanged(item), to: &state)
            said += announcer.sentences(from: before, to: state)
        }
        return said
    }

    @Test func `each state of a run is said once, and its end when the file is saved`() {
        let said = told([
            (run(.sending), 0), (run(.sending), 1), (run(.processing), 2), (run(.succeeded), 3),
            (run(.succeeded, path: "/out/a.webp"), 4), (run(.succeeded, path: "/out/a.webp"), 5),
        ])
        #expect(
            said == [
                "Run 1: sending.", "Run 1: processing, a fox.", "Run 1: done, $0.003, saved /out/a.webp.",
            ]
        )
    }

    @Test func `progress is said every few seconds at the most`() {
        let said = told((0...12).map { (run(.processing), Double($0)) })
        #expect(said == ["Run 1: processing, a fox.", "Run 1: still processing.", "Run 1: still processing."])
    }

    @Test func `a question is told with what is at stake`() {
        var state = SampleStudio.opened(size: Self.size)
        SampleStudio.send(.runChanged(run(.processing)), to: &state)
        let before = state
        SampleStudio.send(.cancelNamed(.init(rawValue: "one")), to: &state)
        var announcer = PlainAnnouncer()
        let said = announcer.sentences(from: before, to: state)
        #expect(said.contains("Cancel this prediction?"))
        #expect(said.last == "Type yes or no.")
        #expect(said.allSatisfy { !$0.contains("\t") && !$0.isEmpty })
    }
}
