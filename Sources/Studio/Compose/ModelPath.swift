import ReplicateAPI

enum ModelPath {
    /// `owner/name` from what a person typed, also from a page's address; nil when it is none.
    static func typed(_ text: String) -> String? { ModelReference(text)?.description }
}
