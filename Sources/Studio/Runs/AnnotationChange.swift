package import Search

/// What is changed of what a person has added to runs.
package enum AnnotationChange: Hashable, Sendable {
    case favourite(Bool)
    /// Stars more, or fewer where it is below zero; below one star there is no rating.
    case stars(Int)
    case tags([String])
    /// nil: none.
    case note(String?)

    /// Carries it out on what one run has.
    package func apply(to annotation: inout RunAnnotation) {
        switch self {
        case .favourite(let isFavourite): annotation.isFavourite = isFavourite
        case .stars(let step):
            let stars = min((annotation.rating ?? 0) + step, 5)
            annotation.rating = stars < 1 ? nil : stars
        case .tags(let tags): annotation.tags = tags
        case .note(let note): annotation.note = note
        }
    }
}
