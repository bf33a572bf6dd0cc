/// What the reducer must know of the layout to move by what is seen: sizes of panes in cells.
package struct Viewport: Hashable, Sendable {
    /// Columns of the prompt's text.
    package var promptColumns: Int
    /// Rows for text inside the frame; 0 where the pane is not shown. So are the next two.
    package var promptRows: Int
    package var imageRows: Int
    package var inputRows: Int
    /// Inputs beside each other in a line.
    package var inputColumns: Int
    /// Lines of the predictions table.
    package var runRows: Int
    /// Lines and columns of logs, inputs and JSON.
    package var detailRows: Int
    package var detailColumns: Int
    /// Columns and rows of the picture; zero when it is not on the screen.
    package var pictureColumns: Int
    package var pictureRows: Int
    /// Tiles of the light table beside and above each other; zero while it is not open.
    package var tileColumns = 0
    package var tileRows = 0
    /// Columns and rows of a small picture.
    package var thumbnailColumns = 0
    package var thumbnailRows = 0
    /// Columns and rows of a picture that is compared; zero where none is.
    package var comparisonColumns = 0
    package var comparisonRows = 0
    /// Columns and rows of a small picture beside the preview.
    package var stripColumns = 0
    package var stripRows = 0
    /// The outputs of the selected run that have one.
    package var stripOutputs = 0..<0
    /// Rows of a list to choose from.
    package var pickerRows = 12
    /// Frames of a film below it, and the columns and rows of one; zero where there is no room.
    package var filmFrames = 0
    package var filmColumns = 0
    package var filmRows = 0
    /// Whether a list of models or files has room for a page on the selected one.
    package var showsModelPages = false
    /// True where only one pane group is on the screen at a time.
    package var isTabbed: Bool

    package init(
        promptColumns: Int = 50,
        promptRows: Int = 8,
        imageRows: Int = 4,
        inputRows: Int = 6,
        inputColumns: Int = 1,
        runRows: Int = 10,
        detailRows: Int = 10,
        detailColumns: Int = 60,
        pictureColumns: Int = 0,
        pictureRows: Int = 0,
        isTabbed: Bool = false
    ) {
        self.promptColumns = promptColumns
        self.promptRows = promptRows
        self.imageRows = imageRows
        self.inputRows = inputRows
        self.inputColumns = inputColumns
        self.runRows = runRows
        self.detailRows = detailRows
        self.detailColumns = detailColumns
        self.pictureColumns = pictureColumns
        self.pictureRows = pictureRows
        self.isTabbed = isTabbed
    }
}
