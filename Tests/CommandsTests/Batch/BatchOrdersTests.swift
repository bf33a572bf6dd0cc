import ArgumentParser
import Foundation
import ReplicateAPI
import Testing

@testable import Commands

struct BatchOrdersTests {
    private func orders(_ words: String..., prefix: String = "", inputs: [CommandOrder.Input] = []) throws
        -> BatchOrders
    {
        BatchOrders(
            .init(
                model: "a/b",
                inputs: inputs,
                options: try RunOptions.parse(words),
                keyPrefix: prefix,
                surroundings: Surroundings(
                    environment: [:],
                    home: URL(filePath: "/home/p"),
                    folder: URL(filePath: "/home/p/batch")
                )
            )
        )
    }

    private func record(_ object: JSONObject, line: Int = 1) -> BatchRecord {
        BatchRecord(line: line, content: .object(object))
    }

    private func names(_ order: RunOrder) -> [String] {
        order.given.inputs.map { input in
            switch input {
            case .argument(let argument): "\(argument.key)=\(argument.value)"
            case .json(let name, let value): "\(name)=\(value.text())"
            }
        }
    }

    @Test func `members are inputs, but for those that say how it is run`() throws {
        var orders = try orders()
        let order = try orders.order(
            record([
                "key": "k", "model": "c/d", "count": 3, "output": "out/a.png", "prompt": "a fox", "seed": 7,
                "input": ["key": "its own", "steps": 4],
            ])
        )
        #expect(order.key == "k")
        #expect(order.given.model == "c/d")
        #expect(order.given.count == 3)
        #expect(order.given.prompt == "a fox")
        #expect(order.target?.file?.path == "/home/p/batch/out/a.png")
        #expect(Set(names(order)) == [#"key="its own""#, "seed=7", "steps=4"])
    }

    @Test func `a table's cells are read as on a command line`() throws {
        var orders = try orders()
        let cells = BatchRecord(
            line: 2,
            content: .cells([("key", "7"), ("prompt", "a fox"), ("input.key", "x"), ("image", "@a.png")])
        )
        let order = try orders.order(cells)
        #expect(order.key == "7")
        #expect(names(order) == ["key=x", "image=@a.png"])
    }

    @Test func `a line without a key has one of its own, the same at every start, and equal lines are told apart`()
        throws
    {
        func keys(_ records: [BatchRecord], prefix: String = "") throws -> [String] {
            var orders = try self.orders(prefix: prefix)
            return try records.map { try #require(try orders.order($0).key) }
        }
        let (fox, hare) = (record(["prompt": "a fox"]), record(["prompt": "a hare"]))
        let first = try keys([fox, hare, fox])
        #expect(Set(first).count == 3)
        #expect(try keys([hare, fox, fox]).sorted() == first.sorted())
        #expect(try keys([fox], prefix: "monday-") == ["monday-\(first[0])"])
        #expect(try keys([BatchRecord(line: 9, content: .prompt("a fox"))]) == [first[0]])
    }

    @Test func `what the command line says for every line gives way to the line`() throws {
        var orders = try orders("--tag", "t", "--force", inputs: [.argument(InputArgument(key: "seed", value: "1"))])
        let own = try orders.order(record(["prompt": "x", "seed": 2]))
        #expect(names(own) == ["seed=2"])
        #expect(own.tags == ["t"])
        #expect(own.isForced)
        #expect(names(try orders.order(record(["prompt": "x"]))) == ["seed=1"])
    }

    @Test(
        arguments: [
            ["count": 0], ["count": "2"], ["key": ["a"]], ["model": 3], ["key": ""], ["output": "a/"], ["output": "-"],
        ] as [JSONObject]
    ) func `a line that cannot be meant is told with its number`(object: JSONObject) throws {
        var orders = try orders()
        let mistake = #expect(throws: BatchMistake.self) { try orders.order(record(object, line: 12)) }
        #expect(mistake?.line == 12)
    }
}
