import Foundation
import Yams

extension PriceBook {
    /// Reads a price book with the keys `hardware` and `models`; the head of the built-in book explains the format. An
    /// empty text is an empty book.
    ///
    /// - Parameters:
    ///   - yaml: the text of the file.
    ///   - origin: the file's name, for errors and listings.
    /// - Throws: ``PriceBookError`` for the first mistake.
    package init(yaml: String, origin: String) throws(PriceBookError) {
        guard let root = try Self.compose(yaml, origin: origin) else {
            self.init()
            return
        }
        try self.init(root, origin: origin)
    }

    /// Reads the root of a price book; see ``init(yaml:origin:)``.
    init(_ root: BookNode, origin: String) throws(PriceBookError) {
        self.init()
        let reader = BookReader(origin: origin)
        for (key, value) in try reader.members(of: root, named: "a price book", allowed: ["hardware", "models"]) {
            if key == "hardware" {
                for (sku, rate) in try reader.members(of: value, named: key) {
                    hardware[sku] = try reader.hardware(sku, rate)
                }
            } else {
                for (path, entry) in try reader.members(of: value, named: key) {
                    guard models.updateValue(try reader.model(path, entry), forKey: path.lowercased()) == nil else {
                        throw reader.fail(entry, "\(path) stands there twice")
                    }
                }
            }
        }
    }

    /// The root of a YAML text; nil: it is empty.
    static func compose(_ yaml: String, origin: String) throws(PriceBookError) -> BookNode? {
        do {
            // The reader knows what each scalar has to be, so none is matched against the patterns of YAML's types.
            return try Yams.compose(yaml: yaml, .basic).map(BookNode.init)
        } catch let error as YamlError {
            throw PriceBookError(origin: origin, line: error.line, reason: "this is no YAML: \(error.problem)")
        } catch {
            throw PriceBookError(origin: origin, line: nil, reason: "this is no YAML")
        }
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    fileprivate var problem: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let keys, _): "\(keys.joined(separator: ", ")) stands there twice"
        default: "it cannot be read"
        }
    }
}
