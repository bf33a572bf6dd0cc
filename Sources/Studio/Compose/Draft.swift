package import ReplicateAPI

/// What is being composed, as it is kept across a kill.
package struct Draft: Hashable, Sendable, Codable {
    package struct Image: Hashable, Sendable, Codable {
        /// An address or a file, as the person gave it.
        package var text: String
        package var isOn: Bool

        package init(text: String, isOn: Bool) {
            self.text = text
            self.isOn = isOn
        }
    }

    /// `owner/name`; empty: the default model.
    package var model: String
    package var prompt: String
    package var images: [Image]
    package var inputs: JSONObject
    /// How many runs of each prompt; at least 1.
    package var count: Int

    package init(
        model: String = "",
        prompt: String = "",
        images: [Image] = [],
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
