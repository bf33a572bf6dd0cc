package import ReplicateAPI

/// A picture's file whose path was pasted or dropped into the prompt.
package struct DroppedPicture: Hashable, Sendable {
    /// The text of the prompt that stands for it.
    package var text: String
    /// nil: the file says nothing of it.
    package var recipe: PictureRecipe?

    package init(text: String, recipe: PictureRecipe? = nil) {
        self.text = text
        self.recipe = recipe
    }

    /// The path of the one local picture that `text` is, as terminals paste a file that is dropped on them: bare, quoted,
    /// with escaped blanks, or as a `file://` address. nil: it is anything else, or more than that.
    static func path(in text: String) -> String? {
        let items = ImageListParser.items(in: text)
        guard items.count == 1, case .localFile(let path) = ImageItemState(for: items[0]),
            LocalImagePath.isRooted(path)
        else { return nil }
        return path
    }
}

/// What a picture's file says of how it was made.
package struct PictureRecipe: Hashable, Sendable {
    /// The program that wrote it, such as `darkroom` or `ComfyUI`.
    package var madeBy: String
    /// `owner/name`; nil: the file names none that this program could run.
    package var model: String?
    /// Empty: it is not in the file.
    package var prompt: String
    /// Without the prompt.
    package var inputs: JSONObject
    /// Names of inputs that are not in the file.
    package var omitted: [String]

    package init(madeBy: String, model: String?, prompt: String, inputs: JSONObject, omitted: [String] = []) {
        self.madeBy = madeBy
        self.model = model
        self.prompt = prompt
        self.inputs = inputs
        self.omitted = omitted
    }
}
