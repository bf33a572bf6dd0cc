/// A model as a user names it: `owner/name`, optionally with `:version`.
package struct ModelReference: Hashable, Sendable, CustomStringConvertible {
    /// The part before the slash; 1 to 128 of the characters that ``init(_:)`` allows.
    package let owner: String
    /// The part after the slash; 1 to 128 of the characters that ``init(_:)`` allows.
    package let name: String
    /// 64 hexadecimal digits in lower case. Nil: the latest version, or the official model itself.
    package let version: String?

    /// `owner/name`, without the version.
    package var path: String { "\(owner)/\(name)" }
    package var description: String { version.map { "\(path):\($0)" } ?? path }

    /// Reads `owner/name` or `owner/name:version`, also after `https://replicate.com/`. White space at both ends is
    /// ignored.
    ///
    /// Nil unless owner and name consist of letters, digits, `-`, `_` and `.`, and the version, if there is a colon, of
    /// 64 hexadecimal digits.
    package init?(_ text: String) {
        var rest = text.trimmingWhitespace()
        for prefix in ["https://replicate.com/", "http://replicate.com/", "replicate.com/"] where rest.hasPrefix(prefix)
        {
            rest = rest.dropFirst(prefix.count)
        }
        // By bytes, because it is read more than once for every run.
        let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":"))
        let path = rest[..<(colon ?? rest.endIndex)]
        guard let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let (owner, name) = (path[..<slash], path[path.utf8.index(after: slash)...])
        guard Self.isName(owner), Self.isName(name) else { return nil }
        self.owner = String(owner)
        self.name = String(name)
        version = colon.map { String(rest[rest.utf8.index(after: $0)...]) }
        if let version, !Self.isVersion(version) { return nil }
    }

    /// Why ``init(_:)`` gives nil for `text`; reads after the text.
    package static func issue(with text: String) -> String {
        let path = text.split(separator: "/").drop { $0 == "https:" || $0 == "http:" || $0 == "replicate.com" }
        if path.first == "deployments", path.count == 3 {
            return "is a deployment: deployments cannot be run from here, only the model that they run (owner/name)"
        }
        return "is no model: write owner/name or owner/name:version"
    }

    /// Whether `text` is 64 hexadecimal digits in lower case.
    package static func isVersion(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 128 && text != "." && text != ".."
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
    }
}

extension String {
    fileprivate func trimmingWhitespace() -> Substring {
        var slice = self[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return slice
    }
}
