import Composing
import Search
import Testing

@testable import Studio

struct AnnotatingTests {
    private func id(_ name: String) -> RunItem.ID { .init(rawValue: name) }

    private func studio() -> Bench {
        var bench = Bench(runs: ["one", "two", "three"].enumerated().map { Bench.run($1, age: Double($0) * 10) })
        bench.press(.focusPredictions)
        return bench
    }

    @Test func `a favourite is one key, and the same key takes it back`() {
        var bench = studio()
        #expect(bench.press(.favourite) == [.world(.annotate([id("one")], .favourite(true)))])
        bench.send(.runsAnnotated([id("one"): .init(isFavourite: true)]))
        #expect(bench.state.runs[id("one")]?.annotation.isFavourite == true)
        #expect(bench.press(.favourite) == [.world(.annotate([id("one")], .favourite(false)))])
    }

    @Test func `of several that are marked all become favourites before any is none`() {
        var bench = studio()
        bench.send(.runsAnnotated([id("one"): .init(isFavourite: true)]))
        bench.press(.markRun, .markRun)
        #expect(bench.press(.favourite).first == .world(.annotate([id("one"), id("two")], .favourite(true))))
    }

    @Test func `stars go from none to five and back`() {
        var annotation = RunAnnotation()
        for expected in [1, 2, 3, 4, 5, 5] {
            AnnotationChange.stars(1).apply(to: &annotation)
            #expect(annotation.rating == expected)
        }
        for expected in [4, 3, 2, 1, nil, nil] as [Int?] {
            AnnotationChange.stars(-1).apply(to: &annotation)
            #expect(annotation.rating == expected)
        }
    }

    @Test func `tags are typed as a line, and the ones that are there stand in it`() {
        var bench = studio()
        bench.send(.runsAnnotated([id("one"): .init(tags: ["print", "big fox"])]))
        bench.press(.editTags)
        #expect(bench.state.annotationEntry?.editor.text == "print \"big fox\"")
        bench.send(.typed(" wall print"))
        #expect(
            bench.press(.acceptField).first
                == .world(.annotate([id("one")], .tags(["print", "big fox", "wall"])))
        )
        #expect(bench.state.annotationEntry == nil)
    }

    @Test func `a note is written, taken away, and left alone`() {
        var bench = studio()
        bench.press(.editNote)
        bench.send(.typed("for the wall"))
        #expect(bench.press(.acceptField).first == .world(.annotate([id("one")], .note("for the wall"))))
        bench.send(.runsAnnotated([id("one"): .init(note: "for the wall")]))
        bench.press(.editNote, .killToLineStart)
        #expect(bench.press(.acceptField).first == .world(.annotate([id("one")], .note(nil))))
        bench.press(.editNote)
        bench.send(.typed("x"))
        #expect(bench.press(.back).isEmpty)
        #expect(bench.state.annotationEntry == nil)
    }

    @Test func `what was added stays when the run changes, and a filter finds it`() {
        var bench = studio()
        bench.send(.runsAnnotated([id("two"): .init(tags: ["print"], rating: 4)]))
        bench.send(.runChanged(Bench.run("two", stage: .failed, age: 10)))
        #expect(bench.state.runs[id("two")]?.annotation == .init(tags: ["print"], rating: 4))
        for terms in ["tag:print", "rating:>3", "print"] {
            bench.state.filter(by: terms)
            #expect(bench.state.runs.shown.map(\.id) == [id("two")], "\(terms)")
        }
        bench.state.filter(by: "fav:")
        #expect(bench.state.runs.shown.isEmpty)
    }

    @Test func `tags survive being a line of text`() {
        for tags in [[], ["a"], ["a", "b c"], ["größe", "x"], ["a,b", "c"]] as [[String]] {
            #expect(TagLine.tags(in: TagLine.text(of: tags)) == tags)
        }
        #expect(TagLine.tags(in: " a  a \"b") == ["a", "b"])
        #expect(TagLine.tags(in: "fox, print,, a") == ["fox", "print", "a"])
    }
}
