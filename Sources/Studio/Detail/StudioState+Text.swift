import Pixels

extension StudioState {
    /// What the lines of the detail pane are made from.
    var textSource: DetailText.Source {
        guard detail.tab == .preview else { return detail.tab.source(of: runs.selected) }
        guard shownImage == nil, let run = runs.selected else { return .nothing }
        if let card = shownCard, !card.text.isEmpty {
            return .prose(card.text, isMarkdown: card.format == "md")
        }
        guard run.outputs.isEmpty, let text = run.text else { return .nothing }
        // Anything but a text is shown as JSON.
        return .prose(text, isMarkdown: text.utf8.first != UInt8(ascii: "{") && text.utf8.first != UInt8(ascii: "["))
    }

    var textColumns: Int { detail.tab == .preview ? viewport.pictureColumns : viewport.detailColumns }

    private var textRows: Int { detail.tab == .preview ? viewport.pictureRows : viewport.detailRows }

    /// The first line that is shown where the last one is.
    var lastTextTop: Int { max(0, detail.text.lines.count - textRows) }

    /// Whether what is written stays at its end while it grows.
    package var followsText: Bool {
        guard detail.follows else { return false }
        return detail.tab == .logs || detail.tab == .preview && runs.selected?.isActive == true
    }

    /// The first line of the detail pane's text that is shown.
    package var textTop: Int { followsText ? lastTextTop : min(detail.top, lastTextTop) }

    /// Whether the detail pane has lines to scroll through, rather than a picture beside which the list is moved in.
    var scrollsText: Bool { detail.tab != .preview || lastTextTop > 0 }

    /// A page of the detail pane.
    var textPage: Int { max(textRows, 1) }
}
