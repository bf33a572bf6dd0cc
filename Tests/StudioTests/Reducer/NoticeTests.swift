import Composing
import Foundation
import Testing

@testable import Studio

struct NoticeTests {
    private func seconds(_ count: Double) -> StudioAction { .ticked(Bench.now.addingTimeInterval(count)) }

    @Test func `what happened unasked stays until a person does something`() {
        var bench = Bench()
        bench.send(.noticed(Notice(.warning, "The history was damaged")), seconds(3_600))
        #expect(bench.state.toast?.notice.text == "The history was damaged")
        #expect(bench.state.nextChange == nil, "nothing has to wake the loop for it")
        bench.send(.typed("a"))
        #expect(bench.state.toast == nil)
    }

    @Test func `a key that was under way does not hide it`() {
        var bench = Bench()
        bench.send(.noticed(Notice(.warning, "The history was damaged")), seconds(1), .typed("a"))
        #expect(bench.state.toast != nil)
        bench.send(seconds(10), .typed("b"))
        #expect(bench.state.toast == nil)
    }

    @Test func `an answer to what was pressed goes by itself`() {
        var bench = Bench()
        bench.press(.run)
        #expect(bench.state.toast != nil)
        bench.send(seconds(10))
        #expect(bench.state.toast == nil)
    }
}
