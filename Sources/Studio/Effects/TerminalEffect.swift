/// What is to be done with the terminal. The main loop alone does it, on the main thread.
package enum TerminalEffect: Hashable, Sendable {
    /// Write the text to the terminal's clipboard.
    case copy(String)
    /// Open the text in the person's editor; the main loop waits for it.
    case editExternally(EditedText, String)
    /// Draw every cell again.
    case redraw
    /// Give the terminal back and stop the process, as ^Z does in a shell.
    case suspend
    /// Call the person to the window, with this sentence where the terminal can show one.
    case call(String)
    /// End the main loop.
    case quit
}

/// What is edited in the person's editor.
package enum EditedText: Hashable, Sendable {
    case prompt
    /// The value of the input of this name; JSON where it is no text.
    case input(String)
    /// The whole library.
    case library
}
