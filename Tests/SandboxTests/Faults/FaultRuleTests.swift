import Foundation
import Testing

@testable import Sandbox

struct FaultRuleTests {
    @Test(arguments: [
        ("html", FaultRule(.html)), ("drop-create=0.3", FaultRule(.dropCreate, .probability(0.3))),
        ("500@poll=1/4", FaultRule(.serverError, .every(4), at: .poll)),
        ("429=first:2", FaultRule(.rateLimit, .first(2))),
        ("stall@delivery", FaultRule(.stall, at: .delivery)), ("reset=0", FaultRule(.reset, .probability(0))),
        ("nan=1", FaultRule(.notJSON, .probability(1))), ("credit=first:0", FaultRule(.credit, .first(0))),
    ])
    func `a rule is read as it is written`(text: String, rule: FaultRule) throws {
        #expect(try FaultRule(parsing: text) == rule)
    }

    @Test(arguments: [
        "", "=", "gremlin", "html=", "html=2", "html=-0.1", "html=1/0", "html=1/", "html=first:", "html=first:-1",
        "html@", "html@moon", "html@poll@list", "HTML", "html=0.5=1", "html=nan",
    ])
    func `what is no rule is refused with what may be written`(text: String) {
        let error = #expect(throws: FaultSyntaxError.self) { try FaultRule(parsing: text) }
        #expect(error?.description.isEmpty == false)
    }

    @Test(arguments: SandboxFault.allCases)
    func `every fault has a name that is read again, a summary, and somewhere to strike`(fault: SandboxFault) throws {
        #expect(try FaultRule(parsing: fault.rawValue) == FaultRule(fault))
        #expect(!fault.summary.isEmpty)
        #expect(!fault.reach.isEmpty)
    }

    @Test func `one seed gives one sequence, and a probability is met`() {
        func rolls(_ seed: UInt64) -> [Bool] {
            var dice = FaultDice(rules: [FaultRule(.serverError, .probability(0.25))], seed: seed)
            return (0..<2_000).map { _ in !dice.roll(for: .poll).isEmpty }
        }
        #expect(rolls(7) == rolls(7))
        #expect(rolls(7) != rolls(8))
        let count = rolls(7).count { $0 }
        #expect((400...600).contains(count), "\(count) of 2000")
    }

    @Test func `several rules strike by themselves`() {
        var dice = FaultDice(rules: [FaultRule(.drip, .every(2)), FaultRule(.absurd, .first(1))], seed: 0)
        #expect((0..<4).map { _ in dice.roll(for: .poll) } == [[.absurd], [.drip], [], [.drip]])
        // A file is no answer with dates in it.
        dice.replace([FaultRule(.absurd)])
        #expect(dice.roll(for: .delivery) == [])
    }

    @Test func `stored gzip holds the bytes and their checksum`() throws {
        // The check value of CRC-32 in the catalogue of parametrised CRC algorithms.
        let packed = Gzip.stored(Array("123456789".utf8))
        #expect(Array(packed.prefix(3)) == [0x1F, 0x8B, 8])
        #expect(Array(packed.suffix(8)) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
        #expect(Array(packed.dropFirst(15).dropLast(8)) == Array("123456789".utf8))
        // A block holds 65,535 bytes at the most.
        let large = Gzip.stored(Array(repeating: 1, count: 65_536))
        #expect(large.count == 10 + 2 * 5 + 65_536 + 8)
        #expect(large[10] == 0)
        #expect(Gzip.stored([]).count == 10 + 5 + 8)
    }

    @Test func `hostile text is added to what people write, and to nothing that programs read`() {
        let value: JSON = [
            "id": "abc", "description": "a fox", "url": "https://h/1", "output": ["text", "https://h/2"],
            "nested": ["error": "broken", "status": "failed"], "count": 3,
        ]
        let added = HostileText.added(to: value)
        #expect(added["id"] == "abc")
        #expect(added["url"] == "https://h/1")
        #expect(added["description"] == .string("a fox" + HostileText.sample))
        #expect(added.at("output.0") == .string("text" + HostileText.sample))
        #expect(added.at("output.1") == "https://h/2")
        #expect(added.at("nested.status") == "failed")
        #expect(added.at("nested.error") == .string("broken" + HostileText.sample))
    }
}
