import Composing
import Foundation
import Glibc
import Money
import Pricing
import ReplicateAPI
import Studio
import Terminal
import Testing

@testable import StudioUI

/// Plain mode from its first line to its last, with lines from a pipe. One after the other: signals are handled by one
/// program at a time.
@Suite(.serialized)
@MainActor
struct PlainProgramTests {
    private final class Printed {
        var lines: [String] = []
        var effects: [WorldEffect] = []
    }

    /// What is printed for these lines, and what the world is asked to do.
    private func run(
        _ lines: [String],
        runs: [RunItem] = [],
        draft: Draft = Draft(),
        answer: @escaping @MainActor (WorldEffect, Mailbox) -> Void = { _, _ in }
    ) -> (lines: [String], effects: [WorldEffect], state: StudioState) {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        let text = Array(lines.map { $0 + "\n" }.joined().utf8)
        _ = text.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        defer { close(ends[0]) }
        let printed = Printed()
        let mailbox = Mailbox()
        let signals = TerminalSignals(waker: mailbox.waker)
        defer { signals.uninstall() }
        let program = PlainProgram(
            input: ends[0],
            print: { printed.lines.append($0) },
            signals: signals,
            mailbox: mailbox,
            reducer: SampleStudio.reducer,
            state: SampleStudio.opened(draft: draft, runs: runs, size: Size(columns: 80, rows: 24)),
            perform: { effect in
                printed.effects.append(effect)
                answer(effect, mailbox)
            }
        )
        let state = program.run()
        return (printed.lines, printed.effects, state)
    }

    @Test func `it greets, and ends with its input`() {
        let told = run([])
        #expect(told.lines == ["Darkroom in plain mode. Type a prompt, then run. help lists the commands."])
        #expect(told.state.compose.prompt.isEmpty)
    }

    @Test func `a prompt is told with what it costs, and a count multiplies it`() {
        let lines = run(["a red fox", "count 3", "estimate"]).lines
        #expect(lines[1] == "Prompt: a red fox")
        let told = lines.dropFirst(2)
        #expect(told.first == "It costs $0.003, 1 image × $0.003.")
        #expect(told.dropFirst().allSatisfy { $0.hasPrefix("It costs $0.009 for 3 runs") }, "\(told)")
        #expect(told.count == 3)
    }

    @Test func `inputs are set by their names, and what cannot be set says why`() {
        let told = run([
            "a fox", "set num_outputs 4", "set num_outputs 99", "set nothing 1", "set num_outputs", "estimate",
        ])
        let lines = told.lines.dropFirst(3)
        #expect(lines.first?.hasPrefix("num_outputs is 4, takes 1–4") == true, "\(lines)")
        #expect(told.state.compose.inputs.values["num_outputs"] == nil, "back to its default")
        #expect(lines.last == "It costs $0.003, 1 image × $0.003.")
        #expect(lines.contains { $0.contains("nothing") })
        #expect(!lines.contains { $0.contains("num_outputs is 99") })
    }

    @Test func `all inputs are listed with what they take`() {
        let lines = run(["inputs"]).lines.dropFirst()
        for field in SampleStudio.flux.schema.fields where field.name != "prompt" {
            #expect(lines.contains { $0.hasPrefix("\(field.name) is ") }, "\(field.name)")
        }
        #expect(lines.allSatisfy { !$0.contains("\n") && !$0.contains("—") })
    }

    @Test func `help has a line for every command`() {
        let lines = run(["help"]).lines.dropFirst()
        #expect(lines.count == PlainCommand.manual.count)
        #expect(zip(lines, PlainCommand.manual).allSatisfy { $0.hasPrefix($1.usage + ": ") && $0.hasSuffix(".") })
    }

    @Test func `what was spent is told for the session and for today`() {
        let lines = run(["spend"]).lines.dropFirst()
        #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("Spent ") && $0.hasSuffix("$0.31.") }, "\(lines)")
    }

    @Test func `quit ends at once, whatever follows`() {
        let told = run(["quit", "a fox"])
        #expect(told.lines.count == 1)
        #expect(told.state.compose.prompt.isEmpty)
    }

    @Test func `without runs the list says so`() {
        #expect(run(["runs"]).lines.last == "There are no runs yet.")
    }

    @Test func `a run that would cost too much is asked for, and nothing is sent on a no`() {
        // Four images of $0.003 for each of ten runs: above the limit of ten cents.
        let lines = ["a fox", "set num_outputs 4", "count 10", "run", "no", "spend"]
        let told = run(lines)
        #expect(told.lines.contains("Type yes or no."))
        #expect(told.lines.contains("Nothing was done."))
        #expect(!told.effects.contains { if case .submit = $0 { true } else { false } })
        #expect(told.lines.last?.hasSuffix("$0.31.") == true, "the lines behind are read again")
    }

    @Test func `a question that nobody answers is answered with no`() {
        let told = run(["a fox", "set num_outputs 4", "count 10", "run"])
        #expect(told.lines.contains("Type yes or no."))
        #expect(!told.effects.contains { if case .submit = $0 { true } else { false } })
        #expect(told.state.confirmation == nil)
    }

    @Test func `while a question is open nothing else is done`() {
        let told = run(["a fox", "set num_outputs 4", "count 10", "run", "an owl", "quit", "n"])
        #expect(told.lines.filter { $0 == "A question is open: type yes or no." }.count == 2)
        #expect(told.state.compose.prompt.text == "a fox")
    }

    /// A model that is billed by time, on hardware that nobody knows.
    private static let timed = ModelDetails(
        path: "lab/slow",
        summary: "billed by time",
        isOfficial: false,
        schema: InputSchema(fields: [InputField(name: "prompt", kind: .text, isRequired: true, order: 0)])
    )

    private func runTimed(_ lines: [String]) -> (lines: [String], effects: [WorldEffect], state: StudioState) {
        run(["model lab/slow"] + lines) { effect, mailbox in
            guard case .loadModel(Self.timed.path) = effect else { return }
            mailbox.post(.modelLoaded(Self.timed))
            mailbox.post(.historyLoaded(path: Self.timed.path, RunHistory(), wasHardwareAsked: false))
        }
    }

    @Test func `a model without known hardware is asked for in lines, and what is typed then is no prompt`() {
        let told = runTimed(["a fox", "run", "yes", "an owl", "hardware gpu-zx81", "hardware gpu-l40s"])
        #expect(told.lines.contains { $0.hasPrefix("gpu-l40s, $") })
        #expect(told.lines.filter { $0 == "Type hardware NAME, hardware unknown, or no." }.count == 1)
        #expect(told.lines.filter { $0.hasPrefix("A question is open: type hardware NAME") }.count == 2)
        #expect(told.lines.contains { $0.hasPrefix("No hardware is called gpu-zx81") })
        #expect(told.lines.contains { $0.contains("it runs on gpu-l40s") }, "\(told.lines)")
        #expect(told.state.compose.prompt.text == "a fox")
        #expect(told.effects.contains(.rememberHardware(model: "lab/slow", sku: "gpu-l40s")))
        #expect(!told.effects.contains { if case .submit = $0 { true } else { false } })
    }

    @Test(arguments: [["no"], ["hardware unknown"], []])
    func `the question for the hardware can be left open, and Run asks for the money then`(answer: [String]) {
        let told = runTimed(["a fox", "run"] + answer + (answer.isEmpty ? [] : ["run", "no"]))
        #expect(told.state.picker == nil)
        #expect(told.lines.contains("Type yes or no.") == !answer.isEmpty, "\(told.lines)")
        #expect(!told.effects.contains { if case .submit = $0 { true } else { false } })
        // No key of the full screen is named.
        #expect(
            !told.lines.contains { $0.contains("alt+") || $0.contains("ctrl+") || $0.contains("Esc") },
            "\(told.lines)"
        )
    }

    @Test func `signs of the screen are said in words`() {
        var unknown = RunItem(
            id: .init(rawValue: "a"),
            model: "a/b",
            prompt: "",
            stage: .succeeded,
            createdAt: SampleStudio.now,
            estimate: .unknown(reason: "")
        )
        unknown.cost = .unknown(reason: "nobody counted")
        unknown.isSettled = true
        #expect(PlainWords.cost(of: unknown) == "cost not known")
        #expect(PlainWords.amount("≈ $0.02–0.03") == "about $0.02 to 0.03")
        #expect(PlainWords.line("google/veo-3-fast\t?") == "google/veo-3-fast: price not known")
        #expect(PlainWords.line("no columns") == "no columns")
        let listed = run(["runs"], runs: [unknown]).lines.last
        #expect(listed?.hasSuffix("cost not known, no prompt.") == true, "\(listed ?? "")")
    }

    @Test func `blank lines and a last line without its end are read`() {
        let told = run(["", "   ", "\t", "a fox"])
        #expect(told.state.compose.prompt.text == "a fox")
        #expect(told.lines.dropFirst() == ["Prompt: a fox", "It costs $0.003, 1 image × $0.003."])
    }
}
