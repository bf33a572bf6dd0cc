package import Composing

/// A question that must be answered before money is spent or work is destroyed. The focus starts on the button that
/// changes nothing.
package struct Confirmation: Hashable, Sendable {
    /// What happens on yes.
    package enum Purpose: Hashable, Sendable {
        case run([RunRequest])
        /// Images that a look from here did not find are sent all the same.
        case sendImages
        case cancelRuns([RunItem.ID])
        case deleteRecords([RunItem.ID])
        case resend(RunItem.ID)
        /// Prompt, model and inputs are replaced by those of a picture.
        case composeAgain(PictureRecipe)
        /// This text moves from the prompt to the image list.
        case sendImage(String)
        case quit
    }

    /// What happens on yes.
    package var purpose: Purpose
    /// A few words, in the dialog's frame.
    package var title: String
    /// What is at stake, a line each; a tab separates the columns of a row.
    package var lines: [String]
    /// The label of the button that goes ahead.
    package var confirmLabel: String
    /// The label of the button that changes nothing.
    package var cancelLabel: String
    /// The button that goes ahead has the focus; false when the question opens.
    package var isConfirmFocused = false

    /// A question with the focus on the button that changes nothing.
    package init(
        purpose: Purpose,
        title: String,
        lines: [String],
        confirmLabel: String,
        cancelLabel: String = "Cancel"
    ) {
        self.purpose = purpose
        self.title = title
        self.lines = lines
        self.confirmLabel = confirmLabel
        self.cancelLabel = cancelLabel
    }
}
