import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct BatchReaderTests {
    /// What a reader makes of a file: each record as text, each mistake with its line.
    private func read(_ text: String, _ format: BatchFormat) throws -> [String] { try read(Data(text.utf8), format) }

    private func read(_ data: Data, _ format: BatchFormat) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString)")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var reader = try BatchReader(path: file.path, format: format)
        var found: [String] = []
        while true {
            do {
                guard let record = try reader.next() else { return found }
                let text =
                    switch record.content {
                    case .prompt(let prompt): prompt
                    case .object(let object): JSONValue.object(object).text()
                    case .cells(let cells): cells.map { "\($0.name)=\($0.text)" }.joined(separator: "|")
                    }
                found.append("\(record.line): \(text)")
            } catch let mistake as BatchMistake {
                found.append("\(mistake.line)! \(mistake.description)")
            }
        }
    }

    @Test func `a prompt stands on each line, and blank lines are none`() throws {
        #expect(try read("\u{FEFF}a fox\r\n\n  a hare \n{x}", .lines) == ["1: a fox", "3: a hare", "4: {x}"])
        #expect(try read("", .lines) == [])
    }

    @Test func `objects stand on lines, and a line that is none is told without ending the rest`() throws {
        #expect(
            try read("{\"a\":1}\n\n[1]\n{\"b\":\"ö\"}\nx", .jsonl) == [
                #"1: {"a":1}"#, "3! is no JSON object", #"4: {"b":"ö"}"#, "5! is no JSON object: a value was expected",
            ]
        )
    }

    @Test func `a table is read as RFC 4180 says`() throws {
        let table = "\u{FEFF}key,prompt,n\r\nk1,\"a \"\"red\"\" fox,\nasleep\",2\r\n\r\nk2,a 5\" screen,\r\n"
        #expect(
            try read(table, .csv) == ["2: key=k1|prompt=a \"red\" fox,\nasleep|n=2", "5: key=k2|prompt=a 5\" screen"]
        )
        #expect(try read("a\tb\n1\t\"x\ty\"\n", .tsv) == ["2: a=1|b=x\ty"])
        #expect(try read("\u{FEFF}\"a\"\n1", .csv) == ["2: a=1"])
    }

    @Test func `rows that do not fit, and quotes without an end, are told`() throws {
        #expect(
            try read("a,b\n1\n1,2,3\n1,2\n\"x", .csv) == [
                "2! has 1 cells, and the heading has 2", "3! has 3 cells, and the heading has 2", "4: a=1|b=2",
                "5! has a quote that is not closed",
            ]
        )
        #expect(try read("a,\n1,2", .csv).first == "1! is the heading, and a column has no name")
    }

    @Test func `what is no UTF-8 is told`() throws {
        #expect(try read(Data("a\n".utf8 + [0xFF, 0x0A] + "b".utf8), .lines) == ["1: a", "2! is no UTF-8", "3: b"])
    }

    @Test func `the name or the beginning tells the format`() {
        func format(_ path: String, _ text: String = "") -> BatchFormat {
            BatchFormat(path: path, beginning: text.utf8)
        }
        #expect(format("a.CSV") == .csv)
        #expect(format("a.tsv") == .tsv)
        #expect(format("a.ndjson") == .jsonl)
        #expect(format("a.txt", "\u{FEFF} {\"a\"") == .jsonl)
        #expect(format("a.txt", "a fox") == .lines)
        #expect(format("", "") == .lines)
    }
}
