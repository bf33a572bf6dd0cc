import Testing

@testable import Studio

struct ThemePickerTests {
    private func bench() -> Bench {
        var bench = Bench()
        bench.state.themes = ["auto", "lightbox", "contrast"].map { Picker.Item(value: $0, title: $0) }
        bench.state.theme = "lightbox"
        return bench
    }

    @Test func `the screen shows the theme that is looked at, and goes back where nothing is chosen`() {
        var bench = bench()
        bench.press(.changeTheme)
        #expect(bench.state.shownTheme == "lightbox")
        bench.press(.down)
        #expect(bench.state.shownTheme == "contrast")
        bench.send(.typed("auto"))
        #expect(bench.state.shownTheme == "auto")
        bench.press(.back)
        #expect(bench.state.shownTheme == "lightbox" && bench.state.picker == nil)
    }

    @Test func `what is chosen stays, and it is said how to keep it`() {
        var bench = bench()
        bench.press(.changeTheme, .down, .choose)
        #expect(bench.state.shownTheme == "contrast" && bench.state.picker == nil)
        #expect(bench.state.toast?.notice.text.contains("theme: contrast") == true)
    }
}
