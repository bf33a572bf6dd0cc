extension Binding {
    /// The prompt where vim's keys are asked for. Letters are read by ``VimEditing``.
    static let modal: [Binding] = [
        Binding(.insert, .normalMode, "escape"),
        Binding(.normal, .left, "left"),
        Binding(.normal, .deleteBackward, "backspace", "ctrl+h"),
        Binding(.normal, .right, "right"),
        Binding(.normal, .up, "up", "ctrl+p"),
        Binding(.normal, .down, "down", "ctrl+n"),
        Binding(.normal, .newline, "enter"),
        Binding(.normal, .lineStart, "home"),
        Binding(.normal, .lineEnd, "end"),
        Binding(.normal, .pageUp, "pageup", "ctrl+u", "ctrl+b"),
        Binding(.normal, .pageDown, "pagedown", "ctrl+d", "ctrl+f"),
        Binding(.normal, .redo, "ctrl+r"),
        Binding(.normal, .editExternally, "ctrl+x ctrl+e", "f4", footer: 72),
    ]

    /// Nothing behind the view can be run or changed from it.
    static let spend: [Binding] = [
        Binding(.spend, .nextPeriod, "right", "l", "tab", footer: 10),
        Binding(.spend, .previousPeriod, "left", "h", "shift+tab", footer: 11),
        Binding(.spend, .up, "up", "k"),
        Binding(.spend, .down, "down", "j"),
        Binding(.spend, .pageUp, "pageup"),
        Binding(.spend, .pageDown, "pagedown"),
        Binding(.spend, .back, "escape", "q", "alt+s", "f6", "$", "ctrl+c", footer: 20),
        Binding(.spend, .redraw, "ctrl+l"),
        Binding(.spend, .suspend, "ctrl+z"),
        Binding(.spend, .quit, "ctrl+q"),
    ]

    static let dialogs: [Binding] = [
        Binding(.picker, .choose, "enter", footer: 10),
        Binding(.picker, .up, "up", "ctrl+p"),
        Binding(.picker, .down, "down", "ctrl+n"),
        Binding(.picker, .pageUp, "pageup"),
        Binding(.picker, .pageDown, "pagedown"),
        Binding(.picker, .back, "escape", "ctrl+c", footer: 20),
        Binding(.confirmation, .confirm, "enter", footer: 10),
        Binding(.confirmation, .switchButton, "tab", "left", "right", "shift+tab", footer: 11),
        Binding(.confirmation, .back, "escape", "n", "q", footer: 12),
        Binding(.confirmation, .interrupt, "ctrl+c"),
        Binding(.guide, .choose, "enter"),
        Binding(.guide, .up, "up", "shift+tab"),
        Binding(.guide, .down, "down", "tab"),
        Binding(.guide, .back, "escape"),
        Binding(.guide, .redraw, "ctrl+l"),
        Binding(.guide, .suspend, "ctrl+z"),
        Binding(.guide, .quit, "ctrl+q", "ctrl+c"),
    ]
}
