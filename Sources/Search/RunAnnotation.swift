/// What a person has added to a run.
package struct RunAnnotation: Hashable, Sendable {
    /// Each once, in the order in which they were given.
    package var tags: [String]
    /// A person wants to find it again.
    package var isFavourite: Bool
    /// 1…5 stars; nil: not rated.
    package var rating: Int?
    /// nil: none.
    package var note: String?

    /// Nothing was added by default.
    package init(tags: [String] = [], isFavourite: Bool = false, rating: Int? = nil, note: String? = nil) {
        self.tags = tags
        self.isFavourite = isFavourite
        self.rating = rating
        self.note = note
    }
}
