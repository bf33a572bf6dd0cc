/// Changes the image list, and the address in it that is being typed.
enum ImagesReducer {
    static func reduce(_ command: ImagesCommand, _ compose: inout ComposeState) {
        switch command {
        case .add: compose.imageEntry = .init(id: nil, editor: TextEditor(isMultiline: false))
        case .edit:
            guard let item = compose.images.selected else { break }
            compose.imageEntry = .init(id: item.id, editor: TextEditor(item.text, isMultiline: false))
        case .toggle: compose.images.toggle()
        case .remove: compose.images.remove()
        case .moveUp: compose.images.moveUp()
        case .moveDown: compose.images.moveDown()
        case .undo: compose.images.undo()
        case .redo: compose.images.redo()
        // FilesReducer has these.
        case .browse, .complete: break
        }
    }

    static func move(_ move: ListMove, _ images: inout ImageList, page: Int) {
        switch move {
        case .up, .down, .pageUp, .pageDown: images.moveSelection(by: move.rows(page: page))
        case .first: images.select(0)
        case .last: images.select(.max)
        }
    }

    /// Adds what `text` names. Returns what became of it, in a few words; nil: it names nothing.
    static func add(_ text: String, _ images: inout ImageList) -> String? {
        let result = images.add(text)
        var said: [String] = []
        let added = result.added.count
        if added > 0 { said.append(added == 1 ? "1 image added" : "\(added) images added") }
        if !result.duplicates.isEmpty { said.append("\(result.duplicates.count) already there") }
        if result.overflow > 0 { said.append("\(result.overflow) more than the list holds") }
        return said.isEmpty ? nil : said.joined(separator: ", ")
    }

    /// What the server has deleted may still lie on this disk: the file stands for the address then.
    static func finishCheck(
        _ id: ImageItem.ID,
        url: String,
        _ result: ImageList.CheckResult,
        _ images: inout ImageList,
        savedFile: (String) -> String?
    ) {
        images.finishCheck(id, url: url, with: result)
        if case .bad = result, let path = savedFile(url) { images.takeFromDisk(url, path: path) }
    }
}
