extension ImageList {
    /// What a look at an address can tell.
    package enum CheckResult: Hashable, Sendable {
        case ok(ImageFacts)
        case unconfirmed(reason: String)
        case bad(reason: String)
    }

    /// Marks an unchecked item as being looked at.
    package mutating func beginCheck(_ id: ImageItem.ID) {
        update(id) { item in
            if item.state == .unchecked { item.state = .checking }
        }
    }

    /// Takes the result of looking at `url` for an item; ignored when the item has gone or names something else now.
    package mutating func finishCheck(_ id: ImageItem.ID, url: String, with result: CheckResult) {
        update(id) { item in
            guard item.text == url, item.url == url else { return }
            switch result {
            case .ok(let facts): item.state = .ok(facts)
            case .unconfirmed(let reason): item.state = .unconfirmed(reason: reason)
            case .bad(let reason): item.state = .bad(reason: reason)
            }
        }
    }

    /// Sends the file at `path` for the item that names `url`, which is gone from the server; the item goes on naming it.
    package mutating func takeFromDisk(_ url: String, path: String) {
        guard let item = items.first(where: { $0.text == url }) else { return }
        update(item.id) { item in
            switch item.state {
            case .unchecked, .checking, .bad: item.state = .localFile(path: path)
            default: break
            }
        }
    }

    /// The items that are switched on and that a look from here did not find.
    package var doubtful: [ImageItem] {
        items.filter { item in if case .bad = item.state { item.isOn } else { false } }
    }

    /// Sends them all the same: the person knows better, and the API may reach what is not to be seen from here.
    package mutating func sendDoubtful() {
        for item in doubtful {
            update(item.id) { item in
                if case .bad(let reason) = item.state { item.state = .unconfirmed(reason: reason) }
            }
        }
    }

    /// Marks a local file as being uploaded; ignored in any other state.
    package mutating func beginUpload(_ id: ImageItem.ID) {
        update(id) { item in
            switch item.state {
            case .localFile(let path), .failed(let path, _): item.state = .uploading(path: path)
            default: break
            }
        }
    }

    /// The file at `path` lies at `url` now; ignored when the item has gone or is not uploading that file.
    package mutating func finishUpload(_ id: ImageItem.ID, path: String, url: String) {
        update(id) { item in
            if item.state == .uploading(path: path) { item.state = .uploaded(path: path, url: url) }
        }
    }

    /// Ignored when the item has gone or is not uploading that file.
    package mutating func failUpload(_ id: ImageItem.ID, path: String, reason: String) {
        update(id) { item in
            if item.state == .uploading(path: path) { item.state = .failed(path: path, reason: reason) }
        }
    }

    private mutating func update(_ id: ImageItem.ID, _ change: (inout ImageItem) -> Void) {
        guard let index = items.firstIndex(where: { $0.id == id }) else { return }
        change(&items[index])
    }
}
