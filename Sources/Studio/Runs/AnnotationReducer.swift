import Search

/// Tags as a line of text: blanks or commas between them, quotes around one that has some.
enum TagLine {
    static func text(of tags: [String]) -> String {
        tags.map { $0.contains(where: isBetween) ? "\"\($0)\"" : $0 }.joined(separator: " ")
    }

    private static func isBetween(_ character: Character) -> Bool { character.isWhitespace || character == "," }

    /// Each once, in their order.
    static func tags(in text: String) -> [String] {
        var tags: [String] = []
        var tag = ""
        var isQuoted = false
        func end() {
            if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
            tag = ""
        }
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if isBetween(character), !isQuoted {
                end()
            } else {
                tag.append(character)
            }
        }
        end()
        return tags
    }
}

/// Marks, rates and labels runs.
enum AnnotationReducer {
    static func reduce(_ command: AnnotationCommand, _ state: inout StudioState) -> [StudioEffect] {
        let targets = state.runs.targets
        switch command {
        case .favourite:
            return order(.favourite(!targets.allSatisfy(\.annotation.isFavourite)), targets.map(\.id))
        case .moreStars: return order(.stars(1), targets.map(\.id))
        case .fewerStars: return order(.stars(-1), targets.map(\.id))
        case .editTags: open(.tags, TagLine.text(of: common(targets)), targets, &state)
        case .editNote: open(.note, targets.count == 1 ? targets[0].annotation.note ?? "" : "", targets, &state)
        }
        return []
    }

    /// Tags that all of them have.
    private static func common(_ runs: [RunItem]) -> [String] {
        guard let first = runs.first else { return [] }
        return first.annotation.tags.filter { tag in runs.allSatisfy { $0.annotation.tags.contains(tag) } }
    }

    private static func open(
        _ kind: AnnotationEntry.Kind,
        _ text: String,
        _ runs: [RunItem],
        _ state: inout StudioState
    ) {
        guard !runs.isEmpty else { return }
        let editor = TextEditor(text, isMultiline: false)
        state.annotationEntry = AnnotationEntry(kind: kind, editor: editor, runs: runs.map(\.id))
    }

    private static func order(_ change: AnnotationChange, _ runs: [RunItem.ID]) -> [StudioEffect] {
        runs.isEmpty ? [] : [.world(.annotate(runs, change))]
    }

    /// Commands while tags or a note are typed; nil: not for the field.
    static func type(_ command: CommandMeaning, _ state: inout StudioState) -> [StudioEffect]? {
        guard let entry = state.annotationEntry else { return nil }
        switch command {
        case .acceptField:
            state.annotationEntry = nil
            switch entry.kind {
            case .tags: return order(.tags(TagLine.tags(in: entry.editor.text)), entry.runs)
            case .note:
                let text = entry.editor.text.oneLine(characters: 4_000)
                return order(.note(text.isEmpty ? nil : text), entry.runs)
            }
        case .screen(.back), .screen(.interrupt): state.annotationEntry = nil
        case .edit(let operation): state.annotationEntry?.editor.perform(operation)
        case .screen, .compose, .list, .normalMode, .images, .inputs, .runs, .annotate, .detail, .large, .film, .ledger,
            .dialog:
            return nil
        }
        return []
    }

    /// What the history has written.
    static func take(_ annotations: [RunItem.ID: RunAnnotation], _ state: inout StudioState) {
        for (id, annotation) in annotations {
            guard var run = state.runs[id] else { continue }
            run.annotation = annotation
            state.runs.upsert(run)
        }
    }
}
