package import ReplicateAPI

/// What is being composed, as it is kept across a kill.
package struct Draft: Hashable, Sendable, Codable {
    /// `owner/name`; empty: the default model.
    package var model: String
    /// As it was typed.
    package var prompt: String
    /// In order, also those that were switched off.
    package var images: [ImageList.Entry]
    /// Those that a person set; without secrets.
    package var inputs: JSONObject
    /// How many runs of each prompt; at least 1.
    package var count: Int

    /// An empty draft by default.
    package init(
        model: String = "",
        prompt: String = "",
        images: [ImageList.Entry] = [],
        inputs: JSONObject = [:],
        count: Int = 1
    ) {
        self.model = model
        self.prompt = prompt
        self.images = images
        self.inputs = inputs
        self.count = count
    }
}
