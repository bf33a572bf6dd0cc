import ReplicateAPI
import Testing

struct PageTrailTests {
    private func page(_ rows: Int, unreadable: Int = 0, next: String?) -> Page<Int> {
        Page(results: Array(0..<rows), unreadable: unreadable, next: next)
    }

    @Test func `a list is followed to its end`() {
        var trail = PageTrail()
        do {
            let goesOn = trail.goesOn(after: page(100, next: "https://h/2"))
            #expect(goesOn)
        }
        do {
            let goesOn = trail.goesOn(after: page(100, next: "https://h/3"))
            #expect(goesOn)
        }
        do {
            let goesOn = trail.goesOn(after: page(50, next: nil))
            #expect(!goesOn)
        }
    }

    @Test func `a page that was read already, and one without a row, end it`() {
        var trail = PageTrail()
        do {
            let goesOn = trail.goesOn(after: page(100, next: "https://h/2"))
            #expect(goesOn)
        }
        do {
            let goesOn = trail.goesOn(after: page(100, next: "https://h/2"))
            #expect(!goesOn)
        }
        do {
            let goesOn = trail.goesOn(after: page(0, next: "https://h/4"))
            #expect(!goesOn)
        }
        do {
            let goesOn = trail.goesOn(after: page(0, unreadable: 3, next: "https://h/4"))
            #expect(goesOn)
        }
    }
}
