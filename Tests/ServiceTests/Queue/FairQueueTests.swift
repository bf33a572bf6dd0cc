import TestSupport
import Testing

@testable import Service

struct FairQueueTests {
    private func drained(_ queue: FairQueue<Int>) -> [Int] {
        var queue = queue
        var order: [Int] = []
        while let ticket = queue.next() { order.append(ticket) }
        return order
    }

    @Test func `clients take turns, however much one of them asks for`() {
        var queue = FairQueue<Int>(limit: 100)
        for ticket in 1...5 { check(queue.enter(ticket, client: "greedy"), .waiting) }
        check(queue.enter(10, client: "modest"), .waiting)
        check(queue.enter(20, client: "third"), .waiting)
        check(queue.enter(11, client: "modest"), .waiting)
        #expect(drained(queue) == [1, 10, 20, 2, 11, 3, 4, 5])
    }

    @Test func `a full queue turns a client away that has its share`() {
        var queue = FairQueue<Int>(limit: 2)
        _ = queue.enter(1, client: "a")
        _ = queue.enter(2, client: "b")
        #expect(queue.isFull(for: "a"))
        check(queue.enter(3, client: "a"), .full)
        #expect(drained(queue) == [1, 2])
    }

    @Test func `a newcomer gets the newest place of who has more than its share`() {
        var queue = FairQueue<Int>(limit: 3)
        for ticket in 1...3 { _ = queue.enter(ticket, client: "greedy") }
        #expect(!queue.isFull(for: "new"))
        check(queue.enter(9, client: "new"), .waitingInPlace(of: 3))
        #expect(queue.count == 3)
        #expect(drained(queue) == [1, 9, 2])
    }

    @Test func `what was promised is never put out, and enters a full queue`() {
        var queue = FairQueue<Int>(limit: 2)
        for ticket in 1...3 { check(queue.enter(ticket, client: "greedy", isPinned: true), .waiting) }
        #expect(queue.count == 3)
        check(queue.enter(9, client: "new"), .full)
        #expect(drained(queue) == [1, 2, 3])
    }

    @Test func `who leaves is not called`() {
        var queue = FairQueue<Int>(limit: 10)
        for ticket in 1...3 { _ = queue.enter(ticket, client: "a") }
        _ = queue.enter(4, client: "b")
        check(queue.leave(2, client: "a"), true)
        check(queue.leave(2, client: "a"), false)
        check(queue.leave(4, client: "b"), true)
        #expect(queue.count == 2)
        #expect(drained(queue) == [1, 3])
    }

    @Test(arguments: 1...20) func `whatever happens, everybody in it is called once and the count is right`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        var queue = FairQueue<Int>(limit: 8)
        var inside: [Int: String] = [:]
        for ticket in 0..<500 {
            let client = ["a", "b", "c", "d"].randomElement(using: &generator)!
            switch Int.random(in: 0..<5, using: &generator) {
            case 0:
                if let next = queue.next() {
                    let client = inside.removeValue(forKey: next)
                    #expect(client != nil)
                }
            case 1:
                if let (leaving, owner) = inside.randomElement(using: &generator) {
                    let isGone = queue.leave(leaving, client: owner)
                    #expect(isGone)
                    inside[leaving] = nil
                }
            default:
                switch queue.enter(ticket, client: client, isPinned: Int.random(in: 0..<8, using: &generator) == 0) {
                case .waiting: inside[ticket] = client
                case .waitingInPlace(let evicted):
                    let greedy = inside.removeValue(forKey: evicted)
                    #expect(greedy != nil && greedy != client)
                    inside[ticket] = client
                case .full: #expect(queue.count >= 8)
                }
            }
            #expect(queue.count == inside.count)
        }
        #expect(Set(drained(queue)) == Set(inside.keys))
    }
}
