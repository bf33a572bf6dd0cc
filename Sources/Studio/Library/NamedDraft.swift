/// Something to compose that a person keeps beside others.
package struct NamedDraft: Hashable, Sendable {
    /// One line, chosen by a person; one draft for each.
    package var name: String
    package var draft: Draft

    package init(name: String, draft: Draft) {
        self.name = name
        self.draft = draft
    }
}
