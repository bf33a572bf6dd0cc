import Foundation
import Testing

@testable import Pictures

struct PictureCacheTests {
    private func key(_ path: String, columns: Int = 4, at seconds: Double? = 0) -> PictureCache.Key {
        let date = seconds.map { Date(timeIntervalSince1970: $0) }
        return PictureCache.Key(path: path, modification: date, columns: columns, rows: 1, depth: .direct)
    }

    private func cells(_ count: Int) -> PixelCells {
        let cell = PixelCell(glyph: " ", top: .none, bottom: .none)
        return PixelCells(columns: count, rows: 1, cells: Array(repeating: cell, count: count))
    }

    @Test func `a changed file, another size or depth is another picture`() {
        let cache = PictureCache()
        cache.insert(cells(4), for: key("a"))
        var otherDepth = key("a")
        otherDepth.depth = .mono
        #expect(cache.cells(for: key("a")) == cells(4))
        for other in [key("b"), key("a", columns: 5), key("a", at: 1), key("a", at: nil), otherDepth] {
            #expect(cache.cells(for: other) == nil)
        }
    }

    @Test func `the least recently used picture is removed first`() {
        let cache = PictureCache(mostCells: 10)
        cache.insert(cells(4), for: key("a"))
        cache.insert(cells(4), for: key("b"))
        _ = cache.cells(for: key("a"))
        cache.insert(cells(4), for: key("c"))
        let kept = ["a", "b", "c"].filter { cache.cells(for: key($0)) != nil }
        #expect(kept == ["a", "c"])
    }

    @Test func `replacing a picture frees its cells`() {
        let cache = PictureCache(mostCells: 10)
        for _ in 0..<5 { cache.insert(cells(5), for: key("a")) }
        cache.insert(cells(5), for: key("b"))
        #expect(cache.cells(for: key("a")) != nil && cache.cells(for: key("b")) != nil)
    }

    @Test func `a picture larger than the cache is not kept, and removes no other`() {
        let cache = PictureCache(mostCells: 10)
        cache.insert(cells(4), for: key("a"))
        cache.insert(cells(11), for: key("b"))
        #expect(cache.cells(for: key("a")) == cells(4))
        #expect(cache.cells(for: key("b")) == nil)
        cache.removeAll()
        #expect(cache.cells(for: key("a")) == nil)
    }

    @Test func `many tasks may use it at once`() async {
        let cache = PictureCache(mostCells: 40)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<200 {
                        cache.insert(cells(4), for: key("\(task)-\(round % 5)"))
                        _ = cache.cells(for: key("\((task + 1) % 8)-\(round % 5)"))
                    }
                }
            }
        }
        let kept = (0..<8).flatMap { task in (0..<5).map { key("\(task)-\($0)") } }.filter {
            cache.cells(for: $0) != nil
        }
        #expect(kept.count == 10)
    }
}
