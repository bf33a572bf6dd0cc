import Foundation
import ReplicateAPI
import TestSupport
import Testing

@testable import Studio

struct DetailTextTests {
    private func lines(_ source: DetailText.Source, columns: Int = 20) -> [DetailLine] {
        var text = DetailText()
        text.show(source, columns: columns) { $0.isASCII ? 1 : 2 }
        return text.lines
    }

    private func width(_ text: String) -> Int { text.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }

    @Test func `a log is folded to its width, and a line that was overwritten is what it was at last`() {
        let log = "Using seed: 42\r\n\n 10%|█|\r 20%|██|\nabcdefghijklmnopqrstuvwxyz\n"
        #expect(
            lines(.logs(log)).map(\.text) == [
                "Using seed: 42", " 20%|██|", "abcdefghijklmnopqrst", "uvwxyz",
            ]
        )
        #expect(lines(.logs("")).isEmpty)
        let steps = (0...100).map { "\($0) %" }.joined(separator: "\r")
        #expect(lines(.logs("begin\n\(steps)")).map(\.text) == ["begin", "100 %"])
        #expect(lines(.logs("\(steps)\r\nend")).map(\.text) == ["100 %", "end"])
    }

    @Test(arguments: [1, 2, 7, 20, 200])
    func `no line is wider than the pane, and no character is lost`(columns: Int) {
        let log = "first line\n漢字漢字漢字漢字漢字 and more\n" + String(repeating: "x", count: 300)
        let shown = lines(.logs(log), columns: columns).map(\.text)
        #expect(shown.allSatisfy { width($0) <= max(columns, 2) })
        #expect(shown.joined() == log.replacing("\n", with: ""))
    }

    @Test func `of a long log the end is shown, and that something is missing`() {
        let log = (0..<5_000).map { "line \($0)" }.joined(separator: "\n")
        let shown = lines(.logs(log))
        #expect(shown.count == DetailText.mostLines + 1)
        #expect(shown.first?.text.hasPrefix("… the end of a log of") == true)
        #expect(shown.last?.text == "line 4999")
    }

    @Test func `a log of one endless line does not take for ever`() {
        let log = String(repeating: "漢", count: 400_000)
        let shown = lines(.logs(log))
        #expect(shown.first?.text.hasPrefix("…") == true)
        #expect(shown.dropFirst().reduce(0) { $0 + $1.text.utf8.count } <= DetailText.mostLogBytes)
        #expect(!shown.contains { $0.text.contains("\u{FFFD}") })
    }

    @Test func `the tail is the last rows`() {
        let log = (0..<50).map { "line \($0)" }.joined(separator: "\n")
        #expect(DetailText.tail(of: log, rows: 3, columns: 20) { _ in 1 } == ["line 47", "line 48", "line 49"])
        #expect(DetailText.tail(of: "abcdef", rows: 2, columns: 2) { _ in 1 } == ["cd", "ef"])
        #expect(DetailText.tail(of: "", rows: 3, columns: 20) { _ in 1 } == [])
        #expect(DetailText.tail(of: log, rows: 0, columns: 0) { _ in 1 }.count <= 1)
    }

    @Test func `inputs are sorted, each with its name once`() {
        let shown = lines(.inputs(["seed": 7, "prompt": "a fox\nin the snow, asleep", "list": ["a", 1]]), columns: 30)
        #expect(shown.filter { $0.label != " " }.map(\.label) == ["list", "prompt", "seed"])
        #expect(shown.first { $0.label == "seed" }?.text == "7")
        #expect(shown.first { $0.label == "prompt" }?.text == "a fox")
        #expect(lines(.inputs([:])).isEmpty)
    }

    @Test func `a value of many bytes shows its beginning and its size`() {
        let data = "data:image/png;base64," + String(repeating: "A", count: 100_000)
        for source in [DetailText.Source.inputs(["image": .string(data)]), .json(["image": [.string(data)]])] {
            let shown = lines(source, columns: 200)
            #expect(shown.map(\.text).joined().contains("(97 kB in all)"))
            #expect(shown.reduce(0) { $0 + $1.text.utf8.count } < 20_000)
        }
    }

    @Test func `a document of many lines is cut, and says how many are missing`() {
        let shown = lines(.json(.array((0..<9_000).map { .integer($0) })))
        #expect(shown.count == DetailText.mostLines + 1)
        #expect(shown.last?.text.contains("more lines") == true)
    }

    @Test func `what has not changed is not made again`() {
        var text = DetailText()
        text.show(.logs("abc"), columns: 10) { _ in 1 }
        let work = text.work
        text.show(.logs("abc"), columns: 10) { _ in 1 }
        #expect(text.work == work)
        text.show(.logs("abc"), columns: 2) { _ in 1 }
        #expect(text.lines.count == 2)
        text.show(.nothing, columns: 2) { _ in 1 }
        #expect(text.lines.isEmpty && text.labelColumns == 0)
    }

    @Test func `each tab shows what it is for`() {
        var run = Bench.run("a")
        run.logs = "log"
        run.raw = ["id": "a"]
        #expect(DetailState.Tab.preview.source(of: run) == .nothing)
        #expect(DetailState.Tab.logs.source(of: run) == .logs("log"))
        #expect(DetailState.Tab.inputs.source(of: run) == .inputs(run.input))
        #expect(DetailState.Tab.json.source(of: run) == .json(["id": "a"]))
        run.raw = .null
        #expect(DetailState.Tab.json.source(of: run) == .json(.object(run.input)))
        #expect(DetailState.Tab.json.source(of: nil) == .nothing)
    }
}
