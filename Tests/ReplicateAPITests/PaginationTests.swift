import ReplicateAPI
import Testing

struct PaginationTests {
    private func page(_ rows: Int, unreadable: Int = 0, next: String?) -> Page<Int> {
        Page(results: Array(0..<rows), unreadable: unreadable, next: next)
    }

    @Test func `a list is followed to its end`() {
        var pagination = Pagination()
        do {
            let continues = pagination.shouldContinue(after: page(100, next: "https://h/2"))
            #expect(continues)
        }
        do {
            let continues = pagination.shouldContinue(after: page(100, next: "https://h/3"))
            #expect(continues)
        }
        do {
            let continues = pagination.shouldContinue(after: page(50, next: nil))
            #expect(!continues)
        }
    }

    @Test func `a page that was read before, and a page without rows, end the list`() {
        var pagination = Pagination()
        do {
            let continues = pagination.shouldContinue(after: page(100, next: "https://h/2"))
            #expect(continues)
        }
        do {
            let continues = pagination.shouldContinue(after: page(100, next: "https://h/2"))
            #expect(!continues)
        }
        do {
            let continues = pagination.shouldContinue(after: page(0, next: "https://h/4"))
            #expect(!continues)
        }
        do {
            let continues = pagination.shouldContinue(after: page(0, unreadable: 3, next: "https://h/4"))
            #expect(continues)
        }
    }
}
