import Foundation
import Testing

@testable import Studio

/// What vim 9.0 (`-u NONE -N`) makes of keys, with the caret at the beginning of a text in normal mode: where the caret
/// ends, line and column from 0, and the text. `⎋` is Esc, `⏎` is Enter, `¶` is a line break.
struct VimDifferenceTests {
    struct Case: CustomTestStringConvertible {
        let keys: String
        let place: String
        let text: String
        var testDescription: String { keys }
    }

    private static let text = """
        the quick brown fox
          jumps over, the lazy-dog.

        foo_bar baz(qux) "hi"
        last line
        """

    static let cases: [Case] = #"""
        $e → 1:6 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        $ee → 1:11 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        4ee → 1:6 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        dw2P → 0:7 → the the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        yw2P → 0:7 → the the the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jcwX⎋ → 1:0 → the quick brown fox¶Xjumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jjcwX⎋ → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶X¶foo_bar baz(qux) "hi"¶last line
        yj → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        llyG → 0:2 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        yjP → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        cwX⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        yy3pu → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        3J → 0:44 → the quick brown fox jumps over, the lazy-dog.¶foo_bar baz(qux) "hi"¶last line
        J5J → 0:67 → the quick brown fox jumps over, the lazy-dog. foo_bar baz(qux) "hi" last line
        JJ → 0:44 → the quick brown fox jumps over, the lazy-dog.¶foo_bar baz(qux) "hi"¶last line
        jJ → 1:26 → the quick brown fox¶  jumps over, the lazy-dog.¶foo_bar baz(qux) "hi"¶last line
        jjJ → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶foo_bar baz(qux) "hi"¶last line
        3iX⎋ → 0:2 → XXXthe quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        5AX⎋ → 0:23 → the quick brown foxXXXXX¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        2oX⎋ → 2:0 → the quick brown fox¶X¶X¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        2OX⎋ → 1:0 → X¶X¶the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        r⏎ → 1:0 → ¶he quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        llr⏎ → 1:0 → th¶ quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        d⏎ → 0:0 → ¶foo_bar baz(qux) "hi"¶last line
        jd⏎ → 1:0 → the quick brown fox¶foo_bar baz(qux) "hi"¶last line
        d6w → 0:0 → , the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        d4w → 0:0 → ¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        dd → 0:2 →   jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        yyP → 0:0 → the quick brown fox¶the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jyyp → 2:2 → the quick brown fox¶  jumps over, the lazy-dog.¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jdk → 0:0 → ¶foo_bar baz(qux) "hi"¶last line
        Gdgg → 0:0 → 
        Gdd → 3:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"
        d2iw → 0:0 → quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        d3iw → 0:0 →  brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        d9iw → 0:0 →  over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        j2D → 1:0 → the quick brown fox¶foo_bar baz(qux) "hi"¶last line
        jllyk → 0:2 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jlllygg → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        $dw → 0:17 → the quick brown fo¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jjdw → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶foo_bar baz(qux) "hi"¶last line
        jdwjp → 2:1 → the quick brown fox¶jumps over, the lazy-dog.¶  ¶foo_bar baz(qux) "hi"¶last line
        3cwX⎋ → 0:0 → X fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jlcwX⎋ → 1:1 → the quick brown fox¶ Xjumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jwd2b → 0:10 → the quick jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jjjjd2b → 3:17 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "¶last line
        iab⏎cd⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        oab⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        Oab⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        ccx⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        Cx⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        sx⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        Sx⎋u → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        j2ccx⎋ → 1:0 → the quick brown fox¶x¶foo_bar baz(qux) "hi"¶last line
        20x → 0:0 → ¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        ywp → 0:4 → tthe he quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        yw3p → 0:12 → tthe the the he quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        yyjp → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶the quick brown fox¶¶foo_bar baz(qux) "hi"¶last line
        ⏎ → 1:2 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        3⏎ → 3:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        3$ → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        Gdj → 4:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        dk → 0:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        wwwy3wp → 0:17 → the quick brown ffox¶  jumps overox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        wy3wp → 0:19 → the qquick brown foxuick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jd6w → 1:0 → the quick brown fox¶-dog.¶¶foo_bar baz(qux) "hi"¶last line
        wd8w → 0:4 → the -dog.¶¶foo_bar baz(qux) "hi"¶last line
        $j → 1:26 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        $jj → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        llljj → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        wyiwP → 0:8 → the quickquick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        jjdiw → 2:0 → the quick brown fox¶  jumps over, the lazy-dog.¶¶foo_bar baz(qux) "hi"¶last line
        """#.split(separator: "\n").map { row in
            let parts = row.components(separatedBy: " → ")
            return Case(keys: parts[0], place: parts[1], text: parts[2].replacing("¶", with: "\n"))
        }

    @Test(arguments: cases) func `keys do what they do in vim`(example: Case) {
        let editor = Self.edit(Self.text, example.keys)
        #expect("\(editor.cursor.line):\(editor.cursor.column)" == example.place)
        #expect(editor.text == example.text)
    }

    /// Types `keys` into a prompt that holds `text`.
    static func edit(_ text: String, _ keys: String) -> TextEditor {
        var bench = Bench(prompt: text)
        bench.state.vim = VimEditing()
        bench.press(.normalMode)
        for key in "gg0" { bench.send(.typed(String(key))) }
        for key in keys {
            switch key {
            case "⎋": bench.press(.normalMode)
            case "⏎": bench.press(.newline)
            default: bench.send(.typed(String(key)))
            }
        }
        return bench.state.compose.prompt
    }
}
