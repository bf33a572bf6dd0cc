import Studio
import StudioUI
import Terminal
import Testing

struct KeyTableTests {
    @Test(arguments: [
        ("ctrl+m", "terminals send the same for ctrl+m and for enter"),
        ("ctrl+i", "terminals send the same for ctrl+i and for tab"),
        ("ctrl+[", "the same for ctrl+[ and for escape"), ("ctrl+h", "and for backspace"),
        ("ctrl+alt+m", "the same for ctrl+alt+m and for alt+enter"), ("ctrl+/", "and for ctrl+_"),
        ("alt+O", "begin other keys"), ("alt+[", "begin other keys"), ("ctrl+x ctrl+m", "and for enter"),
    ]) func `a key that terminals cannot tell from another is refused with the reason`(key: String, reason: String) {
        #expect {
            try KeyTable(rebinding: [("zoom", [key])])
        } throws: { error in
            (error as? KeyTable.Mistake)?.reason.contains(reason) == true
        }
    }

    private func refusal(_ changes: (action: String, keys: [String])...) -> KeyTable.Mistake? {
        do throws(KeyTable.Mistake) {
            _ = try KeyTable(rebinding: changes)
            return nil
        } catch { return error }
    }

    private func press(_ table: KeyTable, _ notations: String..., contexts: [Context]) -> StudioAction? {
        var keymap = Keymap(table)
        return notations.map { keymap.action(for: Key($0)!, contexts: contexts) }.last ?? nil
    }

    @Test func `the new keys work, the old ones do not, and the first is the one that is shown`() throws {
        let table = try KeyTable(rebinding: [("run", ["Alt+r", "F9"]), ("edit-externally", ["ctrl+x e"])])
        let prompt: [Context] = [.prompt, .text, .everywhere]
        #expect(press(table, "alt+r", contexts: prompt) == .command(.run))
        #expect(press(table, "f9", contexts: prompt) == .command(.run))
        #expect(press(table, "alt+enter", contexts: prompt) == nil)
        #expect(press(table, "ctrl+x", "e", contexts: prompt) == .command(.editExternally))
        #expect(table.key(for: .run, in: prompt) == "alt+r")
        #expect(table.name(of: .editExternally) == "^X e")
    }

    @Test func `a letter is a command in lists only, and elsewhere the old key stays`() throws {
        let table = try KeyTable(rebinding: [("up", ["w"]), ("zoom", ["z"]), ("which-one", ["W"])])
        #expect(press(table, "w", contexts: [.predictions, .list, .everywhere]) == .command(.up))
        #expect(press(table, "w", contexts: [.prompt, .text, .everywhere]) == .typed("w"))
        #expect(press(table, "up", contexts: [.prompt, .text, .everywhere]) == .command(.up))
        #expect(press(table, "z", contexts: [.list, .everywhere]) == .command(.zoom))
        #expect(press(table, "z", contexts: [.prompt, .text, .everywhere]) == .typed("z"))
    }

    @Test func `keys can change places, and be taken away`() throws {
        let table = try KeyTable(rebinding: [("palette", ["ctrl+r"]), ("prompt-history", ["ctrl+p"]), ("suspend", [])])
        #expect(press(table, "ctrl+r", contexts: [.everywhere]) == .command(.palette))
        #expect(press(table, "ctrl+p", contexts: [.everywhere]) == .command(.promptHistory))
        #expect(press(table, "ctrl+z", contexts: [.everywhere]) == nil)
        #expect(table.name(of: .suspend) == "“Suspend”")
    }

    @Test func `only keys that get as far are named`() throws {
        let table = try KeyTable(rebinding: [("zoom", ["z", "f9"])])
        #expect(table.key(for: .zoom, in: [.list, .everywhere]) == "z")
        #expect(table.key(for: .zoom, in: [.prompt, .text, .everywhere]) == "F9")
        #expect(table.key(for: .promptHistory, in: [.normal, .everywhere]) == nil)
        #expect(table.key(for: .palette, in: [.normal, .everywhere]) == "F2")
        #expect(table.key(for: .focusImages, in: [.inputs, .value, .list, .everywhere]) == "alt+3")
    }

    private static let mistakes: [(String, [String], String)] = [
        ("runn", ["f9"], "keys has no action runn"),
        ("run", ["alt+entr"], "alt+entr is no key: write it as alt+enter, ctrl+x ctrl+e, f5 or ?"),
        (
            "run", ["ctrl+x ctrl+y ctrl+z"],
            "ctrl+x ctrl+y ctrl+z is no key: write it as alt+enter, ctrl+x ctrl+e, f5 or ?"
        ),
        ("run", ["enter"], "enter would spend money by one touch: run needs ctrl, alt or a function key"),
        ("run", ["r"], "r would spend money by one touch: run needs ctrl, alt or a function key"),
        ("run", ["alt+m"], "alt+m is the key of change-model everywhere: give that another, or take another here"),
        (
            "zoom", ["ctrl+k"],
            "ctrl+k is the key of kill-to-line-end (in text): give that another, or take another here"
        ),
        ("zoom", ["ctrl+x"], "ctrl+x is the key of edit-externally (prompt): give that another, or take another here"),
        ("undo", ["u"], "u is text where undo is used"),
        ("back", [], "back needs a key: nothing else does it"),
    ]

    @Test(arguments: mistakes)
    func `what cannot be followed is refused with the key's name`(action: String, keys: [String], reason: String) {
        let refusal = refusal((action, keys))
        #expect(refusal?.action == action)
        #expect(refusal?.reason == reason)
    }

    /// Whatever is allowed leaves every key with one meaning where it is looked up, and every dialog with a way out.
    @Test(arguments: Command.allCases)
    func `any action can have a free key, and no other changes`(command: Command) throws {
        let table = try KeyTable(rebinding: [(command.rawValue, ["ctrl+alt+f12"])])
        for binding in table.bindings {
            #expect(binding.command == command ? binding.keys == ["ctrl+alt+f12"] : Binding.all.contains(binding))
        }
    }

    @Test func `the standard table obeys the rules for others`() throws {
        for command in Command.allCases {
            for binding in Binding.all where binding.command == command && ![.picker, .spend].contains(binding.context)
            {
                let same = Binding.all.filter { $0.command == command }.map(\.keys)
                guard same.count == 1 else { continue }
                #expect(throws: Never.self, "\(command)") {
                    try KeyTable(rebinding: [(command.rawValue, binding.keys)])
                }
            }
        }
    }
}
