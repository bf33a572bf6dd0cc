import ReplicateAPI
import Yams

/// A value of a price book, whichever text it stands in: a person's YAML, or the JSON that the built-in book is compiled
/// to.
struct BookNode {
    enum Content {
        case text(String)
        case list([BookNode])
        /// The members of a mapping in their order.
        case mapping([(key: BookNode, value: BookNode)])
    }

    let content: Content
    /// The line in the file, from 1; nil in the built-in book.
    let line: Int?

    var text: String? { if case .text(let text) = content { text } else { nil } }
    var list: [BookNode]? { if case .list(let list) = content { list } else { nil } }
    var mapping: [(key: BookNode, value: BookNode)]? {
        if case .mapping(let members) = content { members } else { nil }
    }
}

extension BookNode {
    init(_ node: Node) {
        line = node.mark?.line
        content =
            switch node {
            case .scalar(let scalar): .text(scalar.string)
            case .sequence(let sequence): .list(sequence.map(BookNode.init))
            case .mapping(let mapping):
                .mapping(mapping.map { (key: BookNode($0.key), value: BookNode($0.value)) })
            case .alias: .text("")
            }
    }

    /// Reads what ``json`` gives. Members are in the order of their names, because JSON has none.
    init(_ json: JSONValue) {
        line = nil
        content =
            switch json {
            case .array(let values): .list(values.map(BookNode.init))
            case .object(let members):
                .mapping(
                    members.sorted { $0.key < $1.key }
                        .map { (key: BookNode(.string($0.key)), value: BookNode($0.value)) }
                )
            case .string(let text): .text(text)
            case .null, .bool, .integer, .unsigned, .number: .text("")
            }
    }

    /// The value with every scalar as a string, so that an amount keeps its digits.
    var json: JSONValue {
        switch content {
        case .text(let text): .string(text)
        case .list(let list): .array(list.map(\.json))
        case .mapping(let members):
            .object(Dictionary(members.map { ($0.key.text ?? "", $0.value.json) }) { first, _ in first })
        }
    }
}
