package import ReplicateAPI

/// What happens to an item when the prediction is created.
package enum ImagePlacement: Hashable, Sendable {
    /// Sent as the image at `index`, counted from 0; `slot` is the single input it fills.
    case sent(index: Int, slot: ImageSlot?)
    case off
    /// It cannot be sent; its state says why.
    case unusable
    /// The model takes fewer.
    case beyond(most: Int)
    /// The model takes no images.
    case notTaken
}

/// A single image input of a model.
package struct ImageSlot: Hashable, Sendable {
    /// The input that the image is sent in.
    package let field: String
    /// For people, such as `first frame`.
    package let label: String

    /// The slots of a binding in order; empty where it has none.
    package static func slots(of binding: ImageBinding?) -> [ImageSlot] {
        guard case .slots(let fields)? = binding else { return [] }
        let ends = fields.map { isEnd($0) }
        return fields.enumerated().map { index, field in
            let name = field.lowercased()
            let isBeginning = name.contains("first") || name.contains("start")
            if ends[index] { return ImageSlot(field: field, label: "last frame") }
            if isBeginning || (index == 0 && ends.contains(true)) {
                return ImageSlot(field: field, label: "first frame")
            }
            return ImageSlot(field: field, label: field.split(separator: "_").joined(separator: " "))
        }
    }

    private static func isEnd(_ field: String) -> Bool {
        let words = field.lowercased().split(separator: "_")
        return words.contains("last") || words.contains("end") || words.contains("tail")
    }
}

extension ImageList {
    /// Whether an image that is wanted is still being looked at or uploaded.
    package var isBusy: Bool {
        items.contains { item in
            guard item.isOn else { return false }
            return switch item.state {
            case .unchecked, .checking, .localFile, .uploading: true
            case .ok, .uploaded, .unconfirmed, .invalid, .bad, .failed: false
            }
        }
    }

    /// What happens to each of ``items``, in their order.
    package var placements: [ImagePlacement] {
        let slots = ImageSlot.slots(of: binding)
        var count = 0
        return items.map { item in
            if !item.isOn { return .off }
            if item.url == nil { return .unusable }
            guard let binding else { return .notTaken }
            if let most = binding.most, count >= most { return .beyond(most: most) }
            defer { count += 1 }
            return .sent(index: count, slot: slots.isEmpty ? nil : slots[count])
        }
    }

    /// The items that a prediction would be sent, in order.
    package var sent: [ImageItem] {
        zip(items, placements).compactMap { item, placement in
            if case .sent = placement { item } else { nil }
        }
    }

    /// The inputs of a prediction for ``sent``.
    package var inputs: JSONObject { binding?.inputs(for: sent.compactMap(\.url)) ?? [:] }

    /// Such as `1 of 3 sent`; `none` for an empty list.
    package var summary: String { items.isEmpty ? "none" : "\(sent.count) of \(items.count) sent" }

    /// Items that are wanted but not sent for now, because an upload or a decision is missing.
    package var waiting: [ImageItem] {
        items.filter { item in
            guard item.isOn else { return false }
            return switch item.state {
            case .localFile, .uploading, .failed: true
            default: false
            }
        }
    }
}

extension ImagePlacement {
    /// Why the item is not sent, such as `not sent: the model takes 2`; nil when it is sent, or when its own state
    /// tells.
    package var note: String? {
        switch self {
        case .sent, .unusable: nil
        case .off: "off"
        case .beyond(let most): "not sent: the model takes \(most)"
        case .notTaken: "not sent: the model takes no images"
        }
    }
}
