extension StudioState {
    /// The name of the library that is typed in the prompt; nil: none is.
    var libraryToken: LibraryToken? {
        guard focus == .prompt, compose.prompt.selection == nil else { return nil }
        return LibraryToken(before: compose.prompt.cursor, in: compose.prompt.lines)
    }
}
