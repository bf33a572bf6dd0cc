import Foundation
import ReplicateAPI

extension Console {
    /// A result for machines: one line, keys sorted and in snake_case. Decimals stay decimals: 3.03, not 3.0300000000000002.
    func print(line value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("a result made of texts and numbers could not be encoded")
        }
        print(document: JSONEscape.apply(to: String(decoding: data, as: UTF8.self)))
    }
}
