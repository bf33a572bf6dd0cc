/// What a look at an image's address told; nil where it did not.
package struct ImageFacts: Hashable, Sendable {
    /// A media type such as `image/png`.
    package var contentType: String?
    /// Pixels.
    package var width: Int?
    /// Pixels.
    package var height: Int?
    /// Size of the file.
    package var bytes: Int64?

    /// What is not given is not known.
    package init(contentType: String? = nil, width: Int? = nil, height: Int? = nil, bytes: Int64? = nil) {
        self.contentType = contentType
        self.width = width
        self.height = height
        self.bytes = bytes
    }
}

/// What is known of an item of the image list. A `reason` reads after the address, such as `404 not found`.
package enum ImageItemState: Hashable, Sendable {
    /// Not an address that can be sent.
    case invalid(reason: String)
    case unchecked
    case checking
    case ok(ImageFacts)
    /// The check itself did not succeed; the image may well be there, and is sent.
    case unconfirmed(reason: String)
    /// Checked, and not an image that can be sent.
    case bad(reason: String)
    /// A file of this computer that must be uploaded first. `~` is not expanded.
    case localFile(path: String)
    case uploading(path: String)
    case uploaded(path: String, url: String)
    /// The upload failed.
    case failed(path: String, reason: String)
}

/// One image: an address or a file, as the person gave it.
package struct ImageItem: Hashable, Sendable, Identifiable {
    /// Unique in its list for the list's life, also across undo.
    package let id: Int
    /// As the person gave it: an address, a path, or something that is neither.
    package internal(set) var text: String
    /// Whether the person wants it sent.
    package internal(set) var isOn: Bool
    /// What checks and uploads have told so far.
    package internal(set) var state: ImageItemState

    init(id: Int, text: String, isOn: Bool = true) {
        self.id = id
        self.text = text
        self.isOn = isOn
        state = ImageItemState(for: text)
    }

    /// The URL a model would be sent; nil while there is none.
    package var url: String? {
        switch state {
        case .unchecked, .checking, .ok, .unconfirmed: text
        case .uploaded(_, let url): url
        case .invalid, .bad, .localFile, .uploading, .failed: nil
        }
    }
}
