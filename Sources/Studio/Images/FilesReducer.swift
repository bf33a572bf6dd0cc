import Foundation

/// Finds pictures on this computer: goes on with a path that is typed, and shows folders to choose from.
enum FilesReducer {
    /// What is shown for the folder above, and chosen by it.
    static let above = ".."

    /// Goes on with the path in the field; an empty field opens the folder that was looked at last.
    static func complete(_ state: inout StudioState) -> [StudioEffect] {
        guard let text = typed(state) else { return [] }
        let content = content(state)
        if text.isEmpty { return [.world(.listFolder(state.compose.folder ?? "", .browsing(query: "", content)))] }
        guard let completion = PathCompletion(text) else {
            state.say(.information, "Only paths of files can be completed")
            return []
        }
        return [.world(.listFolder(completion.folder, .completing(text, content)))]
    }

    /// The path that is typed: of an image, or of an input's file.
    private static func typed(_ state: StudioState) -> String? {
        if let entry = state.compose.imageEntry { return entry.editor.text }
        return state.compose.inputs.editsFile ? state.compose.inputs.editing?.editor.text : nil
    }

    private static func content(_ state: StudioState) -> FolderListing.Content {
        state.compose.imageEntry == nil && state.compose.inputs.editsFile ? .files : .pictures
    }

    private static func type(_ path: String, _ state: inout StudioState) {
        if state.compose.imageEntry != nil {
            state.compose.imageEntry?.editor.replaceAll(path)
        } else {
            state.compose.inputs.edit { $0.replaceAll(path) }
        }
    }

    static func browse(_ state: inout StudioState) -> [StudioEffect] {
        [.world(.listFolder(state.compose.folder ?? "", .browsing(query: "")))]
    }

    static func receive(_ listing: FolderListing, _ purpose: FolderListing.Purpose, _ state: inout StudioState) {
        switch purpose {
        case .browsing(let query, _): show(listing, query, &state)
        case .completing(let text, _):
            // Somebody has typed on since.
            guard typed(state) == text, let completion = PathCompletion(text) else { return }
            switch completion.outcome(in: listing) {
            case .goesOn(let text): type(text, &state)
            case .isOpen: show(listing, completion.stem, &state)
            case .isUnknown:
                let what = content(state) == .pictures ? "picture" : "file"
                state.say(.information, "No \(what) and no folder begins so")
            }
        }
    }

    /// A path that was typed into the list of files, from the top or the person's home; nil: it is a part of a name.
    static func typedPath(_ text: String) -> String? {
        let path = text.trimmingCharacters(in: .whitespaces)
        return path.hasPrefix("/") || path.hasPrefix("~/") || path == "~" ? path : nil
    }

    /// Takes the picture into the list, or opens the folder. What has not the name of a picture is a folder.
    static func choose(_ path: String, _ state: inout StudioState) -> [StudioEffect] {
        let isFolder = path.hasSuffix("/") || path.hasSuffix(above)
        // Among pictures, a typed path that is none can only be a folder.
        if isFolder || content(state) == .pictures && !FolderListing.Entry.isPicture(named: path) {
            state.picker?.isLoading = true
            return [.world(.listFolder(path, .browsing(query: "", content(state))))]
        }
        state.picker = nil
        if content(state) == .files {
            type(path, &state)
            state.compose.inputs.commitEditing()
            return []
        }
        state.compose.imageEntry = nil
        if let said = ImagesReducer.add(quoted(path), &state.compose.images) { state.say(.information, said) }
        return []
    }

    /// So that blanks and commas are taken as parts of the path.
    static func quoted(_ path: String) -> String {
        path.contains("\"") ? path.contains("'") ? path : "'\(path)'" : "\"\(path)\""
    }

    private static func show(_ listing: FolderListing, _ query: String, _ state: inout StudioState) {
        // A dialog that was opened meanwhile stays.
        if let picker = state.picker, picker.kind != .files { return }
        guard state.confirmation == nil, state.ledger == nil else { return }
        state.compose.folder = listing.path
        var items = listing.entries.map { item($0, in: listing.path, now: state.now) }
        if let parent = listing.parent { items.append(Picker.Item(value: parent, title: above, note: "folder above")) }
        state.picker = Picker(
            kind: .files,
            title: "\(content(state) == .files ? "Files" : "Pictures") in \(listing.path)",
            items: items
        )
        if !query.isEmpty {
            state.picker?.query.insert(query)
            state.picker?.refresh()
        }
    }

    private static func item(_ entry: FolderListing.Entry, in folder: String, now: Date) -> Picker.Item {
        let name = entry.name + (entry.isFolder ? "/" : "")
        let size = entry.width.flatMap { width in entry.height.map { "\(width)×\($0)" } }
        let bytes = entry.bytes.map { ByteCount.text($0) }
        let age = entry.isFolder ? "folder" : entry.modified.map { PickerItems.age(now.timeIntervalSince($0)) }
        let words = [size, bytes, age].compactMap { $0 }
        return Picker.Item(value: folder + name, title: name, note: words.joined(separator: " · "))
    }
}
