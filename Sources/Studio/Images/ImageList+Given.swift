import Composing

extension ImageList {
    /// The items that are switched on, as the composer takes them.
    var given: [GivenImage] {
        items.filter(\.isOn).map { item in
            switch item.state {
            case .invalid(let reason), .bad(let reason): .blocked(item.text, reason: reason)
            case .localFile, .uploading: .blocked(item.text, reason: "is still being uploaded")
            case .failed(_, let reason): .blocked(item.text, reason: "could not be uploaded: \(reason)")
            case .unchecked, .checking, .ok, .unconfirmed, .uploaded: .address(item.url ?? item.text)
            }
        }
    }
}
