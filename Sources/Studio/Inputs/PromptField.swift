package import ReplicateAPI

/// Finds the input that takes the prompt.
package enum PromptField {
    /// `prompt`, else `text`, else the first required text that is neither negative nor a list of images; nil when
    /// the model takes no text.
    package static func name(in schema: InputSchema) -> String? {
        for name in ["prompt", "text"] where schema[name]?.kind == .text { return name }
        let images = Set(schema.images?.fields ?? [])
        return schema.fields.first { field in
            field.kind == .text && field.isRequired && !field.name.contains("negative") && !images.contains(field.name)
        }?.name
    }
}
